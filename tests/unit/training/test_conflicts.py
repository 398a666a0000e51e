"""The three states of a direction where the past says the opposite, and what is told of each."""

from dataclasses import replace

import numpy as np
import pytest

from features import parse_policy
from models.artifact import load_artifact, save_artifact
from tests.closed_worlds import POLICY, made_up
from training.conflicts import direction_conflicts
from training.fit import fit_model

RULE = "points: 5, label"
WHEN = "when: {size: {above: 0}}"


def under(direction):
    """Return a policy whose criterion looks at two facts, so that it alone has a direction."""
    said = RULE if direction is None else f"points: 5, direction: {direction}, label"
    text = POLICY.text.replace(", better: higher", "").replace(RULE, said)
    return parse_policy(text.replace(WHEN, "when: {size: {above: 0}, urgent: true}").encode())


def fitted(policy, *, agrees=False):
    """Return a model of deals that are won less often where the criterion is met, or more."""
    deals, random = made_up(1, 800), np.random.default_rng(5)
    columns = deals.table.columns
    met = (columns["size"].values > 0) & (columns["urgent"].values == 1.0)
    chance = np.where(met == agrees, 0.75, 0.25)
    won = (random.random(len(deals)) < chance).astype(float)
    return fit_model(replace(deals, won=won), policy, seed=0, effort="quick")


@pytest.fixture(scope="module")
def states():
    return {way: fitted(under(way)) for way in (None, "as_points", "free")}


def worth(model):
    """Return the sign of what the points of the criterion are worth."""
    place = model.schema.names.index("large (points)")
    return np.sign(model.estimator.logistic_.coefficients[place])


def test_without_a_direction_the_points_are_given_up_where_the_past_contradicts_them(states):
    (conflict,) = direction_conflicts(states[None], under(None))
    assert (conflict.code, conflict.kind, conflict.id) == (
        "DIRECTION_CONFLICT", "criterion", "large",
    )  # fmt: skip
    assert conflict.given_up
    assert conflict.standard_errors > 1.64
    assert (conflict.label.en, conflict.name) == ("Large", "large")
    assert worth(states[None]) < 0


def test_as_points_keeps_them_and_says_so(states):
    (conflict,) = direction_conflicts(states["as_points"], under("as_points"))
    assert not conflict.given_up
    assert conflict.standard_errors > 1.64
    assert worth(states["as_points"]) >= 0


def test_free_has_no_direction_that_could_be_contradicted(states):
    assert direction_conflicts(states["free"], under("free")) == ()
    assert worth(states["free"]) < 0


@pytest.mark.parametrize("direction", [None, "as_points", "free"])
def test_where_the_past_agrees_nothing_is_told(direction):
    policy = under(direction)
    model = fitted(policy, agrees=True)
    assert direction_conflicts(model, policy) == ()
    assert worth(model) > 0


def test_a_fields_own_better_way_is_kept_against_the_past():
    model = fit_model(made_up(1, 600, effect=-1.0), POLICY, seed=0, effort="quick")
    conflicts = direction_conflicts(model, POLICY)
    told = {(one.kind, one.id): one for one in conflicts}
    assert not any(one.given_up for one in conflicts)
    assert told["field", "size"].label.fr == POLICY.fields["size"].label_in("size", "fr")
    errors = [one.standard_errors for one in conflicts]
    assert errors == sorted(errors, reverse=True)


def test_an_answer_is_named_with_its_field():
    rule = "criteria:\n  - {id: web, when: {source: web}, points: 9, label: {en: W, fr: W}}"
    policy = parse_policy(POLICY.text.replace("criteria:", rule).encode())
    deals = made_up(2, 600)
    column = deals.table.columns["source"]
    won = np.where(column.codes == column.levels.index("web"), 0.0, deals.won)
    model = fit_model(replace(deals, won=won), policy, seed=0, effort="quick")
    names = {one.name for one in direction_conflicts(model, policy)}
    assert {"source=web", "web"} <= names


def test_an_artifact_keeps_them(states, tmp_path):
    policy = under("as_points")
    model = states["as_points"]
    model = replace(
        model, provenance=replace(model.provenance, policy_fingerprint=policy.fingerprint)
    )
    save_artifact(model, policy, tmp_path / "artifact")
    loaded = load_artifact(tmp_path / "artifact").model
    assert loaded
    assert direction_conflicts(loaded, policy) == direction_conflicts(model, policy) != ()
