"""What every question of a policy has in common."""

from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from features.errors import printable
from features.phrase import Phrase
from features.texts import Language, Text

Name: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Better: TypeAlias = Literal["higher", "lower"]
RESERVED_NAMES = frozenset({"any", "all", "not", "as_of"})
LONGEST_INTEGER_BITS = 1_000


class WrongFactError(ValueError):
    """A fact that the field cannot hold; ``hint`` says what it can."""

    def __init__(self, what: str, hint: str) -> None:
        self.what, self.hint = what, hint
        super().__init__(what)


class CostToKnow(BaseModel):
    """What it costs to find an answer out: somebody's hours, and money."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    hours: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    money: float = Field(default=0.0, ge=0, allow_inf_nan=False)


class BaseField(BaseModel):
    """A question: its label, its words, where its answer stands in a file, what means unknown.

    ``not_applicable`` lists the words that say the question does not apply; where it is given,
    even empty, that is a state of its own. ``valid_for_days`` says how old an answer may be.
    ``changeable`` says that people can do something about the answer: reach the decision maker,
    yes; be in another sector, no.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    derived: ClassVar[bool] = False
    modelled: ClassVar[bool] = True

    label: Text | None = None
    question: Text | None = None
    column: str | None = Field(default=None, min_length=1)
    unknown: tuple[str, ...] = Field(default=(), strict=False)
    not_applicable: tuple[str, ...] | None = Field(default=None, strict=False)
    cost: CostToKnow | None = None
    valid_for_days: int | None = Field(default=None, ge=1, le=36_500)
    observed_column: str | None = Field(default=None, min_length=1)
    used_by_model: bool = True
    changeable: bool = False

    @field_validator("not_applicable")
    @classmethod
    def _no_word_means_both(
        cls, words: tuple[str, ...] | None, info: ValidationInfo
    ) -> tuple[str, ...] | None:
        both = sorted(set(words or ()) & set(info.data.get("unknown", ())))
        if both:
            raise ValueError(f"{shown(both[0])} means unknown already; choose one")
        return words

    def label_in(self, name: str, language: Language) -> str:
        """Return the label, or the field's name made readable."""
        return self.label.in_(language) if self.label else name.replace("_", " ").capitalize()

    @property
    def in_model(self) -> bool:
        """Whether the win model may see the answers."""
        return self.used_by_model and self.modelled


def not_below_min(limit: Any, info: ValidationInfo) -> Any:
    """Refuse a range that nothing is in; validates `max`, where `min` was given before it."""
    lowest = info.data.get("min")
    if limit is not None and lowest is not None and limit < lowest:
        raise ValueError(f"{limit} is below min; at least {lowest}")
    return limit


def shown(value: object) -> str:
    """Return a value as an error message shows it, never longer than a line."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and value.bit_length() > LONGEST_INTEGER_BITS:
        return Phrase(
            "an integer this long"
        )  # Python itself refuses to write out thousands of digits
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return printable(text, 40) if isinstance(value, str | int | float) else _kind_of(value)


def _kind_of(value: object) -> str:
    if isinstance(value, dict | list):
        return Phrase("an object") if isinstance(value, dict) else Phrase("a list")
    return Phrase("this")
