"""The challenger is asked the same, after the answer, and its fault is nobody else's."""

import threading
from datetime import date

import pytest

from features import Deal
from features.errors import FactsError, Problem
from models.artifact import load_artifact
from serving.champion.champion import Champion
from serving.champion.held import Serving
from serving.champion.shadow import MOST_WAITING, Shadow, Shadowed

DEAL = Deal(as_of=date(2026, 1, 5), facts={"fit": 1.0})


@pytest.fixture
def champion(made):
    one, two = (load_artifact(version.folder) for version in made)
    found = Champion(None, Serving.of(one, "1"))
    found.challenger = Serving.of(two, "2")
    return found


@pytest.fixture
def answered(champion):
    return champion.current.qualifier.decide([DEAL])[0]


def test_it_answers_the_same_deal_under_its_own_policy(champion, answered):
    heard: list[Shadowed] = []
    policies = []
    shadow = Shadow(champion, heard.append)

    def make_deal(policy):
        policies.append(policy.fingerprint)
        return DEAL

    shadow.ask("r1", answered, make_deal)
    shadow.settle()
    (one,) = heard
    assert (one.request_id, one.answered, one.challenger) == ("r1", answered, champion.challenger)
    assert one.decision == champion.challenger.qualifier.decide([DEAL])[0]
    assert one.decision != answered
    assert policies == [champion.challenger.policy]


def test_facts_that_do_not_fit_its_policy_are_told_apart(champion, answered):
    heard: list[Shadowed] = []
    shadow = Shadow(champion, heard.append)

    def make_deal(policy):
        raise FactsError([Problem(where="fit", what="is unknown here")])

    shadow.ask("r", answered, make_deal)
    shadow.settle()
    assert heard[0].decision is None


def test_without_a_challenger_nothing_is_asked(champion, answered):
    champion.challenger = None
    heard: list[Shadowed] = []
    shadow = Shadow(champion, heard.append)
    shadow.ask("r", answered, lambda _: DEAL)
    shadow.settle()
    assert not heard


def test_a_slow_challenger_costs_comparisons_and_never_time(champion, answered):
    heard: list[Shadowed] = []
    go_on = threading.Event()
    shadow = Shadow(champion, heard.append)

    def slow(policy):
        go_on.wait(30)
        return DEAL

    for number in range(MOST_WAITING + 50):
        shadow.ask(str(number), answered, slow)
    assert shadow.forgotten >= 49  # one may be in the thread's hands already
    assert not heard
    go_on.set()
    shadow.settle()
    assert len(heard) + shadow.forgotten == MOST_WAITING + 50


def test_a_challenger_or_a_log_that_fails_does_not_end_the_shadow(champion, answered, caplog):
    heard = []

    def hear(one):
        if one.request_id == "log":
            raise ZeroDivisionError
        heard.append(one.request_id)

    def breaks(policy):
        raise ZeroDivisionError

    shadow = Shadow(champion, hear)
    shadow.ask("bad", answered, breaks)
    shadow.ask("log", answered, lambda _: DEAL)
    shadow.ask("good", answered, lambda _: DEAL)
    shadow.settle()
    assert heard == ["good"]
    assert len(caplog.records) == 2
