"""What each answer does by itself, while everything else stays as it is known."""

import pytest

from features import Deal
from models.questions.answers_alone import answers_alone
from tests.asked_worlds import ANSWERS, DAY, completed, qualifier_of


@pytest.fixture(scope="module")
def qualifier():
    return qualifier_of()


@pytest.mark.parametrize("facts", [{}, {"sector": "paper", "broke": False}, {"rank": "low"}])
def test_each_class_does_what_its_answers_do_one_by_one(qualifier, facts):
    deal = Deal(as_of=DAY, facts=facts)
    completions = completed(qualifier.model.reference, deal, qualifier.policy)
    now = qualifier.decide([deal])[0].recommendation
    for alone in answers_alone(qualifier, deal, completions):
        assert alone.field not in facts
        column = completions.table.columns[alone.field]
        for place, answers in enumerate(alone.answers):
            inside = {column.fact(row) for row, code in enumerate(alone.codes) if code == place}
            assert set(answers) <= inside <= set(ANSWERS[alone.field])
            for answer in inside:
                (one,) = qualifier.decide([deal.with_facts(**{alone.field: answer})])
                refused = any(v.state == "fired" and v.knockout.refuses for v in one.knockouts)
                assert alone.stops[place] == refused
                if len(inside) == 1:
                    assert alone.changes[place] == (one.recommendation != now)


def test_a_deal_that_is_refused_already_is_stopped_by_no_answer(qualifier):
    deal = Deal(as_of=DAY, facts={"broke": True})
    completions = completed(qualifier.model.reference, deal, qualifier.policy)
    for alone in answers_alone(qualifier, deal, completions):
        assert not alone.stops.any()
        assert not alone.changes.any()
