"""A question answered by one of some words, in order or not."""

from collections import Counter
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from features.deal import Fact
from features.errors import did_you_mean
from features.fields.base import BaseField, Better, WrongFactError, shown
from features.phrase import Phrase

LONGEST_ANSWER = 200
"""Characters in a category; longer texts are notes, not answers."""
AN_ANSWER = f"1 to {LONGEST_ANSWER} printable characters, no spaces around them"


def is_answer(text: str) -> bool:
    """Return whether some deal could have this answer."""
    return 0 < len(text) <= LONGEST_ANSWER and text.isprintable() and text == text.strip()


def _an_answer(text: str) -> str:
    """Refuse an allowed value that no deal could ever have."""
    if not is_answer(text):
        raise ValueError(f"{shown(text)} is an answer that no deal could give; {AN_ANSWER}")
    return text


class CategoryField(BaseField):
    """One answer out of a list; without ``values`` the list is whatever the past deals hold.

    With ``ordered`` the values stand from the lowest to the highest, and conditions may compare
    them; ``better`` then says which end is the good one.

    >>> CategoryField(type="category", values=["Low", "High"]).check("High")
    'High'
    """

    kind: ClassVar[str] = "category"
    type: Literal["category"]
    values: tuple[Annotated[str, AfterValidator(_an_answer)], ...] | None = Field(
        default=None, min_length=1, strict=False
    )
    ordered: bool = False
    better: Better | None = None

    @field_validator("values")
    @classmethod
    def _each_once(
        cls, values: tuple[str, ...] | None, info: ValidationInfo
    ) -> tuple[str, ...] | None:
        for value, times in Counter(values or ()).items():
            if times > 1:
                raise ValueError(f"{shown(value)} is given twice; keep one of them")
            for state in ("unknown", "not_applicable"):
                if value in (info.data.get(state) or ()):
                    raise ValueError(f"{shown(value)} stands under '{state}' too; choose one")
        return values

    @field_validator("ordered")
    @classmethod
    def _order_needs_values(cls, ordered: bool, info: ValidationInfo) -> bool:  # noqa: FBT001 (pydantic calls it)
        if ordered and "values" in info.data and info.data["values"] is None:
            raise ValueError("there are no values to order; list them from the lowest on")
        return ordered

    @field_validator("better")
    @classmethod
    def _better_needs_order(cls, better: Better | None, info: ValidationInfo) -> Better | None:
        if better is not None and info.data.get("ordered") is False:
            raise ValueError("the values have no order; write ordered: true, and them in order")
        return better

    def check(self, value: object) -> Fact:
        """Return a JSON value as a fact; raises `WrongFactError` when it is not allowed."""
        if not isinstance(value, str):
            what = Phrase("{value} is not a text", value=shown(value))
            raise WrongFactError(what, "write the answer in quotes")
        answer = value.strip()
        if not is_answer(answer):
            hint = Phrase(
                "1 to {most} printable characters, no spaces around them", most=LONGEST_ANSWER
            )
            raise WrongFactError(Phrase("{value} is not an answer", value=shown(value)), hint)
        if self.values is not None and answer not in self.values:
            what = Phrase("{value} is not an allowed value", value=shown(answer))
            raise WrongFactError(what, did_you_mean(answer, self.values))
        return answer

    def read(self, text: str) -> Fact:
        """Return a text from a file as a fact; raises as :meth:`check` does."""
        return self.check(text)
