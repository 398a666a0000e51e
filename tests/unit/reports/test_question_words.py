"""What to find out next, in sentences with numbers and n, in both languages."""

from dataclasses import replace

import pytest

from features import Deal
from features.texts import LANGUAGES
from models.qualifier import Qualifier
from models.questions.questions import AnswerClass, Question, questions_of
from reports.question_words import (
    class_in_words,
    effort_in_words,
    idle_in_words,
    is_idle,
    order_in_words,
    question_data,
    question_in_words,
)
from tests.asked_worlds import DAY, policy_of, qualifier_of

POLICY = policy_of()
QUESTION = Question(
    field="broke", gain=231.4, cost=7.0, cost_hours=0.1, net=224.4, knockout_chance=0.09,
    change_chance=0.09, hours_saved=60.2, n=216.4, is_needed=True,
)  # fmt: skip


def said(language="en", **changes):
    return question_in_words(replace(QUESTION, **changes), POLICY, language)


def test_a_question_says_what_it_costs_what_it_may_save_and_how_many_deals_say_so():
    assert said() == (
        "Broke: 6\xa0minutes and €2, a 9% chance to save 60\xa0hours; "
        "worth €224 after its cost (216\xa0past deals know it)"
    )
    assert said("fr") == (
        "Broke\xa0: 6\xa0minutes et 2\xa0€, 9\xa0% de chances d'économiser 60\xa0heures\xa0; "
        "rapporte 224\xa0€ une fois son coût déduit (216\xa0affaires passées la connaissent)"
    )


def test_every_case_has_words_of_its_own():
    told = {
        said(),
        said(hours_saved=None),
        said(knockout_chance=0.0),
        said(knockout_chance=0.0, change_chance=0.0),
        said(gain=3.0, net=-4.0),
        said(gain=0.0, net=-7.0),
        said(gain=None, net=None),
        said(gain=None, net=None, knockout_chance=None, change_chance=None),
    }
    assert len(told) == 8
    assert any("no past deal says" in text for text in told)
    assert any("not worth its cost: it brings €3" in text for text in told)


@pytest.mark.parametrize(
    ("name", "words"),
    [("budget", "1\xa0hour"), ("rank", "4\xa0hours"), ("sector", "6\xa0minutes")],
)
def test_an_effort_is_minutes_or_hours(name, words):
    assert effort_in_words(replace(QUESTION, field=name), POLICY, "en") == words


def test_a_cost_that_nobody_stated_is_said_to_be_none():
    free = policy_of(fields="\n  size: {type: number}\n  broke: {type: boolean}\n", knockouts="",
                     economics="{capacity_hours: 1}", go_at="{p_win: 0.5}")  # fmt: skip
    assert effort_in_words(QUESTION, free, "en") == "at no stated cost"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_is_explained_and_so_is_having_nothing_to_order(language):
    without_money = replace(QUESTION, gain=None, net=None)
    without_deals = replace(without_money, change_chance=None, knockout_chance=None)
    told = {
        order_in_words(asked, language)
        for asked in ([QUESTION], [without_money], [without_deals], [])
    }
    assert len(told) == 4


@pytest.mark.parametrize(
    ("language", "rarer", "both"),
    [
        ("en", "so answers that stop a deal are rarer", "pursued or declined"),
        ("fr", "les réponses qui arrêtent une affaire y sont donc plus rares",
         "poursuivies ou déclinées"),
    ],
)  # fmt: skip
def test_stopping_answers_are_said_to_be_rarer_only_where_nobody_declined(language, rarer, both):
    alone = order_in_words([QUESTION], language)
    assert rarer in alone
    assert both not in alone
    told = order_in_words([QUESTION], language, n_declined=3)
    assert both in told
    assert rarer not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_a_deal_asks_can_be_said(language):
    for qualifier in (qualifier_of(), Qualifier(POLICY)):
        asked = questions_of(qualifier, Deal(as_of=DAY, facts={"sector": "food"}))
        for question in asked:
            data = question_data(question, POLICY, language)
            assert "{" not in data["text"]
            assert all("{" not in one["text"] for one in data["answers"])
            assert data["past_deals"] == question.n


def test_what_changes_nothing_is_one_line_and_what_a_go_needs_another():
    idle = replace(QUESTION, gain=0.0, knockout_chance=0.0, change_chance=0.0)
    others = [replace(idle, field="sector", is_needed=False), QUESTION]
    assert not is_idle(QUESTION)
    assert not is_idle(replace(idle, change_chance=None))
    needed, rest = idle_in_words([idle, *others], POLICY, "en")
    assert needed.startswith("Still to be answered before a go")
    assert needed.endswith(": Broke")
    assert rest.endswith(": Sector")
    assert idle_in_words([QUESTION], POLICY, "fr") == ()


def test_the_answers_say_what_follows_from_them():
    one = AnswerClass(
        answers=(1.0, 2.25), is_range=True, chance=0.25, value=-900.0, stops=False, changes=True
    )
    assert class_in_words(one, "size", POLICY, "en") == (
        "1 to 2.25 (25%): pursuing costs €900 on average"
    )
    told = {
        class_in_words(replace(one, **change), "size", POLICY, "fr")
        for change in ({"value": 900.0}, {"value": None}, {"stops": True},
                       {"value": None, "changes": False})
    }  # fmt: skip
    assert len(told) == 4
