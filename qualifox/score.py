"""``qualifox score``: a file of deals, each with its recommendation."""

import json as json_text
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualifox.judges import chosen_qualifier
from qualifox.options import (
    AsOfOption,
    DealsOption,
    JsonOption,
    LanguageOption,
    ModelOption,
    QueryOption,
    SheetOption,
    chosen_day,
    chosen_language,
)
from qualifox.terminal import say

if TYPE_CHECKING:
    from features.table import DealTable
    from features.texts import Language
    from models.economics import Vector
    from models.evidence import Band
    from models.qualifier import Qualifier
    from models.verdicts import Verdicts

A_BATCH = 1_000


def score(
    *,
    deals: DealsOption,
    model: ModelOption = None,
    policy: Annotated[
        Path | None, typer.Option(help="Score under this policy alone, without a model.")
    ] = None,
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Recommend what to do with each deal of a file, as CSV; with --json, the whole answers."""
    from training.intake import read_deals

    day, tongue = chosen_day(as_of), chosen_language(language)
    qualifier = chosen_qualifier(model, policy)
    on_file = read_deals(
        deals, qualifier.policy, as_of=day, needs_outcome=False, query=query, sheet=sheet
    )
    if on_file.missing:
        say(f"not in the file, so unknown: {', '.join(on_file.missing)}")
    if json:
        _print_answers(qualifier, on_file.table, tongue)
        return
    verdicts = qualifier.judge(on_file.table)
    say(_evidence(qualifier, tongue))
    _print_csv(qualifier, on_file.table, verdicts)
    met_first = sorted({(found.field, found.value) for found in verdicts.unseen})
    for field, value in met_first:
        say(f"unseen: no closed deal has {field} '{value}'; scored like the rare ones")


def _evidence(qualifier: "Qualifier", language: "Language") -> str:
    """Return what the answers rest on, in a sentence."""
    from reports.evidence_words import evidence_in_words

    model = qualifier.estimating
    counts = None if model is None else (model.provenance.n_won, model.provenance.n_lost)
    return evidence_in_words(counts, language)


def _print_answers(qualifier: "Qualifier", table: "DealTable", language: "Language") -> None:
    """Print one answer a line, in batches, so that a large file needs little memory."""
    from reports.answer import answer

    for start in range(0, len(table), A_BATCH):
        rows = range(start, min(start + A_BATCH, len(table)))
        for decision in qualifier.decide([table.deal(row) for row in rows]):
            line = answer(decision, qualifier.policy, language)
            sys.stdout.write(json_text.dumps(line, ensure_ascii=False) + "\n")


def _probabilities(qualifier: "Qualifier", verdicts: "Verdicts") -> dict[str, object]:
    """Return the probabilities with what they rest on: one never stands alone."""
    model, p_win = qualifier.estimating, verdicts.p_win
    bands: list[Band | None] = []
    if model is not None and p_win is not None:
        bands = model.bands(p_win)
    bands = bands or [None] * len(verdicts.recommendations)
    return {
        "p_win": p_win,
        "p_lost": verdicts.p_lost,
        "p_no_decision": verdicts.p_no_decision,
        "evidence_level": verdicts.level,
        "comparable_low": [band.interval[0] if band else None for band in bands],
        "comparable_high": [band.interval[1] if band else None for band in bands],
        "comparable_deals": [band.deals if band else 0 for band in bands],
    }


def _money(verdicts: "Verdicts") -> dict[str, object]:
    """Return what the deals are worth, between bounds; nothing where no value is counted."""
    value = verdicts.value
    bounds = (None, None) if value is None else (_finite(value.lowest), _finite(value.highest))
    return {
        "expected_value": None if value is None else value.expected,
        "value_at_least": bounds[0],
        "value_at_most": bounds[1],
        "remaining_hours": None if value is None else value.hours,
    }


def _finite(bound: "Vector") -> "Vector":
    """Return bounds, blank where there is no end."""
    import numpy as np

    return np.where(np.isfinite(bound), bound, np.nan)


def _print_csv(qualifier: "Qualifier", table: "DealTable", verdicts: "Verdicts") -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {
            "deal": [ident or str(row) for row, ident in enumerate(table.ids, start=1)],
            "recommendation": [str(name) for name in verdicts.worked],
            "explored": verdicts.selection.explored,
            "propensity": verdicts.selection.propensity,
            **_probabilities(qualifier, verdicts),
            "points": verdicts.points.earned,
            "points_at_least": verdicts.points.lowest,
            "points_at_most": verdicts.points.highest,
            **_money(verdicts),
        }
    )
    frame.to_csv(sys.stdout, index=False)
