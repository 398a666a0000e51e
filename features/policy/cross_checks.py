"""What pydantic cannot see: names that must be those of fields, of the right kind."""

from collections.abc import Mapping
from typing import Any

from features.errors import did_you_mean, printable
from features.fields import (
    AS_OF,
    BooleanField,
    CategoryField,
    DateField,
    DaysField,
    NumberField,
    PolicyField,
    RatioField,
)
from features.policy.condition_parser import ConditionParser
from features.policy.yaml_source import Path, YamlSource

SHARES = ("default_probability", "loss_given_default", "discount_rate_per_year", "margin_rate")
"""Numbers of the economics that are shares: from 0 to 1."""


def check_derived(fields: Mapping[str, PolicyField | None], source: YamlSource) -> None:
    """Note every derived field that does not follow from given fields of the right kind."""
    for name, field in fields.items():
        if isinstance(field, RatioField):
            for key, other in (("of", field.of), ("to", field.to)):
                _check_source(fields, other, NumberField, ("fields", name, key), source)
        if isinstance(field, DaysField):
            for key, other in (("start", field.start), ("end", field.end)):
                if other != AS_OF:
                    path = ("fields", name, key)
                    _check_source(fields, other, DateField, path, source)
            if field.start == field.end:
                source.add(("fields", name), "the days are between a day and itself")


def _check_source(
    fields: Mapping[str, PolicyField | None], name: str, kind: type, path: Path, source: YamlSource
) -> None:
    what_it_is = "a number" if kind is NumberField else "a day"
    if name not in fields:
        known = [*fields, *([AS_OF] if kind is DateField else [])]
        what = f"the policy has no field '{printable(name)}'"
        source.add(path, what, did_you_mean(name, known))
    elif fields[name] is not None and not isinstance(fields[name], kind):
        source.add(path, f"'{name}' is not {what_it_is} that somebody gives")


def check_track_record(data: Mapping[str, Any], parser: ConditionParser) -> None:
    """Note every track record of a field that has no labels."""
    deals = data.get("deals")
    names = deals.get("track_record") if isinstance(deals, dict) else None
    for place, name in enumerate(names if isinstance(names, list) else []):
        path: Path = ("deals", "track_record", place)
        if not isinstance(name, str) or not parser.names_a_field(name, path):
            continue
        field = parser.fields[name]
        if field is not None and not isinstance(field, CategoryField):
            hint = "a track record is that of a category: a customer, a product"
            parser.source.add(path, f"'{name}' is not a category", hint)


def check_amounts(data: Mapping[str, Any], parser: ConditionParser) -> None:
    """Note every number of the economics that hangs on a field which cannot give it."""
    economics = data.get("economics")
    for name, amount in (economics if isinstance(economics, dict) else {}).items():
        path: Path = ("economics", name)
        constants: list[tuple[Path, object]] = [(path, amount)]
        if isinstance(amount, dict):
            constants = _check_reference(amount, path, parser)
        for where, value in constants:
            _check_constant(name, value, where, parser.source)


def _check_reference(
    amount: dict[str, Any], path: Path, parser: ConditionParser
) -> list[tuple[Path, object]]:
    """Note what is wrong with a field or table, and return the constants in it."""
    field, by, table = amount.get("field"), amount.get("by"), amount.get("values")
    is_field = isinstance(field, str) and parser.names_a_field(field, (*path, "field"))
    if is_field and not parser.is_number(str(field)):
        parser.source.add((*path, "field"), f"'{field}' is not a number")
    if not isinstance(by, str) or not isinstance(table, dict):
        return []
    if parser.names_a_field(by, (*path, "by")):
        kind = parser.fields[by]
        if kind is not None and not isinstance(kind, CategoryField | BooleanField):
            hint = "a table goes by a category, or by yes and no"
            parser.source.add((*path, "by"), f"'{by}' has no answers to list", hint)
        elif kind is not None:
            for answer in table:
                yes_no = {"true": True, "false": False}.get(answer, answer)
                given = yes_no if isinstance(kind, BooleanField) else answer
                parser.values(by, [given], (*path, "values", answer))
    return [((*path, "values", answer), value) for answer, value in table.items()]


def _check_constant(name: str, value: object, path: Path, source: YamlSource) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    if name in SHARES and not 0 <= value <= 1:
        source.add(path, f"'{name}' is a share, from 0 to 1", "write 30 % as 0.3")
    elif value < 0 and name not in {"margin", *SHARES}:
        source.add(path, f"'{name}' cannot be negative")
