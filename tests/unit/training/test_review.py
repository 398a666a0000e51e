"""The review finds what matters, and does not find what does not."""

from datetime import date

import numpy as np
import pytest

from training.closed_deals import closed_deals
from training.evaluation.judge import judge_splits
from training.evaluation.splits import split_deals
from training.evaluation.summary import summarise
from training.fit import fit_model
from training.intake import read_deals
from training.review import review_policy, win_rate


@pytest.fixture(scope="module")
def rows():
    """Deals in which a small amount wins, the source matters, and urgency does not."""
    random = np.random.default_rng(0)
    lines = []
    for i in range(400):
        amount, source = random.uniform(0, 100), random.choice(["Web", "Fair"])
        log_odds = 1.5 * (amount < 50) - 0.75 + 1.5 * (source == "Fair") - 0.75
        won = "Won" if random.random() < 1 / (1 + np.exp(-log_odds)) else "Lost"
        urgent = random.choice(["yes", "no", "?"])
        lines.append(f"{i},{won},,,,{amount:.3f},{urgent},Private,{source},\n")
    return "".join(lines)


@pytest.fixture
def review(shop, write, header, rows):
    file = write(header + rows)
    on_file = read_deals(file, shop, as_of=date(2026, 1, 5), needs_outcome=True)
    deals = closed_deals(on_file, shop)
    kind, splits = split_deals(deals, seed=0, n_splits=4)
    judged = judge_splits(deals, shop, splits, seed=0)
    summary = summarise(deals, judged, kind, seed=0)
    return review_policy(deals, shop, fit_model(deals, shop, seed=0), judged, summary, seed=0)


def test_a_criterion_that_matters_has_its_rates_apart_and_its_importance_above_zero(review):
    small = review.rules[0]
    assert small.met.low > small.not_met.high
    assert small.contribution > 0
    assert small.importance.low > 0
    assert small.answered == 1.0


def test_a_knockout_that_never_fires_has_no_rate_and_counts_its_unknowns(review):
    knockout = review.rules[1]
    assert (knockout.met.deals, knockout.met.rate) == (0, None)
    assert knockout.contribution is None
    assert knockout.answered == 1.0  # the sector alone settles it


def test_what_the_policy_does_not_mention_is_listed_by_importance(review):
    assert [field.name for field in review.unmentioned] == ["source"]
    assert review.unmentioned[0].importance.mean > 0.02
    assert review.left_out == ("Notes",)


def test_it_reads_back_from_its_json(review):
    assert type(review).model_validate_json(review.model_dump_json()) == review
    assert win_rate(np.array([])).rate is None
