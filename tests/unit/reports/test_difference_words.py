"""Every setting that a policy may give has a name in both languages."""

from typing import get_args

import pytest

from features.fields import FIELD_TYPES
from features.policy import Economics, GoAt
from features.policy.criteria import CriterionText
from features.policy.deals_file import DealsFile
from features.policy.decision import DecisionBlock
from features.policy.knockouts import KnockoutText, SegmentText
from features.policy.meanings import Meaning
from features.policy.policy import PolicyFile
from reports.difference_words import GROUPS, SECTIONS, SETTINGS, setting_name
from reports.policy_words import WORDS

MODELS = (
    *FIELD_TYPES.values(), CriterionText, KnockoutText, SegmentText, Economics, GoAt,
    DecisionBlock, DealsFile,
)  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_setting_has_a_name(model):
    names = set(model.model_fields) - {"go_at"}
    assert names <= {*SETTINGS, *WORDS}


def test_every_meaning_has_a_title():
    assert list(GROUPS) == list(get_args(Meaning))


def test_every_section_of_named_parts_has_a_word():
    assert set(SECTIONS) <= set(PolicyFile.model_fields)


def test_a_setting_of_the_future_is_called_as_it_is_written():
    assert setting_name("some_new_setting", "fr") == "some new setting"
