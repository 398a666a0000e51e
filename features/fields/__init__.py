"""The questions a policy may ask about a deal, and the facts that follow from their answers.

A field checks a fact that arrives as JSON (``check``) and reads one that arrives as text in a file
(``read``). Both answer the same kind of fact, or say what is wrong.
"""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import Field

from features.fields.base import RESERVED_NAMES, BaseField, CostToKnow, Name, WrongFactError
from features.fields.boolean import BooleanField
from features.fields.category import LONGEST_ANSWER, CategoryField
from features.fields.day import DateField, Day, written_day
from features.fields.derived import AS_OF, DaysField, DerivedField, RatioField
from features.fields.note import LONGEST_NOTE, TextField
from features.fields.number import LARGEST_NUMBER, NumberField

PolicyField: TypeAlias = Annotated[
    NumberField | BooleanField | CategoryField | DateField | TextField | RatioField | DaysField,
    Field(discriminator="type"),
]

FIELD_TYPES: dict[str, type[BaseField]] = {
    model.kind: model
    for model in (
        NumberField, BooleanField, CategoryField, DateField, TextField, RatioField, DaysField,
    )
}  # fmt: skip


def may_not_apply(fields: Mapping[str, PolicyField | None], name: str) -> bool:
    """Return whether the question may not apply to a deal: itself, or one that it follows from."""
    field = fields.get(name)
    if isinstance(field, DerivedField):
        return any(may_not_apply(fields, source) for source in field.sources())
    return field is not None and field.not_applicable is not None


__all__ = [
    "AS_OF",
    "FIELD_TYPES",
    "LARGEST_NUMBER",
    "LONGEST_ANSWER",
    "LONGEST_NOTE",
    "RESERVED_NAMES",
    "BaseField",
    "BooleanField",
    "CategoryField",
    "CostToKnow",
    "DateField",
    "Day",
    "DaysField",
    "DerivedField",
    "Name",
    "NumberField",
    "PolicyField",
    "RatioField",
    "TextField",
    "WrongFactError",
    "may_not_apply",
    "written_day",
]
