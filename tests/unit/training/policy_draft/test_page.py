import numpy as np
import pytest

from features.columns import NumericColumn
from features.policy import parse_policy
from features.table import DealTable
from features.texts import Text
from training.policy_draft.criteria import Candidate
from training.policy_draft.deals_block import DealsBlock
from training.policy_draft.page import Draft, draft_text


@pytest.fixture
def draft():
    block = DealsBlock(data={"outcome": {"column": "S", "won": ["W"], "lost": ["L"]}}, remarks={})
    return Draft(name="d", title=Text(en="D", fr="D"), where="deals.csv", deals=block, fields={},
                 kept_out=(), closed_deals=200, won=0)  # fmt: skip


def with_field(text):
    return text.replace("fields:", "fields:\n  a: {type: boolean}\n  b: {type: boolean}", 1)


def table_of(a, b):
    columns = {"a": NumericColumn(np.array(a, float), "boolean"),
               "b": NumericColumn(np.array(b, float), "boolean")}  # fmt: skip
    days = np.full(len(a), np.datetime64("2026-01-05"))
    return DealTable(ids=(None,) * len(a), as_of=days, columns=columns)


def criterion(name, points):
    data = {"id": name, "when": {name: True}, "points": points, "label": {"en": name, "fr": name}}
    return Candidate(field=name, data=data, evidence=())


def test_a_base_rate_of_nothing_is_still_a_threshold(draft):
    assert draft.p_win == 0.01


def test_one_criterion_alone_does_not_reach_the_points(draft):
    draft = draft.with_candidates([criterion("a", 10), criterion("b", 15)], [], [])
    policy = parse_policy(with_field(draft_text(draft, "en")).encode())
    found = draft.with_threshold(policy, table_of([1, 1, 0, 1], [1, 0, 1, 0]))
    assert (found.points, found.reached) == (20, 0.25)
    assert "25% of the deals of the file reach them" in draft_text(found, "en")


def test_points_that_tell_no_deals_apart_are_no_threshold(draft):
    draft = draft.with_candidates([criterion("a", 10)], [], [])
    policy = parse_policy(with_field(draft_text(draft, "en")).encode())
    assert draft.with_threshold(policy, table_of([1, 1], [0, 0])).points is None


def test_both_languages_unless_one_is_asked_for(draft):
    assert "A draft" in draft_text(draft, None)
    assert "Un brouillon" in draft_text(draft, None)
    assert "A draft" not in draft_text(draft, "fr")
