"""The questions a policy may ask about a deal: number, yes/no, category.

A field checks a fact that arrives as JSON (``check``) and reads one that arrives as text in a file
(``read``). Both answer the same kind of fact, or say what is wrong.
"""

import math
import re
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from features.deal import Fact
from features.errors import did_you_mean, printable
from features.texts import Language, Text

LARGEST_NUMBER = 1e15
"""Numbers beyond this are slips of the keyboard; sums of them would lose whole units."""

LONGEST_INTEGER_BITS = 1_000
LONGEST_ANSWER = 200
"""Characters in a category; longer texts are notes, not answers."""

Name: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
RESERVED_NAMES = frozenset({"any", "all", "not"})

_YES = frozenset({"true", "yes", "y", "1", "oui", "o", "vrai"})
_NO = frozenset({"false", "no", "n", "0", "non", "faux"})
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


class WrongFactError(ValueError):
    """A fact that the field cannot hold; ``hint`` says what it can."""

    def __init__(self, what: str, hint: str) -> None:
        self.what, self.hint = what, hint
        super().__init__(what)


class BaseField(BaseModel):
    """What every question has: a label, where its answer stands in a file, what means unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    label: Text | None = None
    question: Text | None = None
    column: str | None = Field(default=None, min_length=1)
    unknown: tuple[str, ...] = Field(default=(), strict=False)
    used_by_model: bool = True

    def label_in(self, name: str, language: Language) -> str:
        """Return the label, or the field's name made readable."""
        return self.label.in_(language) if self.label else name.replace("_", " ").capitalize()


class NumberField(BaseField):
    """A number with its unit and range.

    >>> NumberField(type="number", unit="EUR", min=0).check(1200)
    1200.0
    """

    kind: ClassVar[str] = "number"
    type: Literal["number"]
    unit: str | None = None
    min: float | None = Field(default=None, allow_inf_nan=False)
    max: float | None = Field(default=None, allow_inf_nan=False)
    better: Literal["higher", "lower"] | None = None

    def check(self, value: object) -> Fact:
        """Return a JSON value as a fact.

        Raises
        ------
        WrongFactError
            When it is not a finite number within the field's range.
        """
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise WrongFactError(f"{_shown(value)} is not a number", "write a number, no quotes")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
            raise WrongFactError(
                f"{_shown(value)} is not a usable number", "a finite number up to 1e15"
            )
        if (self.min is not None and number < self.min) or (
            self.max is not None and number > self.max
        ):
            raise WrongFactError(f"{number:.15g} is out of range", self._range())
        return number + 0.0  # -0.0 and 0.0 are one fact

    def read(self, text: str) -> Fact:
        """Return a text from a file as a fact; raises as :meth:`check` does."""
        if not _NUMBER.fullmatch(text):
            raise WrongFactError(f"{_shown(text)} is not a number", "write it like 1234.5")
        return self.check(float(text))

    def _range(self) -> str:
        low = "" if self.min is None else f"at least {self.min:.15g}"
        high = "" if self.max is None else f"at most {self.max:.15g}"
        unit = f" {self.unit}" if self.unit else ""
        return " and ".join(filter(None, (low, high))) + unit


class BooleanField(BaseField):
    """A question answered by yes or no.

    >>> BooleanField(type="boolean").read("Oui")
    True
    """

    kind: ClassVar[str] = "boolean"
    type: Literal["boolean"]
    better: Literal["higher", "lower"] | None = None

    def check(self, value: object) -> Fact:
        """Return a JSON value as a fact; raises `WrongFactError` unless it is true or false."""
        if not isinstance(value, bool):
            raise WrongFactError(f"{_shown(value)} is not true or false", "write true or false")
        return value

    def read(self, text: str) -> Fact:
        """Return a text from a file as a fact; yes/no, true/false, oui/non, 1/0 are read."""
        word = text.lower()
        if word in _YES or word in _NO:
            return word in _YES
        raise WrongFactError(
            f"{_shown(text)} is not yes or no", "write yes or no, or leave it out"
        )


def _is_answer(text: str) -> bool:
    return 0 < len(text) <= LONGEST_ANSWER and text.isprintable() and text == text.strip()


def _an_answer(text: str) -> str:
    """Refuse an allowed value that no deal could ever have."""
    if not _is_answer(text):
        raise ValueError(f"{_shown(text)} is an answer that no deal could give")
    return text


class CategoryField(BaseField):
    """One answer out of a list; without ``values`` the list is whatever the past deals hold.

    >>> CategoryField(type="category", values=["Low", "High"]).check("High")
    'High'
    """

    kind: ClassVar[str] = "category"
    type: Literal["category"]
    values: tuple[Annotated[str, AfterValidator(_an_answer)], ...] | None = Field(
        default=None, min_length=1, strict=False
    )

    def check(self, value: object) -> Fact:
        """Return a JSON value as a fact; raises `WrongFactError` when it is not allowed."""
        if not isinstance(value, str):
            raise WrongFactError(f"{_shown(value)} is not a text", "write the answer in quotes")
        answer = value.strip()
        if not _is_answer(answer):
            raise WrongFactError(
                f"{_shown(value)} is not an answer", f"1 to {LONGEST_ANSWER} printable characters"
            )
        if self.values is not None and answer not in self.values:
            raise WrongFactError(
                f"{_shown(answer)} is not an allowed value", did_you_mean(answer, self.values)
            )
        return answer

    def read(self, text: str) -> Fact:
        """Return a text from a file as a fact; raises as :meth:`check` does."""
        return self.check(text)


PolicyField: TypeAlias = Annotated[
    NumberField | BooleanField | CategoryField, Field(discriminator="type")
]


def _shown(value: object) -> str:
    """Return a value as the error message shows it, never longer than a line."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and value.bit_length() > LONGEST_INTEGER_BITS:
        return "an integer this long"  # Python itself refuses to write out thousands of digits
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return printable(text, 40) if isinstance(value, str | int | float) else _kind_of(value)


def _kind_of(value: object) -> str:
    return {"dict": "an object", "list": "a list"}.get(type(value).__name__, "this")
