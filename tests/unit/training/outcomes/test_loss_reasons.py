"""The reason of a loss says which lost deals were none; nothing else changes."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from training.outcomes.loss_reasons import ReasonRule
from training.outcomes.outcome import Outcome
from training.outcomes.reading import read_outcomes
from training.outcomes.rule import FlagRule
from training.sources.raw_table import RawTable

FLAGS = FlagRule(won="Won", closed="Closed")
RULE = ReasonRule(
    flags=FLAGS,
    reason="Why",
    meanings={"Sans suite": Outcome.NO_DECISION, "Not our market": Outcome.DECLINED_BY_US},
)
ENDS = st.sampled_from([("1", "1"), ("0", "1"), ("0", "0"), (None, None)])
REASONS = st.sampled_from(["Price", "SANS SUITE", " not  our market", "Sans suite", None, ""])
DEALS = st.lists(st.tuples(ENDS, REASONS), min_size=1, max_size=20)


def raw_of(deals):
    won, closed = ([end[place] for end, _ in deals] for place in (0, 1))
    columns = {"Won": won, "Closed": closed, "Why": [reason for _, reason in deals]}
    table = pa.table({name: pa.array(texts, pa.string()) for name, texts in columns.items()})
    return RawTable(table=table, where="a.csv")


def outcomes(deals, rule=RULE):
    return list(read_outcomes(raw_of(deals), rule=rule).outcomes)


def test_a_reason_makes_of_a_lost_deal_what_it_means_however_it_is_written():
    lost = ("0", "1")
    deals = [(lost, "Price"), (lost, "sans-suite"), (lost, "Not our  Market"), (lost, None)]
    assert outcomes(deals) == [
        Outcome.LOST, Outcome.NO_DECISION, Outcome.DECLINED_BY_US, Outcome.LOST,
    ]  # fmt: skip


@given(DEALS)
def test_only_lost_deals_are_touched_and_none_of_them_becomes_won_or_open(deals):
    before, after = outcomes(deals, FLAGS), outcomes(deals)
    for was, became in zip(before, after, strict=True):
        assert was is became or (
            was is Outcome.LOST and became in {Outcome.NO_DECISION, Outcome.DECLINED_BY_US}
        )


def test_a_reason_of_a_won_deal_that_was_once_lost_would_be_caught_if_it_counted():
    """The broken variant: the reason alone decides."""
    deals = [(("1", "1"), "Sans suite")]
    texts = raw_of(deals).table["Why"].to_pylist()
    broken = [RULE.meanings.get(text, Outcome.LOST) for text in texts]
    assert outcomes(deals) == [Outcome.WON] != broken


def test_words_that_no_lost_deal_has_are_told():
    found = read_outcomes(raw_of([(("0", "1"), "Sans suite"), (("1", "1"), "x")]), rule=RULE)
    assert [text.en for text in found.warnings] == [
        "no lost deal has the reason Not our market: is it written as in the file?"
    ]
    assert found.columns == ("Won", "Closed", "Why")
    assert found.meanings == {"Sans suite": Outcome.NO_DECISION}


def test_rows_that_are_set_aside_do_not_count_as_met():
    raw = raw_of([(("0", "1"), "Sans suite"), (("0", "1"), "Price")])
    kept = np.array([False, True])
    assert "Sans suite" in RULE.read(raw, kept).unmet
