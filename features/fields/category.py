"""A question answered by one of some words, in order or not."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from features.deal import Fact
from features.errors import did_you_mean
from features.fields.base import BaseField, Better, WrongFactError, shown

LONGEST_ANSWER = 200
"""Characters in a category; longer texts are notes, not answers."""


def is_answer(text: str) -> bool:
    """Return whether some deal could have this answer."""
    return 0 < len(text) <= LONGEST_ANSWER and text.isprintable() and text == text.strip()


def _an_answer(text: str) -> str:
    """Refuse an allowed value that no deal could ever have."""
    if not is_answer(text):
        raise ValueError(f"{shown(text)} is an answer that no deal could give")
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

    @model_validator(mode="after")
    def _order_needs_values(self) -> "CategoryField":
        if self.values is not None and len(set(self.values)) < len(self.values):
            twice = next(value for value in self.values if self.values.count(value) > 1)
            raise ValueError(f"the value {shown(twice)} is given twice")
        if self.ordered and self.values is None:
            raise ValueError(
                "an ordered category lists its values, from the lowest to the highest"
            )
        if self.better is not None and not self.ordered:
            raise ValueError("'better' needs 'ordered: true' and the values in their order")
        return self

    def check(self, value: object) -> Fact:
        """Return a JSON value as a fact; raises `WrongFactError` when it is not allowed."""
        if not isinstance(value, str):
            raise WrongFactError(f"{shown(value)} is not a text", "write the answer in quotes")
        answer = value.strip()
        if not is_answer(answer):
            raise WrongFactError(
                f"{shown(value)} is not an answer", f"1 to {LONGEST_ANSWER} printable characters"
            )
        if self.values is not None and answer not in self.values:
            raise WrongFactError(
                f"{shown(answer)} is not an allowed value", did_you_mean(answer, self.values)
            )
        return answer

    def read(self, text: str) -> Fact:
        """Return a text from a file as a fact; raises as :meth:`check` does."""
        return self.check(text)
