"""The exploration benchmark: what it measures is what it says, and controls go the other way."""

import numpy as np

from benchmarks.decision.exploration import Market, looks, measure, past_of, quarter_end


def test_its_bars_are_reached_by_few_companies_too():
    bars = {bar.name: bar for bar in measure(small=True)}
    assert len(bars) == 6
    assert all(bar.ok for name, bar in bars.items() if "bias" not in name)


def test_the_kind_is_refused_and_drawn_only_after_it_had_been_worked():
    past = past_of(Market(share=0.15, rate=0.45), seed=1)
    drawn = past.propensity < 1
    assert set(past.quarter[drawn]) == set(range(8, 16))
    assert past.abroad[drawn].all()
    assert past.worked[past.quarter < 8].all()
    share = (past.worked & drawn).sum() / drawn.sum()
    assert 0.08 < share < 0.22


def test_nothing_that_closes_later_is_seen():
    past = past_of(Market(share=0.15, rate=0.45, days_to_close=45), seed=2)
    day = quarter_end(12)
    seen = past.seen_on(day)
    late = past.closed_on[: len(seen)] > np.datetime64(day)
    assert late.any()
    assert not (seen.ended & late).any()


def test_without_exploration_every_look_says_no_evidence():
    assert {one.verdict for one in looks(Market(share=0.0, rate=0.9), 3)} == {"no_evidence"}
