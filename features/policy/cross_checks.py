"""What pydantic cannot see: names that must be those of fields, of the right kind."""

from collections.abc import Mapping
from typing import Any, TypeGuard

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

TOGETHER = {
    "margin_rate": ("revenue",),
    "cost_per_hour": ("remaining_hours",),
    "cost_per_contact": ("remaining_contacts",),
    "default_probability": ("loss_given_default", "exposure"),
    "loss_given_default": ("default_probability",),
    "discount_rate_per_year": ("months_to_close",),
}
"""Numbers that mean money only together with others: alone they would leave all of it unknown."""
OUTCOMES = ("won", "lost", "no_decision", "declined_by_us", "open")
COSTS = frozenset({"cost_per_hour", "cost_per_contact", "other_costs"})

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
                what, hint = "the days are between a day and itself", "give two days"
                source.add(("fields", name, "end"), what, hint)


def _check_source(
    fields: Mapping[str, PolicyField | None], name: str, kind: type, path: Path, source: YamlSource
) -> None:
    what_it_is = "a number" if kind is NumberField else "a day"
    if name not in fields:
        known = [*fields, *([AS_OF] if kind is DateField else [])]
        what = f"the policy has no field '{printable(name)}'"
        source.add(path, what, did_you_mean(name, known))
    elif fields[name] is not None and not isinstance(fields[name], kind):
        given = [other for other, field in fields.items() if isinstance(field, kind)]
        given += [AS_OF] if kind is DateField else []
        what = f"'{name}' is not {what_it_is} that somebody gives"
        source.add(path, what, did_you_mean(name, given))


def check_track_record(data: Mapping[str, Any], parser: ConditionParser) -> None:
    """Note every track record of a field that has no labels."""
    deals = data.get("deals")
    names = deals.get("track_record") if isinstance(deals, dict) else None
    if (
        isinstance(deals, dict)
        and names
        and deals.get("closed_on") is None
        and deals.get("preset") is None
    ):
        what = "a track record needs the days of closing"
        parser.source.add(("deals", "track_record"), what, "name their column: closed_on")
    for place, name in enumerate(names if isinstance(names, list) else []):
        path: Path = ("deals", "track_record", place)
        if not isinstance(name, str) or not parser.names_a_field(name, path):
            continue
        field = parser.fields[name]
        if field is not None and not isinstance(field, CategoryField):
            hint = "a track record is that of a category: a customer, a product"
            parser.source.add(path, f"'{name}' is not a category", hint)


def check_api_names(data: Mapping[str, Any], parser: ConditionParser) -> None:
    """Note every name of the CRM's API for a field that there is not, or that nobody gives."""
    deals = data.get("deals")
    names = deals.get("api") if isinstance(deals, dict) else None
    for name in names if isinstance(names, dict) else ():
        path: Path = ("deals", "api", name)
        if not isinstance(name, str) or not parser.names_a_field(name, path):
            continue
        field = parser.fields[name]
        if field is not None and field.derived:
            hint = "name what the fields that it follows from are called"
            parser.source.add(path, f"'{name}' is derived, so no record holds it", hint)


def check_amounts(data: Mapping[str, Any], parser: ConditionParser) -> None:
    """Note every number of the economics that hangs on a field which cannot give it."""
    for path, amount in _amounts_of(data.get("economics")):
        constants: list[tuple[Path, object]] = [(path, amount)]
        if isinstance(amount, dict):
            constants = _check_reference(amount, path, parser)
        for where, value in constants:
            _check_constant(str(path[-1]), value, where, parser.source)


def _amounts_of(economics: object) -> list[tuple[Path, object]]:
    """Return the numbers of the economics with their places, those of the roles among them."""
    written = economics if _is_map(economics) else {}
    found: list[tuple[Path, object]] = [
        (("economics", name), amount) for name, amount in written.items() if name != "roles"
    ]
    roles = written.get("roles")
    for role, hours in roles.items() if _is_map(roles) else ():
        found += [
            (("economics", "roles", role, name), amount)
            for name, amount in (hours.items() if _is_map(hours) else ())
        ]
    return found


def check_economics(data: Mapping[str, Any], source: YamlSource) -> None:
    """Note numbers of the economics that lack another one, and a threshold that lacks them all."""
    written = data.get("economics")
    given = (
        {name for name, one in written.items() if one is not None} if _is_map(written) else set()
    )
    for name, others in TOGETHER.items():
        missing = [other for other in others if other not in given]
        if name in given and missing:
            needed = " and ".join(f"'{other}'" for other in missing)
            source.add(
                ("economics", name),
                f"'{name}' counts for nothing without {needed}",
                f"give {needed} too",
            )
    costs = given & COSTS
    if _is_map(written) and _is_map(written.get("roles")):
        costs |= _check_roles(written["roles"], given, source)
    if {"margin", "margin_rate"} <= given:
        what, hint = "'margin' is given too, as money", "keep one: money, or a share of revenue"
        source.add(("economics", "margin_rate"), what, hint)
    decision = data.get("decision")
    go_at = decision.get("go_at") if _is_map(decision) else None
    asks = _is_map(go_at) and go_at.get("expected_value") is not None
    if asks and not (given & {"margin", "margin_rate"} and costs):
        what = "'expected_value' can never be known: the economics give no margin, or no cost"
        hint = "give economics: {margin: ..., other_costs: ...}"
        source.add(("decision", "go_at", "expected_value"), what, hint)


def _check_roles(roles: dict[str, Any], given: set[str], source: YamlSource) -> set[str]:
    """Note hours that are said twice, in all and by role; return the costs that the roles give."""
    for name in ("remaining_hours", "cost_per_hour"):
        if roles and name in given:
            what = f"'{name}' is said role by role too"
            hint = "keep it under 'roles', or leave the roles out"
            source.add(("economics", name), what, hint)
    has_cost = any(_is_map(one) and one.get("cost_per_hour") is not None for one in roles.values())
    return {"cost_per_hour"} if has_cost else set()


def check_outcome(data: Mapping[str, Any], source: YamlSource) -> None:
    """Note every word that means two outcomes."""
    deals = data.get("deals")
    outcome = deals.get("outcome") if _is_map(deals) else None
    means: dict[str, str] = {}
    if not _is_map(outcome):
        return
    for name in OUTCOMES:
        words = outcome.get(name)
        for place, word in enumerate(words if isinstance(words, list) else ()):
            if isinstance(word, str) and means.setdefault(word, name) != name:
                what = f"'{printable(word)}' means '{means[word]}' already"
                source.add(("deals", "outcome", name, place), what, "keep one of the two")


def _is_map(written: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(written, dict)


def check_words(data: Mapping[str, Any], words: tuple[str, ...], source: YamlSource) -> None:
    """Note every allowed answer of which the whole file says that it means unknown."""
    for name, field in data["fields"].items():
        values = field.get("values") if _is_map(field) else None
        for place, value in enumerate(values if isinstance(values, list) else ()):
            if value in words:
                what = f"'{printable(value)}' means unknown in the whole file"
                hint = "take it out here, or out of 'unknown' under 'deals'"
                source.add(("fields", name, "values", place), what, hint)


def _check_reference(
    amount: dict[str, Any], path: Path, parser: ConditionParser
) -> list[tuple[Path, object]]:
    """Note what is wrong with a field or table, and return the constants in it."""
    field, by, table = amount.get("field"), amount.get("by"), amount.get("values")
    is_field = isinstance(field, str) and parser.names_a_field(field, (*path, "field"))
    if is_field and not parser.is_number(str(field)):
        numbers = [name for name in parser.fields if parser.is_number(name)]
        hint = did_you_mean(str(field), numbers)
        parser.source.add((*path, "field"), f"'{field}' is not a number", hint)
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
    constants: list[tuple[Path, object]] = [((*path, "otherwise"), amount.get("otherwise"))]
    return constants + [((*path, "values", answer), value) for answer, value in table.items()]


def _check_constant(name: str, value: object, path: Path, source: YamlSource) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    if name in SHARES and not 0 <= value <= 1:
        source.add(path, f"'{name}' is a share, from 0 to 1", "write 30 % as 0.3")
    elif value < 0 and name not in {"margin", "strategic_value", *SHARES}:
        source.add(path, f"'{name}' cannot be negative", "write 0 or more")
