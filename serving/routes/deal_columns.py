"""Many deals in one body, read as columns: the same deals and problems as one by one, sooner.

The fast parser keeps the last of keys that are given twice, and reads a whole number of more than
64 bits as a floating one. So the keys in the text are counted, and a deal with such a number is
read again by the parser that keeps it. What the fast parser refuses goes the slow road.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from features.columns import Column
from features.deal import Deal
from features.derivation import derived_fields, with_derived_columns
from features.fact_columns import read_columns, with_facts, without_what_nobody_has
from features.fields import written_day
from features.policy import Policy
from features.table import DealTable
from serving.envelope import LONGEST_ID
from serving.routes.deals_body import MOST_DEALS, DealsBody, Problems, read_deals

Mask: TypeAlias = NDArray[np.bool_]
_PLAIN_KEYS = ("facts", "id", "as_of")
_SPACES = (b" :", b"\n:", b"\t:", b"\r:")
LONG_NUMBER = 2.0**63
"""From here on a floating number may have been a whole one."""


@dataclass(frozen=True, slots=True)
class TableRead:
    """The deals of a body that could be read, and what is wrong with the others, by their row.

    ``rows`` has shape (n_deals,): the rows of the body that the table holds, in order; ``given``
    is what the body held.
    """

    table: DealTable
    rows: NDArray[np.intp]
    problems: Mapping[int, Problems]
    given: Sequence[object]


def read_table(body: bytes, policy: Policy, query: Mapping[str, str], *, today: date) -> TableRead:
    """Return the deals of a body.

    Raises
    ------
    RequestError
        As :func:`serving.routes.deals_body.read_deals` does.
    """
    told = _told(body)
    plain = None if told is None else _Plain.of(told, policy, query, today)
    if plain is None or plain.may_have_keys_twice(body):
        return read_each(read_deals(body), policy, query, today=today)
    rows = np.flatnonzero(plain.odd).tolist()
    odd = [plain.deals[row] for row in rows]
    if any(map(_has_long_number, odd)):
        exact = read_deals(body).deals
        odd = [exact[row] for row in rows]
    read = DealsBody(odd, {}).read(policy, query, today=today)
    return plain.table(policy, dict(zip(rows, read, strict=True)))


def read_each(
    body: DealsBody, policy: Policy, query: Mapping[str, str], *, today: date
) -> TableRead:
    """Return the deals of a body read one by one."""
    read = body.read(policy, query, today=today)
    deals = {row: one for row, one in enumerate(read) if isinstance(one, Deal)}
    problems = {row: one for row, one in enumerate(read) if not isinstance(one, Deal)}
    table = DealTable.of([*deals.values()], policy.fields)
    return TableRead(table, np.array([*deals], dtype=np.intp), problems, body.deals)


def _told(body: bytes) -> list[Any] | None:
    """Return the deals of a body, None where it takes the slow road to say what is wrong."""
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if type(data) is not dict or data.keys() != {"deals"}:
        return None
    deals = data["deals"]
    return deals if type(deals) is list and 0 < len(deals) <= MOST_DEALS else None


@dataclass(frozen=True, slots=True)
class _Plain:
    """The deals of a body as columns; which of them are odd, hence to be read one by one.

    ``pairs`` counts the keys of all objects, with those around the deals.
    """

    deals: Sequence[Any]
    columns: dict[str, Column]
    ids: Sequence[str | None]
    as_of: NDArray[np.datetime64]
    odd: Mask
    pairs: int

    @staticmethod
    def of(
        deals: Sequence[Any], policy: Policy, query: Mapping[str, str], today: date
    ) -> "_Plain":
        opened = _Opened.of(deals, policy)
        columns, odd = read_columns(opened.facts, policy.fields)
        odd |= opened.odd
        ids, as_of = _ids(opened.ids, odd), _days(opened.as_of, query, today, odd)
        pairs = 1 + sum(opened.pairs) + sum(map(len, opened.facts))
        for row in np.flatnonzero(odd).tolist():
            pairs += _pairs(deals[row]) - opened.pairs[row] - len(opened.facts[row])
        return _Plain(deals, columns, ids, as_of, odd, pairs)

    def may_have_keys_twice(self, body: bytes) -> bool:
        """Return whether the text may have more keys than were kept.

        Every key is followed by a colon. Colons within texts only make more of them, so where
        there are no more than keys, no key was lost; or no more behind a quotation mark, where
        no key is followed by a space.
        """
        colons = np.count_nonzero(np.frombuffer(body, dtype=np.uint8) == ord(":"))
        if colons == self.pairs:
            return False
        return body.count(b'":') != self.pairs or any(space in body for space in _SPACES)

    def table(self, policy: Policy, read: Mapping[int, Deal | Problems]) -> TableRead:
        """Return the table with what was read of the odd deals."""
        deals = {row: one for row, one in read.items() if isinstance(one, Deal)}
        problems = {row: one for row, one in read.items() if not isinstance(one, Deal)}
        columns, ids, as_of = self.columns, [*self.ids], self.as_of.copy()
        for row, deal in deals.items():
            ids[row], as_of[row] = deal.id, deal.as_of
        if deals:
            facts = {
                name: {row: deal.facts.get(name) for row, deal in deals.items()}
                for name in columns
            }
            columns = {name: with_facts(one, facts[name]) for name, one in columns.items()}
        waivers = {row: deal.waivers for row, deal in deals.items() if deal.waivers}
        table = DealTable(ids=tuple(ids), as_of=as_of, columns=columns, waivers=waivers)
        rows = np.arange(len(ids))
        if problems:
            rows = np.delete(rows, [*problems])
            table = table.take(rows)
        return TableRead(_completed(table, policy), rows, problems, self.deals)


def _completed(table: DealTable, policy: Policy) -> DealTable:
    """Return a table with the levels that it holds, and what follows from its columns."""
    given = {name: without_what_nobody_has(column) for name, column in table.columns.items()}
    columns = with_derived_columns(given, derived_fields(policy.fields), table.as_of)
    return DealTable(ids=table.ids, as_of=table.as_of, columns=columns, waivers=table.waivers)


@dataclass(frozen=True, slots=True)
class _Opened:
    """What stands in each deal of a body; ``pairs`` counts the keys of its envelope."""

    facts: Sequence[dict[str, Any]]
    ids: Sequence[object]
    as_of: Sequence[object]
    pairs: Sequence[int]
    odd: Mask

    @staticmethod
    def of(deals: Sequence[Any], policy: Policy) -> "_Opened":
        odd = np.zeros(len(deals), dtype=bool)
        if set(map(type, deals)) != {dict}:
            odd |= np.array([type(one) is not dict for one in deals], dtype=bool)
            deals = [one if type(one) is dict else {} for one in deals]
        if "facts" in policy.fields:
            nothing: list[None] = [None] * len(deals)
            return _Opened(deals, nothing, nothing, [0] * len(deals), odd)
        blank: dict[str, Any] = dict.fromkeys(_PLAIN_KEYS)
        values: list[Any] = list(chain.from_iterable(map(dict.values, map(blank.__or__, deals))))
        facts, ids, as_of = (values[place::3] for place in range(3))
        if len(values) == 3 * len(deals) and set(map(type, facts)) == {dict}:
            return _Opened(facts, ids, as_of, [*map(len, deals)], odd)
        return _Opened._each(deals, odd)

    @staticmethod
    def _each(deals: Sequence[dict[str, Any]], odd: Mask) -> "_Opened":
        """Return it where some deals have no envelope, or an odd one."""
        around = [one if "facts" in one else {} for one in deals]
        facts = [one.get("facts", one) for one in deals]
        odd |= np.array([type(one) is not dict for one in facts], dtype=bool)
        odd |= np.array([not one.keys() <= {*_PLAIN_KEYS} for one in around], dtype=bool)
        return _Opened(
            [one if type(one) is dict else {} for one in facts],
            [one.get("id") for one in around],
            [one.get("as_of") for one in around],
            [*map(len, around)],
            odd,
        )


def _ids(ids: Sequence[Any], odd: Mask) -> Sequence[str | None]:
    """Return the ids, None where there is none, and mark the deals that have an odd one."""
    texts = [one for one in ids if type(one) is str]
    short = max(map(len, texts), default=0) <= LONGEST_ID
    if short and "".join(texts).isprintable() and len(texts) + ids.count(None) == len(ids):
        return ids
    plain = [one is None or _is_id(one) for one in ids]
    odd |= ~np.array(plain, dtype=bool)
    return [one if is_plain else None for one, is_plain in zip(ids, plain, strict=True)]


def _is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_ID and value.isprintable()


def _days(
    given: Sequence[object], query: Mapping[str, str], today: date, odd: Mask
) -> NDArray[np.datetime64]:
    """Return the day of each deal, and mark those whose day is odd, or said twice."""
    days = np.full(len(given), today, dtype="datetime64[D]")
    asked = query.get("as_of")
    if asked is not None:
        try:
            days[:] = np.datetime64(written_day(asked))
        except ValueError:
            odd[:] = True
            return days
    if given.count(None) == len(given):
        return days
    for row, value in enumerate(given):
        if value is None:
            continue
        try:
            days[row] = np.datetime64(written_day(value))
        except ValueError:
            odd[row] = True
        odd[row] |= asked is not None
    return days


def _pairs(value: object) -> int:
    """Return the keys of all objects in a value."""
    if isinstance(value, dict):
        return len(value) + sum(map(_pairs, value.values()))
    return sum(map(_pairs, value)) if isinstance(value, list) else 0


def _has_long_number(value: object) -> bool:
    """Return whether some number may have been a whole one of more than 64 bits."""
    if isinstance(value, dict):
        return any(map(_has_long_number, value.values()))
    if isinstance(value, list):
        return any(map(_has_long_number, value))
    return isinstance(value, float) and abs(value) >= LONG_NUMBER
