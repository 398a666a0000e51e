"""The plain shapes of JSON Schema that the others are made of."""

from typing import Any, Final

from serving.envelope import LONGEST_ID

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """Return a reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def object_of(properties: Schema, *optional: str, closed: bool = False, **more: Any) -> Schema:
    """Return an object that has all its properties but the optional ones."""
    required = [name for name in properties if name not in optional]
    shape = {"type": "object", "properties": properties, "required": required, **more}
    return shape | ({"additionalProperties": False} if closed else {})


def list_of(items: Schema, **more: Any) -> Schema:
    """Return an array of what fits a schema."""
    return {"type": "array", "items": items, **more}


def or_null(kind: str, **more: Any) -> Schema:
    """Return a type that may be null."""
    return {"type": [kind, "null"], **more}


TEXT: Final[Schema] = {"type": "string"}
NUMBER: Final[Schema] = {"type": "number"}
YES: Final[Schema] = {"type": "boolean"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
DAY: Final[Schema] = {"type": "string", "format": "date"}
SHARE: Final[Schema] = or_null("number", minimum=0, maximum=1)
OBJECT: Final[Schema] = {"type": "object"}
OBJECTS: Final[Schema] = list_of(OBJECT)
ID: Final[Schema] = or_null("string", maxLength=LONGEST_ID)
