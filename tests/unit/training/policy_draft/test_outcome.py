import pyarrow as pa
import pytest

from features.errors import DealsError
from training.outcomes.outcome import Outcome
from training.policy_draft.outcome import read_draft_outcomes
from training.sources.raw_table import RawTable


def raw_of(words, header="Status"):
    return RawTable(table=pa.table({header: words}), where="deals.csv", first_line=2)


def test_words_that_are_not_sure_are_open_and_told():
    raw = raw_of(["Won", "Lost", "déclinée", "Lost", None])
    reading, unsure = read_draft_outcomes(raw, preset=None, column=None)
    assert unsure == ("déclinée",)
    assert reading.counts[Outcome.OPEN] == 2
    assert (reading.counts[Outcome.WON], reading.counts[Outcome.LOST]) == (1, 2)


def test_words_that_are_sure_are_read_as_ever():
    assert read_draft_outcomes(raw_of(["Won", "Lost"]), preset=None, column=None)[1] == ()


@pytest.mark.parametrize("words", [["1", "0"], ["1.0", "0.0"], ["Oui", "Non"]])
def test_a_named_column_may_answer_yes_or_no(words):
    reading, _ = read_draft_outcomes(raw_of(words, "Any"), preset=None, column="Any")
    assert [one.value for one in reading.outcomes] == ["won", "lost"]


def test_a_named_column_without_a_won_deal_is_refused():
    with pytest.raises(DealsError, match="says no outcome"):
        read_draft_outcomes(raw_of(["red", "Lost"], "Any"), preset=None, column="Any")
