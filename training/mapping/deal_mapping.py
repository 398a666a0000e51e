"""Which column of a file is which: the canonical ones, those kept out, those free to be used."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import get_args

import pyarrow as pa
import pyarrow.compute as pc

from features.crm.preset import (
    ColumnNames,
    LeakClass,
    Preset,
    Target,
    fallback_preset,
    named_preset,
)
from features.errors import DealsError, Problem, did_you_mean
from features.headers import HeaderIndex, normal
from features.texts import Text
from training.mapping.recognition import Recognition, recognise
from training.sources.raw_table import RawTable

TARGETS: tuple[Target, ...] = get_args(Target)

TARGET_LEAKS: Mapping[Target, LeakClass] = {
    "deal_id": LeakClass.IDENTIFIES,
    "deal_name": LeakClass.IDENTIFIES,
    "owner": LeakClass.IDENTIFIES,
    "account": LeakClass.IDENTIFIES,
    "closed_on": LeakClass.KNOWN_AT_CLOSE,
    "stage": LeakClass.KNOWN_AT_CLOSE,
    "loss_reason": LeakClass.KNOWN_AT_CLOSE,
    "human_probability": LeakClass.KNOWN_AT_CLOSE,
    "expected_close": LeakClass.CHANGES_LATER,
    "amount": LeakClass.CHANGES_LATER,
}
"""Canonical columns that a model may not learn from as they stand."""

REASONS: Mapping[LeakClass, Text] = {
    LeakClass.SAYS_THE_OUTCOME: Text(
        en="says how the deal ended", fr="dit comment l'affaire s'est terminée"
    ),
    LeakClass.KNOWN_AT_CLOSE: Text(
        en="known only when the deal closes, or after",
        fr="connu seulement à la clôture de l'affaire, ou après",
    ),
    LeakClass.CHANGES_LATER: Text(
        en="changes while the deal is worked: the export has its last value, not the one known "
        "on the day of decision",
        fr="change pendant que l'affaire est travaillée : l'export donne la dernière valeur, pas "
        "celle connue le jour de la décision",
    ),
    LeakClass.IDENTIFIES: Text(
        en="an id, a name, a person or free text",
        fr="un identifiant, un nom, une personne ou un texte libre",
    ),
}


class Role(StrEnum):
    """What a column of the file is for."""

    OUTCOME = "outcome"
    TARGET = "target"
    KEPT_OUT = "kept_out"
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRole:
    """One column of the file.

    ``target`` names the canonical column that it is, ``leak`` and ``reason`` say why a model may
    not learn from it as it stands: both are None where it may.
    """

    header: str
    role: Role
    target: Target | None = None
    leak: LeakClass | None = None

    @property
    def reason(self) -> Text | None:
        """Why it is kept out, None where it is not."""
        return None if self.leak is None else REASONS[self.leak]


@dataclass(frozen=True, slots=True, kw_only=True)
class DealMapping:
    """The canonical columns of a file.

    ``columns``
        the headers of each canonical column that the file has: where there are several, the first
        that has a value counts;
    ``preset``
        the CRM that the file comes from, None when it was not recognised;
    ``recognition``
        how the presets compared, None where one was asked for by name.
    """

    columns: Mapping[Target, tuple[str, ...]]
    preset: Preset | None
    recognition: Recognition | None
    close_is_expected_while_open: bool = False
    left_open: Mapping[Target, tuple[str, ...]] = field(default_factory=dict)

    def header(self, target: Target) -> str | None:
        """Return the first column of a canonical one, None when the file has none."""
        return next(iter(self.columns.get(target, ())), None)

    def column(self, target: Target, raw: RawTable) -> pa.ChunkedArray | None:
        """Return the values of a canonical column, filled in from its other headers."""
        found = [raw.table.column(header) for header in self.columns.get(target, ())]
        if len(found) <= 1:
            return found[0] if found else None
        return pc.coalesce(*(_as_text(column, found) for column in found))

    @property
    def as_of(self) -> str | None:
        """The column that dates the day of decision."""
        wanted = (self.preset or fallback_preset()).as_of
        return next((self.columns[name][0] for name in wanted if name in self.columns), None)

    def roles(
        self, headers: Sequence[str], outcome: Collection[str] = ()
    ) -> tuple[ColumnRole, ...]:
        """Return what each column of the file is for; ``outcome`` are those that tell it."""
        named: dict[str, Target] = {}
        for target, found in self.columns.items():
            for header in found:
                named.setdefault(header, target)
        return tuple(self._role(header, named.get(header), outcome) for header in headers)

    def _role(self, header: str, target: Target | None, outcome: Collection[str]) -> ColumnRole:
        if header in outcome:
            tells = LeakClass.SAYS_THE_OUTCOME
            return ColumnRole(header=header, role=Role.OUTCOME, target=target, leak=tells)
        leak = self._leak(header) or (None if target is None else TARGET_LEAKS.get(target))
        if target is not None:
            return ColumnRole(header=header, role=Role.TARGET, target=target, leak=leak)
        role = Role.FREE if leak is None else Role.KEPT_OUT
        return ColumnRole(header=header, role=role, leak=leak)

    def _leak(self, header: str) -> LeakClass | None:
        """Return the gravest class whose list has the header; names speak before patterns."""
        preset = self.preset
        if preset is None:
            return None
        name = normal(header)
        for part in ("names", "patterns"):
            for leak, leaks in preset.leaks.items():
                listed: tuple[str, ...] = getattr(leaks, part)
                if any(_listed(name, entry, part) for entry in listed):
                    return leak
        outcome = {normal(word) for column in preset.outcome.columns() for word in column.names}
        return LeakClass.SAYS_THE_OUTCOME if name in outcome else None


def _as_text(column: pa.ChunkedArray, others: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    """Return a column as it is where all have its type, else as text."""
    same = all(other.type == column.type for other in others)
    return column if same and not pa.types.is_dictionary(column.type) else column.cast(pa.string())


def _listed(name: str, entry: str, part: str) -> bool:
    return normal(entry) == name if part == "names" else re.search(entry, name) is not None


def map_deals(
    raw: RawTable, *, preset: str | None = None, chosen: Mapping[str, str] | None = None
) -> DealMapping:
    """Return which column of a file is which.

    Parameters
    ----------
    preset
        The name of the CRM's preset; None to recognise it.
    chosen
        Header by canonical name, as the policy says: these win over the preset.

    Raises
    ------
    InputError
        When there is no such preset.
    DealsError
        When two columns would do for one, or a chosen one is not there: all of them at once; or
        when the preset asked for knows no header of the file.
    """
    recognition = recognise(raw.headers) if preset is None else None
    found = recognition.winner if recognition else _named(raw, str(preset))
    search = _Search(raw, chosen or {}, found or fallback_preset(), strict=found is not None)
    columns = search.columns()
    if search.problems:
        raise DealsError(search.problems)
    shared = "closed_on" in columns and "expected_close" not in columns
    expected = shared and (found or fallback_preset()).close_is_expected_while_open
    if expected:
        columns["expected_close"] = columns["closed_on"]
    return DealMapping(
        columns=columns,
        preset=found,
        recognition=recognition,
        close_is_expected_while_open=expected,
        left_open=search.left_open,
    )


def _named(raw: RawTable, name: str) -> Preset:
    """Return the preset asked for; raises where it knows no header of the file at all."""
    found = named_preset(name)
    known = recognise(raw.headers).candidates
    if all(one.preset is not found for one in known):
        what = f"the preset '{name}' knows no header of this file"
        hint = f"it looks like {known[0].preset.preset}" if known else "leave the preset out"
        raise DealsError([Problem(where=raw.where, what=what, hint=hint)])
    return found


class _Search:
    """Looks for the canonical columns of one file, and notes what is wrong."""

    def __init__(
        self, raw: RawTable, chosen: Mapping[str, str], preset: Preset, *, strict: bool
    ) -> None:
        self.raw, self.chosen, self.preset, self.strict = raw, chosen, preset, strict
        self.problems: list[Problem] = []
        self.left_open: dict[Target, tuple[str, ...]] = {}
        self._index = HeaderIndex(raw.headers)

    def columns(self) -> dict[Target, tuple[str, ...]]:
        self._check_chosen()
        columns: dict[Target, tuple[str, ...]] = {}
        for target in TARGETS:
            if target in self.chosen:
                columns[target] = (self.chosen[target],)
            elif found := self._found(target):
                columns[target] = found
        return columns

    def _check_chosen(self) -> None:
        for target, header in self.chosen.items():
            if target not in TARGETS:
                self._add(f"'{target}' is no canonical column", did_you_mean(target, TARGETS))
            elif header not in self.raw.headers:
                what = f"there is no column '{header}' for {target}"
                self._add(what, did_you_mean(header, self.raw.headers))

    def _found(self, target: Target) -> tuple[str, ...]:
        entries = self.preset.targets.get(target, ())
        taken = {header for name, header in self.chosen.items() if name in TARGETS}
        found = [one for entry in entries if (one := self._one(target, entry, taken))]
        return tuple(dict.fromkeys(found))

    def _one(self, target: Target, entry: ColumnNames, taken: set[str]) -> str | None:
        """Return the column of one entry; two of them are a problem, or a question left open."""
        headers = [header for header in self._index.find(entry.names) if header not in taken]
        if len(headers) > 1 and self.strict:
            both = " and ".join(f"'{header}'" for header in headers)
            choice = f"deals: {{columns: {{{target}: {headers[0]}}}}}"
            hint = f"choose one in the policy: {choice}, or remove one"
            self._add(f"the columns {both} are both the {target}", hint)
        elif len(headers) > 1:
            self.left_open[target] = tuple(headers)
        return headers[0] if len(headers) == 1 else None

    def _add(self, what: str, hint: str) -> None:
        self.problems.append(Problem(where=self.raw.where, what=what, hint=hint))
