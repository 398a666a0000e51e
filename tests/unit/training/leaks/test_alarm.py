"""The alarm as a whole: what it merges, how it ranks, who is excused."""

import numpy as np
import pandas as pd
import pytest

from features.texts import LANGUAGES, Text
from reports.findings import LeakKind, Severity
from tests.unit.training.leaks.conftest import N_OPEN
from training.leaks import LabelledDeals, ListedLeak, find_leaks, unexcused


@pytest.fixture
def findings(label, won, rng):
    n = len(won) + N_OPEN
    copied = np.r_[np.where(won == 1, "yes", "no"), np.repeat("no", N_OPEN)]
    late = np.where(np.arange(n) < len(won), rng.integers(0, 5, n), np.nan)
    half = pd.Series("x", range(n)).where((np.arange(n) < len(won)) | (rng.random(n) < 0.5))
    columns = {"honest": rng.random(n), "half": half, "late": late, "copied": copied}
    return find_leaks(label(columns))


def test_each_column_is_judged_once_the_surest_first(findings):
    assert [(one.column, one.kind, one.severity) for one in findings] == [
        ("copied", LeakKind.HIDDEN_TARGET, Severity.CERTAIN),
        ("late", LeakKind.FILLED_AT_CLOSING, Severity.CERTAIN),
        ("half", LeakKind.FILLED_AT_CLOSING, Severity.SUSPECT),
    ]
    copied = findings[0]
    assert len(copied.clues) > 1
    assert copied.evidence == copied.clues[0].evidence
    assert all(clue.column == "copied" for clue in copied.clues)


def test_evidence_has_numbers_and_both_languages(findings):
    for finding in findings:
        for clue in finding.clues:
            assert clue.numbers
            assert all(any(c.isdigit() for c in clue.evidence.in_(one)) for one in LANGUAGES)
        assert finding.remedy.en != finding.remedy.fr


def test_only_a_reason_excuses(findings):
    def names(**excused):
        return [one.column for one in unexcused(findings, excused)]

    assert names() == ["copied", "late"]
    assert names(late="agreed on the first day") == ["copied"]
    assert names(late="  ", half="why not") == ["copied", "late"]


def test_what_one_would_have_to_compute_stops_nobody(findings):
    derived = findings[0].model_copy(update={"made_of": ("a", "b")})
    assert unexcused([derived], {}) == ()


def test_what_the_preset_knows_is_listed_even_without_deals():
    reason = Text(en="Set by the stage", fr="Fixée par l'étape")
    deals = LabelledDeals(
        frame=pd.DataFrame({"Probability": [10.0], "n": [1.0]}),
        outcome=np.array(["won"], dtype=object),
    )
    (found,) = find_leaks(deals, {"Probability": ListedLeak(Severity.CERTAIN, reason)})
    assert (found.kind, found.evidence, found.severity) == ("listed", reason, Severity.CERTAIN)


def test_few_deals_and_none_at_all_say_nothing(rng):
    for n in (0, 12):
        words = np.array((["won"] * 6 + ["lost"] * 6)[:n], dtype=object)
        frame = pd.DataFrame({"copy": words == "won", "empty": [np.nan] * n})
        assert find_leaks(LabelledDeals(frame=frame, outcome=words)) == ()
