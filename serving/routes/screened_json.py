"""The items of a screening as JSON, a column at a time: ten thousand objects need not be made.

A column is written in one call and cut at its commas; the bytes are those that the objects would
give.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from features.policy import Policy
from features.table import DealTable
from models.screened import Screened
from models.strongest import Strongest
from models.verdicts import Verdicts

UNIT = "percentage_points"
_SHORT = b'{"row":%b,"answer":{"deal":%b,"recommendation":"%b","p_win":%b,"value":%b,"points":%b}}'
_TOP = _SHORT.removesuffix(b"}}") + b',"knockouts":[%b],"reasons":[%b]}}'


def short_items(rows: NDArray[np.intp], table: DealTable, screened: Screened) -> list[bytes]:
    """Return the short form of answers: what is recommended, and the figures behind it."""
    figures = _figures(rows, table, screened.verdicts)
    return [_SHORT % item for item in zip(*figures, strict=True)]


def top_items(
    rows: NDArray[np.intp], table: DealTable, screened: Screened, policy: Policy
) -> list[bytes]:
    """Return short answers with the knockouts that fire, and the strongest reasons."""
    why = _fired(screened, policy, len(rows)), _reasons(screened.strongest, len(rows))
    figures = _figures(rows, table, screened.verdicts)
    return [_TOP % item for item in zip(*figures, *why, strict=True)]


def _figures(
    rows: NDArray[np.intp], table: DealTable, verdicts: Verdicts
) -> tuple[Iterable[bytes], ...]:
    p_win, value = verdicts.p_win, verdicts.value
    nothing = [b"null"] * len(table)
    return (
        _cut(rows),
        _ids(table.ids),
        map(str.encode, verdicts.worked.tolist()),
        nothing if p_win is None else _cut(p_win),
        nothing if value is None else _cut(value.expected),
        _cut(verdicts.points.earned),
    )


def _cut(numbers: NDArray[Any]) -> list[bytes]:
    """Return each number as JSON; null where one is unknown or has no end."""
    told = orjson.dumps(np.ascontiguousarray(numbers), option=orjson.OPT_SERIALIZE_NUMPY)
    return told[1:-1].split(b",")


def _ids(ids: tuple[str | None, ...]) -> list[bytes]:
    told = orjson.dumps(ids)[1:-1].split(b",")
    return told if len(told) == len(ids) else [*map(orjson.dumps, ids)]  # one has a comma


def _fired(screened: Screened, policy: Policy, n_deals: int) -> list[bytes]:
    """Return the ids of the knockouts that fire, deal by deal, in the policy's order."""
    found = [b""] * n_deals
    if screened.fired is not None:
        for knockout, fires in zip(policy.knockouts, screened.fired, strict=True):
            name = orjson.dumps(knockout.id)
            for row in np.flatnonzero(fires).tolist():
                found[row] = found[row] + b"," + name if found[row] else name
    return found


def _reasons(strongest: Strongest | None, n_deals: int) -> Sequence[bytes]:
    """Return the strongest reasons of each deal, with commas between them."""
    if strongest is None or not strongest.places.size:
        return [b""] * n_deals
    before = [
        b'{"code":%b,"about":%b,"contribution":' % (orjson.dumps(str(code)), orjson.dumps(name))
        for code, name in strongest.about
    ]
    after = b',"unit":%b}' % orjson.dumps(UNIT)
    shares, most = _cut(strongest.shares.ravel()), strongest.places.shape[1]
    each = [
        before[place] + share + after
        for place, share in zip(strongest.places.ravel().tolist(), shares, strict=True)
    ]
    counts = enumerate(strongest.counts.tolist())
    return [b",".join(each[row * most : row * most + count]) for row, count in counts]
