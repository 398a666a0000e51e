"""The deals as a CRM exports them: one row a deal, blank where nothing was written down."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.answers import Answers
from simulation.choices import Choice, Mask, Places, Vector
from simulation.outcomes import OPEN, Ended
from simulation.recording import Record
from simulation.settings import MarketSettings
from simulation.stakes import usual_hours

NO, YES = "no", "yes"
TEAMS = ("North", "South", "Export")
"""Every third seller is of one team."""


def deals_frame(
    answers: Answers, recorded: Record, ended: Ended, settings: MarketSettings
) -> pd.DataFrame:
    """Return the export: texts, whole numbers and ISO days, missing where blank."""
    day, closed = answers.day, answers.day + ended.days
    is_closed = ended.outcome.codes != OPEN
    calendar = _calendar(settings)
    columns = {
        "deal_id": _texts(deal_ids(len(day)), np.arange(len(day))),
        "account": _texts(_numbered("A", answers.account.max() + 1), answers.account),
        "seller": _texts(_numbered("S", settings.n_sellers, digits=2), answers.seller),
        "team": _texts(TEAMS, answers.seller % len(TEAMS)),
        "qualified_on": _texts(calendar, day),
        "closed_on": _texts(calendar, np.where(is_closed, closed, 0), is_closed),
        "outcome": _texts(ended.outcome.levels, ended.outcome.codes),
    }
    for name in FACTS:
        columns[name] = _column(getattr(answers, name), recorded.known.get(name))
    columns["estimated_hours"] = pd.Series(np.maximum(np.round(usual_hours(answers)), 1.0))
    columns["hours_spent"] = pd.Series(np.round(ended.hours, 1))
    return pd.DataFrame(columns)


FACTS = (
    "deliverable", "region", "relationship", "amount", "request_type", "strategic",
    "budget_confirmed", "contact_level", "need", "specified_by_us", "competitors", "incumbent",
    "days_to_deadline", "financial_health", "insolvency_proceeding", "exposure", "credit_limit",
    "delivery_load_percent",
)  # fmt: skip
"""The answers of the export, in the order of its columns."""


def deal_ids(n: int) -> list[str]:
    """Return the ids of ``n`` deals, in their order.

    >>> deal_ids(2)
    ['D0000001', 'D0000002']
    """
    return [f"D{number:07}" for number in range(1, n + 1)]


def write_csv(deals: pd.DataFrame, path: Path, *, delimiter: str = ",") -> None:
    """Write an export as CSV: UTF-8, line feeds, blank where unknown."""
    deals.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", sep=delimiter)


def _column(answer: Choice | Mask | Vector, known: Mask | None) -> pd.Series:
    if isinstance(answer, Choice):
        return _texts(answer.levels, answer.codes, known)
    if answer.dtype == np.bool_:
        return _texts((NO, YES), answer.astype(np.intp), known)
    blank = np.zeros(len(answer), dtype=bool) if known is None else ~known
    return pd.Series(pd.arrays.IntegerArray(answer.astype(np.int64), blank))


def _texts(levels: Sequence[str], codes: Places, known: Mask | None = None) -> pd.Series:
    words: NDArray[np.object_] = np.array([*levels, None], dtype=object)
    return pd.Series(words[codes if known is None else np.where(known, codes, -1)], dtype="str")


def _numbered(letter: str, n: int, digits: int = 6) -> list[str]:
    return [f"{letter}{number:0{digits}}" for number in range(1, n + 1)]


def _calendar(settings: MarketSettings) -> list[str]:
    first = np.datetime64(settings.start, "D")
    return [str(day) for day in first + np.arange(settings.n_days)]
