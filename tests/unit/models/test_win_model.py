"""What a trained model says of its fields: shares that add up, also where the terms cancel out."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from features import DealTable, parse_policy
from models.added import FieldContributions
from models.prior_model import prior_model
from tests.unit.models.conftest import POLICY, random_deals
from tests.unit.models.test_numbers_file import PROVENANCE


@pytest.mark.parametrize("scale", [1e-12, 1e-3, 1.0, 30.0])
def test_shares_add_up_to_the_way_from_the_baseline(scale):
    random = np.random.default_rng(0)
    found = FieldContributions(
        ("a", "b", "c"), scale * random.normal(size=(50, 3)), np.full(50, -1.0)
    )
    way = expit(-1.0 + found.terms.sum(axis=1)) - expit(-1.0)
    np.testing.assert_allclose(found.shares().sum(axis=1), way, atol=1e-12)


def test_terms_that_cancel_out_still_have_shares():
    terms = np.array([[2.0, -2.0], [2.0, -2.0 + 1e-8]])
    exactly, nearly = FieldContributions(("a", "b"), terms, np.zeros(2)).shares()
    assert exactly.sum() == 0
    np.testing.assert_allclose(exactly, [0.5, -0.5])
    np.testing.assert_allclose(nearly, exactly, atol=1e-6)


def test_what_it_was_learned_from_says_how_far_to_trust_it():
    few, plenty = (
        replace(PROVENANCE, n_won=12, n_lost=36),
        replace(PROVENANCE, n_won=300, n_lost=900),
    )
    assert (few.evidence_level, plenty.evidence_level) == ("few", "plenty")
    assert few.base_rate == plenty.base_rate == 0.25


def test_a_reader_is_told_the_deals_the_rate_and_the_level(qualifier):
    told, origin = qualifier.model.summary(), qualifier.model.provenance
    assert told["closed_deals"] == origin.n_won + origin.n_lost == 400
    assert (told["won"], told["base_rate"]) == (origin.n_won, origin.base_rate)
    assert told["evidence_level"] == origin.evidence_level


def test_one_deal_gets_the_same_contributions_as_in_a_batch(qualifier, shop_deals):
    deals, _ = shop_deals
    whole = qualifier.model.contributions(DealTable.of(deals[:40], qualifier.policy.fields))
    for row, deal in enumerate(deals[:40]):
        alone = qualifier.model.contributions(DealTable.of([deal], qualifier.policy.fields))
        assert (alone.terms[0] == whole.terms[row]).all()


def test_a_column_of_points_is_wholly_the_criterions_and_the_others_are_their_fields():
    """A policy alone sees nothing but points: no field has a column of its own."""
    both = POLICY.replace("{risk: {above: 1}}", "{risk: {above: 1}, fit: {below: 1}}")
    policy = parse_policy(both.encode())
    model = prior_model(policy)
    assert model is not None
    table = DealTable.of(random_deals(30, seed=1)[0], policy.fields)
    odds = model.odds(table)
    terms, _ = model.estimator.contributions(odds.matrix.values)
    found = model.contributions_by_owner(odds)
    columns = {one.field: place for place, one in enumerate(model.schema.columns)}
    for place, criterion in enumerate(found.criteria):
        assert (found.of_criteria[:, place] == terms[:, columns[criterion.id]]).all()
    assert found.of_criteria.any(axis=0).all()
    assert not found.of_fields.any()
    fields, points = found.shares()
    by_field = model.contributions(table)
    np.testing.assert_allclose(
        fields.sum(axis=1) + points.sum(axis=1), by_field.shares().sum(axis=1), atol=1e-12
    )
    # What each field adds by all columns, as the review tells it, is another matter.
    assert by_field.terms.any(axis=0).all()


def test_without_points_what_is_a_fields_own_is_all_of_it(qualifier, shop_deals):
    table = DealTable.of(shop_deals[0][:40], qualifier.policy.fields)
    found = qualifier.model.contributions_by_owner(qualifier.model.odds(table))
    assert (found.of_fields == qualifier.model.contributions(table).terms).all()
    assert found.of_criteria.shape == (40, 0)


def test_a_moved_model_says_of_every_deal_so_much_more_and_explains_it_alike(
    qualifier, shop_deals
):
    model = qualifier.model
    moved = model.moved(0.7, {"recalibration_shift": 0.7})
    table = DealTable.of(shop_deals[0][:60], qualifier.policy.fields)
    np.testing.assert_allclose(
        moved.odds(table).log_odds, model.odds(table).log_odds + 0.7, atol=1e-12
    )
    ours, theirs = moved.contributions(table), model.contributions(table)
    np.testing.assert_allclose(ours.terms, theirs.terms, atol=1e-12)
    np.testing.assert_allclose(ours.baseline, theirs.baseline + 0.7, atol=1e-12)
    assert moved.provenance.metrics == {"auc": 0.7, "recalibration_shift": 0.7}
    assert model.provenance.metrics == {"auc": 0.7}
    assert moved.version == "unsaved"
