"""A record as a CRM's API gives it, laid flat: every entry under its own name.

Relations stay under the name of both, as SOQL writes them: ``Account.Industry``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from features.crm.preset import RecordShape

DEEPEST = 4
"""Relations of relations; what lies deeper is nobody's field."""
PAIR = 2
Scalar = str | int | float | bool | None
_SCALARS = frozenset({str, int, float, bool})


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a record, as it is stored and, where the API tells it, as people read it."""

    value: Scalar
    label: str | None = None

    @property
    def shown(self) -> Scalar:
        """What people read."""
        return self.value if self.label is None else self.label

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


Entries = dict[str, Entry]


def entries_of(
    record: Mapping[str, object], shape: RecordShape, most: int | None = None
) -> Entries:
    """Return the entries of a record by their names, no more than ``most``.

    >>> from features.crm.preset import named_preset
    >>> record = {"id": "51", "properties": {"amount": "1200", "tags": ["a", "b"]}}
    >>> found = entries_of(record, named_preset("hubspot").record)
    >>> {name: entry.value for name, entry in found.items()}
    {'id': '51', 'amount': '1200', 'tags': 'a;b'}
    """
    found: Entries = dict(islice(_flat(record, shape, "", DEEPEST), most))
    suffix = shape.label_suffix
    if suffix is None:
        return found
    labels = {name: entry for name, entry in found.items() if name.endswith(suffix)}
    for name, entry in labels.items():
        del found[name]
        stored = found.get(name.removesuffix(suffix))
        if stored is not None and isinstance(entry.value, str):
            found[name.removesuffix(suffix)] = Entry(stored.value, entry.value)
    return found


def is_record_inside(value: object) -> bool:
    """Return whether a value is an object, or a list of one, as answers wrap records."""
    return isinstance(value, dict) or (
        isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict)
    )


def _flat(
    record: Mapping[str, object], shape: RecordShape, before: str, deep: int
) -> Iterator[tuple[str, Entry]]:
    for key, value in record.items():
        name = before + key
        if value is None or type(value) in _SCALARS:  # nearly all of them
            yield name, Entry(value)  # type: ignore[arg-type]
        elif not before and key in shape.inside and is_record_inside(value) and deep:
            inner = value[0] if isinstance(value, list) else value
            yield from _flat(inner, shape, before, deep - 1)  # type: ignore[arg-type]
        elif isinstance(value, dict):
            if (entry := _of_object(value, shape)) is not None:
                yield name, entry
            if deep:
                yield from _flat(value, shape, f"{name}.", deep - 1)
        else:
            yield name, _of_list(value, shape) if isinstance(value, list) else Entry(None)


def _of_object(value: Mapping[str, object], shape: RecordShape) -> Entry | None:
    """Return what an object stands for, None where it is another record."""
    stored = next((value[key] for key in shape.value if key in value), None)
    label = next((value[key] for key in shape.label if key in value), None)
    if isinstance(stored, dict | list) or (stored is None and not isinstance(label, str)):
        return None
    told = label if isinstance(label, str) else None
    return Entry(_plain(told if stored is None else stored), told)


def _of_list(values: list[object], shape: RecordShape) -> Entry:
    """Return a list as one value: Odoo's pair of id and name, or several answers with ``;``."""
    is_pair = len(values) == PAIR and isinstance(values[1], str)
    if is_pair and isinstance(values[0], int) and not isinstance(values[0], bool):
        return Entry(values[0], str(values[1]))
    entries = [_of_object(one, shape) if isinstance(one, dict) else Entry(_plain(one))
               for one in values]  # fmt: skip
    texts = [str(entry.shown) for entry in entries if entry is not None and not entry.is_empty]
    return Entry(";".join(texts) or None)


def _plain(value: object) -> Scalar:
    return value if isinstance(value, str | int | float | bool) else None
