"""A model is fitted along the one road: its laws hold end to end, and after reload."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.special import expit

from features import Deal, DealTable
from features.matrix_column import CriterionSign
from models.artifact import load_artifact, save_artifact
from models.numbers_file import numbers_of
from models.qualifier import Qualifier
from models.questions.questions import questions_of
from tests import asked_worlds
from tests.unit.training.closed import ANSWERS, DAY, POLICY, closed_of, facts_of, policy_of
from training import fit
from training.closed_deals import ClosedDeals
from training.fit import fit_model, schema_of

TODAY = date(2026, 1, 5)


@pytest.fixture(scope="module")
def policy():
    return policy_of()


@pytest.fixture(scope="module")
def deals(policy):
    return closed_of(500, 0, policy)


@pytest.fixture(scope="module")
def model(deals, policy):
    return fit_model(deals, policy, seed=0, effort="quick", to_serve=True)


@pytest.fixture(scope="module")
def reloaded(model, policy, tmp_path_factory):
    place = tmp_path_factory.mktemp("fit") / "artifact"
    save_artifact(model, policy, place)
    return load_artifact(place).model


def table_of(facts, policy):
    return DealTable.of([Deal(as_of=TODAY, facts=one) for one in facts], policy.fields)


def falls(model, policy, name, n=60):
    """Return how far the log-odds fall at most, as one field goes from its worst to its best."""
    facts = [{**one, name: answer} for one in facts_of(n, 7) for answer in ANSWERS[name]]
    told = model.estimator.log_odds(model.matrix(table_of(facts, policy)).values)
    return float(-np.diff(told.reshape(n, -1), axis=1).min())


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_what_is_better_never_lowers_the_probability_also_after_reload(
    name, model, reloaded, policy
):
    assert falls(model, policy, name) <= 0
    assert falls(reloaded, policy, name) <= 0


def test_a_criterion_that_breaks_a_better_way_is_not_seen_and_put_back_breaks_the_law(
    model, deals, policy, monkeypatch
):
    assert "odd" not in {one.id for one in model.criteria}
    assert len(model.criteria) == len(policy.criteria) - 1
    agreeing = closed_of(500, 0, policy, wrong=False)
    won = np.where(np.nan_to_num(agreeing.table.columns["rate"].values) > 1, 0.0, agreeing.won)
    punished = replace(agreeing, won=won)  # what the odd criterion says is what happened
    assert falls(fit_model(punished, policy, seed=0, effort="quick"), policy, "rate") <= 0
    monkeypatch.setattr(fit, "modelled_criteria", lambda policy, _: policy.criteria)
    monkeypatch.setattr(fit, "sign_of", lambda *_: CriterionSign.FIRM)
    assert falls(fit_model(punished, policy, seed=0, effort="quick"), policy, "rate") > 0.1


def test_without_the_policys_ways_the_same_deals_break_the_law(deals, policy, monkeypatch):
    monkeypatch.setattr(fit, "directions_of", lambda _: {})
    monkeypatch.setattr(fit, "sign_of", lambda *_: CriterionSign.FREE)
    free = fit_model(deals, policy, seed=0, effort="quick")
    assert all(falls(free, policy, name) > 0 for name in ANSWERS)


def test_contributions_of_columns_and_fields_add_up_to_the_log_odds(model, reloaded, policy):
    table = table_of(facts_of(80, 9, unknown=0.3), policy)
    p_win, _ = model.p_win(table)
    for one in (model, reloaded):
        found = one.contributions(table)
        assert set(found.fields) == {*ANSWERS, "source"}
        total = found.terms.sum(axis=1) + found.baseline
        np.testing.assert_allclose(expit(total), p_win, atol=1e-12)
        np.testing.assert_allclose(total, np.log(p_win / (1 - p_win)), atol=1e-9)
        way = expit(total) - expit(found.baseline)
        np.testing.assert_allclose(found.shares().sum(axis=1), way, atol=1e-9)


def test_the_points_of_a_criterion_count_for_the_fields_it_looks_at_in_equal_parts(model, policy):
    owners = dict(zip(model.schema.names, model.owners(), strict=True))
    assert owners["cheap_or_known (points)"] == ("cost", "source")
    assert owners["has_budget (points)"] == ("budget",) == owners["budget"]
    table = table_of(facts_of(20, 9), policy)
    terms, _ = model.estimator.contributions(model.matrix(table).values)
    found = model.contributions(table)
    shared = {name: np.zeros(20) for name in found.fields}
    for (_, names), term in zip(owners.items(), terms.T, strict=True):
        for name in names:
            shared[name] = shared[name] + term / len(names)
    np.testing.assert_allclose(found.terms, np.column_stack(list(shared.values())), atol=1e-12)


def test_the_order_of_columns_and_of_the_policys_fields_does_not_matter(deals, policy, model):
    turned = replace(policy, fields=dict(reversed(policy.fields.items())))
    columns = dict(reversed(deals.table.columns.items()))
    other = fit_model(
        replace(deals, table=replace(deals.table, columns=columns)),
        turned, seed=0, effort="quick", to_serve=True,
    )  # fmt: skip
    table = table_of(facts_of(50, 3), policy)
    assert other.schema.fingerprint == model.schema.fingerprint
    assert (other.p_win(table)[0] == model.p_win(table)[0]).all()


def test_it_learns_how_stable_it_is_and_what_ends_undecided_only_to_be_served(
    model, reloaded, deals, policy
):
    alone = fit_model(deals, policy, seed=0, effort="quick")
    assert alone.estimator.stability_ is None is alone.no_decision
    table = table_of(facts_of(40, 4), policy)
    assert (alone.p_win(table)[0] == model.p_win(table)[0]).all()
    X = model.matrix(table).values
    for one in (model, reloaded):
        low, high = one.estimator.stability_.range_of(
            one.estimator.log_odds(X), one.estimator.logistic_.scaling.centred(X)
        )
        assert ((low < one.p_win(table)[0]) & (one.p_win(table)[0] < high)).all()
        assert one.no_decision
        p_win, share = one.p_win(table)[0], expit(one.no_decision.log_odds(X))
        p_no_decision, p_lost = (1 - p_win) * share, (1 - p_win) * (1 - share)
        np.testing.assert_allclose(p_win + p_lost + p_no_decision, 1.0, atol=1e-12)


def test_it_knows_where_it_comes_from(model, deals, policy):
    origin = model.provenance
    assert (origin.n_won, origin.n_lost) == (deals.n_won, len(deals) - deals.n_won)
    assert origin.policy_fingerprint == policy.fingerprint
    assert origin.trained_on is None
    dated = replace(deals, closed_on=np.where(np.arange(500) < 9, DAY, np.datetime64("NaT")))
    assert fit._last_day(dated) == "2026-01-05"
    assert fit._last_day(replace(deals, closed_on=np.full(500, np.datetime64("NaT")))) is None


def test_fields_that_are_kept_out_are_in_no_column_and_no_criterion(deals, policy):
    schema, criteria = schema_of(replace(deals, kept_out=("source", "rate")), policy)
    assert not {"source", "rate"} & set(schema.fields())
    assert {one.id for one in criteria} == {"has_budget", "large", "ranked"}


def test_a_field_that_only_tells_when_is_kept_out_too(policy):
    days = DAY + np.sort(np.random.default_rng(0).integers(0, 365, 300))
    facts = [{**one, "source": f"Fair {day.item().month}"}
             for one, day in zip(facts_of(300, 0, unknown=0.0), days, strict=True)]  # fmt: skip
    schema, criteria = schema_of(closed_of(300, 0, policy, facts=facts, as_of=days), policy)
    assert "source" not in schema.fields()
    assert "cheap_or_known" not in {one.id for one in criteria}
    still, _ = schema_of(closed_of(300, 0, policy, facts=facts), policy)
    assert "source" in still.fields()


def test_deals_of_little_weight_teach_little(deals, policy):
    half = np.arange(500) < 250
    turned = replace(deals, won=np.where(half, deals.won, 1 - deals.won))
    table = table_of(facts_of(60, 5), policy)

    def p_of(weights):
        model = fit_model(turned, policy, seed=0, effort="quick", weights=weights)
        return model.p_win(table)[0]

    first, second = p_of(np.where(half, 1.0, 0.01)), p_of(np.where(half, 0.01, 1.0))
    assert np.abs(first - second).mean() > 0.05


def test_a_qualifier_of_the_model_answers(model, policy):
    (decision,) = Qualifier(policy, model).decide([Deal(as_of=TODAY, facts=facts_of(1, 1)[0])])
    assert decision.estimate
    assert 0 < decision.estimate.p_win < 1


HARD_PLACES = {
    "an answer between two that are told, though it earns more than one of them": (
        "grade: {type: category, values: [low, mid, high]}",
        "field: grade, values: {low: -5, high: 5}, direction: as_points",
        lambda random: {"grade": str(random.choice(["low", "mid", "high"]))},
        lambda facts: -2.0 * (facts["grade"] == "mid"),
        ({"grade": "low"}, {"grade": "mid"}),
    ),
    "a number behind one limit": (
        "size: {type: number}",
        "when: {size: {above: 0}}, points: 5, direction: as_points",
        lambda random: {"size": float(random.normal())},
        lambda facts: -2.0 * facts["size"],
        ({"size": -0.5}, {"size": 0.5}),
    ),
    "what a ratio is made of": (
        (
            "of: {type: number, better: higher}\n  to: {type: number}\n"
            "  share: {type: ratio, of: of, to: to}"
        ),
        "when: {share: {above: 1}}, points: -5",
        lambda random: dict(
            zip(("of", "to"), np.exp(random.normal(size=2)).tolist(), strict=True)
        ),
        lambda facts: -1.5 * np.log(facts["of"] / facts["to"]),
        ({"of": 0.3, "to": 1.0}, {"of": 3.0, "to": 1.0}),
    ),
}


@pytest.mark.parametrize("where", HARD_PLACES)
def test_what_earns_more_or_is_better_never_lowers_the_probability_here_either(where):
    field, rule, draw, worth, (low, high) = HARD_PLACES[where]
    head, rest = POLICY.split("  rate: {type", 1)
    criterion = f"  - {{id: c, {rule}, label: {{en: a, fr: b}}}}"
    text = f"{head}  {field}\ncriteria:\n{criterion}\n{rest[rest.index('decision:') :]}"
    policy, random = policy_of(text), np.random.default_rng(0)
    facts = [draw(random) for _ in range(600)]
    won = (random.random(600) < expit([worth(one) for one in facts])).astype(float)
    deals = replace(closed_of(600, 0, policy, facts=facts), won=won)
    before, after = fit_model(deals, policy, seed=0).p_win(table_of([low, high], policy))[0]
    assert after >= before


def test_a_model_to_serve_keeps_deals_to_ask_by(model, deals, policy, reloaded):
    assert model.reference is not None
    assert set(model.reference.columns) == set(ANSWERS) | {"source"}
    assert len(model.reference) == len(deals)
    assert reloaded.reference.to_data() == model.reference.to_data()
    assert fit_model(deals, policy, seed=0, effort="quick").reference is None


def test_what_is_kept_out_of_the_model_is_kept_out_of_the_reference(deals, policy):
    hidden = replace(deals, kept_out=("size",))
    kept = fit_model(hidden, policy, seed=0, effort="quick", to_serve=True).reference
    assert kept is not None
    assert "size" not in kept.columns


def test_declined_deals_are_asked_by_and_teach_nothing(deals, policy, model):
    refused = [{**one, "budget": False, "source": "Refused"} for one in facts_of(500, 8)]
    beside = replace(deals, declined=table_of(refused, policy))
    other = fit_model(beside, policy, seed=0, effort="quick", to_serve=True)
    table = table_of(facts_of(60, 5), policy)
    assert (other.p_win(table)[0] == model.p_win(table)[0]).all()
    assert numbers_of(other) == numbers_of(model)
    assert (other.provenance, other.schema) == (model.provenance, model.schema)
    kept = other.reference
    assert kept is not None
    assert (len(kept), kept.n_declined) == (1_000, 500)
    assert "Refused" in {kept.columns["source"].fact(row) for row in range(1_000)}
    assert "Refused" not in {model.reference.columns["source"].fact(row) for row in range(500)}


def test_a_knockout_is_as_likely_as_among_all_that_came_in_not_as_among_those_pursued():
    """Who is broke was declined: of those pursued nobody was, and the question looks idle."""
    policy, random = asked_worlds.policy_of(), np.random.default_rng(0)
    facts = asked_worlds.facts_of(1_200, 3)
    came_in = np.array([one["broke"] for one in facts])
    everything = DealTable.of(asked_worlds.deals_of(facts), policy.fields)
    table = everything.take(np.flatnonzero(~came_in))
    n = len(table)
    closed = ClosedDeals(
        table=table, won=(random.random(n) < 0.4).astype(float),
        no_decision=np.zeros(n, dtype=bool), twins=np.arange(n), groups=np.arange(n),
        opened_on=None, closed_on=None, human_p=None, fingerprint="declined", left_out=(),
    )  # fmt: skip
    both = replace(closed, declined=everything.take(np.flatnonzero(came_in)))

    def chance(deals):
        model = fit_model(deals, policy, seed=0, effort="quick", to_serve=True)
        deal = Deal(as_of=TODAY, facts={"sector": "steel", "budget": True, "rank": "mid"})
        asked = {one.field: one for one in questions_of(Qualifier(policy, model), deal)}
        return asked["broke"].knockout_chance

    assert chance(closed) < 0.01
    assert chance(both) == pytest.approx(came_in.mean(), abs=0.05)
