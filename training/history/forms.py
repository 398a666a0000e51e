"""The forms that a history file may have, told by its headers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from features.errors import DealsError, Problem, did_you_mean
from training.history.changes import Changes, Times
from training.history.decision_log import logged_facts
from training.history.field_changes import FieldRows, field_changes
from training.history.moments import instants
from training.history.snapshots import snapshots
from training.history.texts import header_key, texts_of
from training.sources.raw_table import RawTable

MOST_EXAMPLES = 3
DEALS = ("opportunityid", "dealid")
BOOKKEEPING = (
    *("id", "isdeleted", "systemmodstamp", "createdbyid", "createdby", "validthroughdate"),
    *("prevamount", "prevclosedate", "prevforecastupdate", "fromforecastcategory"),
    *("fivetranstart", "fivetranend", "fivetranactive", "fivetransynced", "fivetrandeleted"),
)
"""Columns of a history that say nothing of the deal, by `header_key`."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what its headers are for, each with the keys it may have, the best first."""

    name: str
    roles: Mapping[str, tuple[str, ...]]
    optional: Mapping[str, tuple[str, ...]]

    def headers(self, raw: RawTable) -> dict[str, str] | None:
        """Return the header of each role, None where the file has another form."""
        keys = {header_key(header): header for header in reversed(raw.headers)}
        found = {
            role: next((keys[key] for key in wanted if key in keys), None)
            for role, wanted in {**self.optional, **self.roles}.items()
        }
        if any(found[role] is None for role in self.roles):
            return None
        return {role: header for role, header in found.items() if header is not None}


FORMS = (
    Form(
        "decision_log",
        {"deal": (*DEALS, "deal", "id"), "time": ("asof",), "facts": ("facts",)},
        {"id": ("decisionid", "answeredat", "decidedat", "id")},
    ),
    Form(
        "salesforce_field_history",
        {
            "deal": DEALS,
            "column": ("field", "fieldevent"),
            "old": ("oldvalue",),
            "new": ("newvalue",),
            "time": ("createddate", "editdate"),
        },
        {"id": ("id",)},
    ),
    Form(
        "hubspot_property_history",
        {
            "deal": (*DEALS, "objectid", "hsobjectid"),
            "column": ("name", "property", "propertyname"),
            "new": ("value",),
            "time": ("timestamp", "fivetranstart"),
        },
        {},
    ),
    Form(
        "fivetran_type_2",
        {"deal": (*DEALS, "id"), "time": ("fivetranstart",), "end": ("fivetranend",)},
        {},
    ),
    Form(
        "salesforce_history",
        {"deal": DEALS, "time": ("createddate",), "stage": ("stagename", "stage")},
        {"id": ("id",)},
    ),
)
NAMES = tuple(form.name for form in FORMS)


def read_history(raw: RawTable, *, form: str | None = None, zone: str = "UTC") -> Changes:
    """Return the changes that a history file says.

    Parameters
    ----------
    form
        One of `NAMES`; by default it is told by the headers.
    zone
        Whose clock the times without a zone are, for example "Europe/Paris".

    Raises
    ------
    DealsError
        When the headers are of no known form, or of another than the one named; with every kind of
        value that cannot be read, and where the first few of them stand.
    """
    found, headers = _recognised(raw, form)
    columns = {role: texts_of(raw.table[header]) for role, header in headers.items()}
    times = instants(raw.table[headers["time"]], zone=zone)
    problems = [
        *_unreadable(raw, headers["deal"], columns["deal"].is_null(), "there is no deal"),
        *_unreadable_times(raw, headers["time"], columns["time"], times),
    ]
    if "column" in columns:
        problems += _unreadable(raw, headers["column"], columns["column"].is_null(), "no field")
    states: dict[str, pa.Array] = {}
    if found.name == "decision_log":
        states, more = logged_facts(raw, columns["facts"])
        problems += more
    elif "column" not in columns:
        states = _states(raw, headers)
    if problems:
        raise DealsError(problems)
    if "column" not in columns:
        return snapshots(columns["deal"], times, states, columns.get("id"))
    return field_changes(
        FieldRows(
            deals=columns["deal"],
            columns=columns["column"],
            times=times,
            new=columns["new"],
            old=columns.get("old"),
            ids=columns.get("id"),
        )
    )


def _recognised(raw: RawTable, name: str | None) -> tuple[Form, dict[str, str]]:
    if name is not None and name not in NAMES:
        what, hint = f"'{name}' is not a form of history", did_you_mean(name, NAMES)
        raise DealsError([Problem(where=raw.where, what=what, hint=hint)])
    for form in FORMS:
        headers = form.headers(raw)
        if headers is not None and name in {None, form.name}:
            _refuse_twice(raw, headers)
            return form, headers
    wanted = next((form for form in FORMS if form.name == name), None)
    known = "; ".join(f"{form.name}: {', '.join(_shown(form))}" for form in FORMS)
    raise DealsError(
        [
            Problem(
                where=raw.where,
                what="the headers are not those of "
                + ("a history" if wanted is None else f"the form '{wanted.name}'"),
                hint=f"it needs {', '.join(_shown(wanted))}" if wanted else f"known are {known}",
            )
        ]
    )


def _refuse_twice(raw: RawTable, headers: Mapping[str, str]) -> None:
    """Refuse a file in which two headers are for the same."""
    problems = [
        Problem(
            where=raw.where,
            what=f"the columns '{header}' and '{other}' are named alike",
            hint="leave out the one that is not meant",
        )
        for header in headers.values()
        for other in raw.headers
        if other != header and header_key(other) == header_key(header)
    ]
    if problems:
        raise DealsError(problems)


def _shown(form: Form) -> Sequence[str]:
    return [keys[0] for keys in form.roles.values()]


def _states(raw: RawTable, headers: Mapping[str, str]) -> dict[str, pa.Array]:
    """Return the columns that are states of the deal, as texts."""
    spoken_for = {header for role, header in headers.items() if role != "stage"}
    return {
        header: texts_of(raw.table[header])
        for header in raw.headers
        if header not in spoken_for and header_key(header) not in BOOKKEEPING
    }


def _unreadable(raw: RawTable, header: str, bad: pa.Array, what: str) -> list[Problem]:
    rows = np.flatnonzero(bad.to_numpy(zero_copy_only=False))
    if not len(rows):
        return []
    more = f" (in {len(rows)} rows)" if len(rows) > 1 else ""
    where, hint = raw.place(int(rows[0])), "a change is told by deal, time and value"
    return [Problem(where=where, what=f"column '{header}': {what}{more}", hint=hint)]


def _unreadable_times(raw: RawTable, header: str, texts: pa.Array, times: Times) -> list[Problem]:
    rows = np.flatnonzero(np.isnat(times))
    return [
        Problem(
            where=raw.place(int(row)),
            what=f"column '{header}': '{str(texts[int(row)].as_py() or '')[:40]}' is not a time"
            + (f" ({len(rows)} such rows)" if len(rows) > 1 else ""),
            hint="export times like 2026-03-31T14:05:00Z, as the CRM's API gives them",
        )
        for row in rows[:MOST_EXAMPLES]
    ]
