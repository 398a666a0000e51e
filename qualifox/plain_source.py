"""A plain reading of a file for the data report; stands in until presets recognise the columns."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.errors import DealsError, Problem, did_you_mean
from features.policy import Policy
from training.csv_source import read_csv
from training.data_report import Source
from training.leaks import LabelledDeals
from training.leaks.labelled_deals import Days
from training.leaks.names import normalised
from training.outcomes import Outcome, outcome_problems, outcome_words

OBVIOUS: Mapping[str, Outcome] = {
    **dict.fromkeys(("won", "closed won", "win", "1", "true", "yes", "gagne", "gagnee",
                     "fermee gagnee"), Outcome.WON),
    **dict.fromkeys(("lost", "loss", "closed lost", "0", "false", "no", "perdu", "perdue",
                     "fermee perdue"), Outcome.LOST),
    **dict.fromkeys(("no decision", "no_decision", "sans decision"), Outcome.NO_DECISION),
    **dict.fromkeys(("declined", "declined by us", "no bid", "declinee"), Outcome.DECLINED_BY_US),
}  # fmt: skip
_OPENING = re.compile(r"\b(created?|creation|open(ed)?|engage|qualified|add time|ouvert\w*)\b")
_CLOSING = re.compile(r"\b(clos\w+|clotur\w+|fermeture)\b")
_DAY = r"\d{4}-\d{2}-\d{2}"


def read_for_report(
    path: Path, policy: Policy | None, outcome_column: str | None
) -> tuple[LabelledDeals, Source]:
    """Return the deals of a file and what is known of it.

    Raises
    ------
    DealsError
        When the file cannot be read, or the outcome not be found in it.
    """
    raw = read_csv(path)
    spec = None if policy is None else policy.deals
    column = outcome_column or (spec.outcome.column if spec else _outcome_column(raw, path))
    if column not in raw.columns:
        hint = did_you_mean(column, map(str, raw.columns))
        what = f"there is no column '{column}', which would say how the deals ended"
        raise DealsError([Problem(where=f"{path}:1", what=what, hint=hint)])
    outcome = _outcomes(raw[column].str.strip(), policy, path)
    frame = typed_frame(raw.drop(columns=column))
    opening = (spec.as_of if spec else None) or _date_named(frame, _OPENING)
    closing = (spec.closed_on if spec else None) or _date_named(frame, _CLOSING)
    deals = LabelledDeals(
        frame=frame,
        outcome=outcome,
        created_on=_days(frame, opening),
        closed_on=_days(frame, closing),
    )
    return deals, Source(
        where=str(path),
        outcome_column=column,
        opening_column=opening,
        closing_column=closing,
        ids=(spec.id,) if spec and spec.id else (),
        declared=_declared(policy),
    )


def typed_frame(raw: pd.DataFrame) -> pd.DataFrame:
    """Return columns of numbers, ISO days and categories; NaN where empty.

    >>> typed_frame(pd.DataFrame({"a": ["1", ""], "b": ["x", "y"]})).dtypes.astype(str).tolist()
    ['float64', 'category']
    """
    return pd.DataFrame({str(name): _typed(raw[name].str.strip()) for name in raw.columns})


def _typed(texts: "pd.Series[str]") -> "pd.Series[Any]":
    codes, distinct = pd.factorize(texts.where(texts != ""))
    found = pd.Series(distinct, dtype="object")
    numbers = pd.to_numeric(found, errors="coerce").astype("float64")
    if len(found) and numbers.notna().all():
        return pd.Series(np.r_[numbers, np.nan][codes], index=texts.index)
    if len(found) and found.str.fullmatch(_DAY).all():
        days = pd.to_datetime(found, errors="coerce").to_numpy()
        if not np.isnat(days).any():
            spread = np.r_[days, np.datetime64("NaT", "s")][codes]
            return pd.Series(spread, index=texts.index)
    return texts.where(texts != "").astype("category")


def _outcome_column(raw: pd.DataFrame, path: Path) -> str:
    """Return the one column whose values are obvious endings, won and lost among them."""
    found = [str(name) for name in raw.columns if _ends(raw[name].unique())]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} columns may say how the deals ended: {', '.join(found[:5])}"
    if not found:
        what = "no column says how the deals ended, in words such as Won and Lost"
    raise DealsError([Problem(where=str(path), what=what, hint="choose it: --outcome COLUMN")])


def _ends(values: Iterable[str]) -> bool:
    words = {normalised(value) for value in list(values)[:50]} - {"", "1", "0", "yes", "no"}
    words -= {"true", "false"}
    return {OBVIOUS.get(one) for one in words} >= {Outcome.WON, Outcome.LOST}


def _outcomes(texts: "pd.Series[str]", policy: Policy | None, path: Path) -> NDArray[np.object_]:
    if policy is None:
        meanings = {text: OBVIOUS.get(normalised(text), Outcome.OPEN) for text in texts.unique()}
    else:
        spec, counts = policy.deals.outcome, texts.value_counts()
        problems = outcome_problems(
            {str(text): int(n) for text, n in counts.items()}, spec, str(path)
        )
        if problems:
            raise DealsError(problems)
        meanings = outcome_words(spec)
    return np.array([meanings[text].value for text in texts], dtype=object)


def _date_named(frame: pd.DataFrame, words: re.Pattern[str]) -> str | None:
    dates = [str(name) for name in frame.select_dtypes("datetime").columns]
    return next((name for name in dates if words.search(normalised(name))), None)


def _days(frame: pd.DataFrame, column: str | None) -> Days | None:
    if column is None or column not in frame.columns:
        return None
    return frame[column].to_numpy().astype("datetime64[D]")


def _declared(policy: Policy | None) -> frozenset[str] | None:
    if policy is None:
        return None
    return frozenset(field.column or name for name, field in policy.fields.items())
