"""What the parts of a policy file have in common."""

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema


class Part(BaseModel):
    """A part of the file: frozen, and without settings that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


ConditionData: TypeAlias = Annotated[
    dict[str, Any], WithJsonSchema({"type": "object", "format": "condition"})
]
"""A condition as it stands in the file, a mapping; `ConditionParser` reads it. In the JSON Schema
its format marks where the schema of conditions goes."""

Answers: TypeAlias = Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
Points: TypeAlias = Annotated[float, Field(allow_inf_nan=False, ge=-1000, le=1000)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]


def word_or_mapping(written: object) -> str:
    """Return the tag of the form that somebody wrote, so that mistakes are told of that form."""
    return "(mapping)" if isinstance(written, dict | BaseModel) else "(word)"


def form_with(key: str) -> Callable[[object], str]:
    """Return what tells a mapping that has a key from the other form.

    >>> form_with("closed")({"closed": "IsClosed"}), form_with("closed")({"column": "Status"})
    ('(closed)', '(else)')
    """

    def form(written: object) -> str:
        keys = written if isinstance(written, dict) else getattr(type(written), "model_fields", ())
        return f"({key})" if key in keys else "(else)"

    return form
