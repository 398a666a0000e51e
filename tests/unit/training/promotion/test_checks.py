"""Each check turns at its limit, and each failure gives its own verdict."""

import numpy as np
import pytest
from scipy.special import expit, logit

from reports.promotion import Check, CheckCode, HoldoutSummary, Rule, Verdict
from training.promotion.checks import (
    Money,
    auc,
    checks_of,
    evidence_checks,
    figures_of,
    provisional_checks,
)
from training.promotion.contender import JudgedRows
from training.promotion.verdict import BY_CHECK, meanwhile, verdict_of

RANDOM = np.random.default_rng(0)
N = 1_500
LOG_ODDS = RANDOM.normal(-0.4, 1.2, N)
WON = (RANDOM.random(N) < expit(LOG_ODDS)).astype(float)
TRUTH = expit(LOG_ODDS)
VAGUE = expit(-0.4 + 0.4 * (LOG_ODDS + 0.4) + RANDOM.normal(0, 0.7, N))


def judged(challenger, champion=None):
    return JudgedRows(
        rows=np.arange(N),
        won=WON,
        groups=np.arange(N),
        base=np.full(N, WON.mean()),
        challenger=challenger,
        champion=champion,
    )


def verdict(challenger, champion=None, rule=Rule.FIRST, attempts=1, money=None, **more):
    rows = judged(challenger, champion)
    figures = figures_of(rows, seed=0, money=money)
    return verdict_of(checks_of(rows, figures, rule, attempts=attempts, **more))


def test_the_truth_is_promoted_under_every_rule():
    assert verdict(TRUTH) is Verdict.PROMOTED
    assert verdict(TRUTH, rule=Rule.RULES) is Verdict.PROMOTED
    assert verdict(TRUTH, VAGUE, Rule.CHANGE) is Verdict.PROMOTED
    assert verdict(TRUTH, VAGUE, Rule.REFRESH) is Verdict.PROMOTED


def test_each_way_of_being_bad_has_its_verdict():
    assert verdict(np.full(N, WON.mean())) is Verdict.NOT_BETTER_THAN_BASE_RATE
    assert verdict(TRUTH, TRUTH, Rule.CHANGE) is Verdict.NOT_BETTER_THAN_CHAMPION
    assert verdict(VAGUE, TRUTH, Rule.REFRESH) is Verdict.WORSE_THAN_CHAMPION
    assert verdict(VAGUE, TRUTH, Rule.CHANGE) is Verdict.NOT_BETTER_THAN_CHAMPION
    assert verdict(expit(2.2 * LOG_ODDS)) is Verdict.NOT_CALIBRATED
    assert verdict(expit(LOG_ODDS + 0.6)) is Verdict.NOT_CALIBRATED
    known = np.where(WON == 1, 0.95, 0.05)
    assert verdict(known) is Verdict.SUSPECT_LEAK


def test_who_answers_for_a_suspicion_is_let_through_by_that_check_alone():
    spread = np.clip(RANDOM.normal(0.0, 0.2, N), -0.5, 0.5)
    known = expit(np.where(WON == 1, 3.0, -3.0) + spread)
    wrong = np.arange(N) % 20 == 0
    nearly = np.where(wrong, 1 - known, known)
    assert verdict(nearly) is Verdict.SUSPECT_LEAK
    assert verdict(nearly, acknowledged=True) is Verdict.PROMOTED


def test_a_small_gain_needs_fewer_attempts():
    slightly = expit(logit(VAGUE) + 0.1 * (LOG_ODDS - logit(VAGUE)))
    figures = figures_of(judged(slightly, VAGUE), seed=0)
    assert figures.difference is not None
    shares = {
        attempts: next(
            check
            for check in checks_of(
                judged(slightly, VAGUE), figures, Rule.CHANGE, attempts=attempts
            )
            if check.code is CheckCode.BETTER_THAN_CHAMPION
        )
        for attempts in (1, 10_000)
    }
    assert shares[1].limit == 0.95
    assert shares[10_000].limit == pytest.approx(1 - 5e-6)
    assert shares[1].figure == shares[10_000].figure


def test_money_lost_beyond_its_error_keeps_the_champion():
    brought = RANDOM.normal(100, 10, N)
    less = Money(challenger=brought - 5, champion=brought)
    assert verdict(TRUTH, VAGUE, Rule.CHANGE, money=less) is Verdict.LESS_VALUE
    same = Money(challenger=brought, champion=brought)
    assert verdict(TRUTH, VAGUE, Rule.CHANGE, money=same) is Verdict.PROMOTED


@pytest.mark.parametrize(("n", "fewest", "fresh"), [(99, 40, None), (100, 24, 30), (100, 25, 24)])
def test_too_few_deals_are_insufficient_evidence(n, fewest, fresh):
    summary = HoldoutSummary(
        kind="time", deals=n, won=fewest, groups=n, n_splits=1, since=None, until=None,
        fingerprint="f",
    )  # fmt: skip
    assert verdict_of(list(evidence_checks(summary, fewest, fresh))) is (
        Verdict.INSUFFICIENT_EVIDENCE
    )
    enough = summary.model_copy(update={"deals": 100})
    assert verdict_of(list(evidence_checks(enough, 25, 25))) is Verdict.PROMOTED


def sits(challenger, fewest=10, **more):
    rows = judged(challenger)
    few = evidence_checks(
        HoldoutSummary(kind="time", deals=40, won=fewest, groups=40, n_splits=1, since=None,
                       until=None, fingerprint="f"), fewest, None,
    )  # fmt: skip
    return meanwhile([*few, *provisional_checks(rows, figures_of(rows, seed=0), fewest, **more)])


def test_a_free_seat_is_taken_unless_something_speaks_against_it():
    base = np.full(N, WON.mean())
    assert sits(TRUTH) is Verdict.PROVISIONAL
    assert sits(base) is Verdict.PROVISIONAL  # nothing is proven, and nothing has to be
    assert sits(expit(-LOG_ODDS)) is Verdict.NOT_BETTER_THAN_BASE_RATE
    known = np.where(WON == 1, 0.95, 0.05)
    assert sits(known) is Verdict.PROVISIONAL  # among few deals an AUC of 1 is chance
    assert sits(known, 25) is Verdict.SUSPECT_LEAK
    assert sits(known, 25, acknowledged=True) is Verdict.PROVISIONAL


def test_every_check_has_a_verdict_and_the_first_failure_decides():
    assert set(BY_CHECK) == set(CheckCode)
    failed = [Check(code=code, figure=0, limit=1, ok=False) for code in reversed(CheckCode)]
    assert verdict_of(failed) is Verdict.INSUFFICIENT_EVIDENCE
    assert list(BY_CHECK) == list(CheckCode)


def test_auc_counts_ties_half_and_one_outcome_ranks_nothing():
    assert auc(np.array([0.5, 0.5, 0.5]), np.array([1.0, 0.0, 0.0])) == 0.5
    assert auc(np.array([0.1, 0.9]), np.array([1.0, 1.0])) == 0.5
    assert auc(np.array([0.1, 0.9, 0.5]), np.array([1.0, 0.0, 1.0])) == 0.0
