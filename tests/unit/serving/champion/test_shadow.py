"""The challenger is asked the same, after the answer, and its fault is nobody else's."""

import threading
import time
from datetime import date
from typing import Any

import pytest

from features import Deal
from features.errors import FactsError, Problem
from models.artifact import load_artifact
from serving.champion.champion import Champion
from serving.champion.held import Serving
from serving.champion.shadow import MOST_WAITING, Shadow, Shadowed

DEAL = Deal(as_of=date(2026, 1, 5), facts={"fit": 1.0})


class Heard(list[Any]):
    """Keeps what the challenger said."""

    def __call__(self, said: list[Shadowed[Any]]) -> bool:
        self.extend(said)
        return True


@pytest.fixture
def champion(made):
    one, two = (load_artifact(version.folder) for version in made)
    found = Champion(None, Serving.of(one, "1"))
    found.challenger = Serving.of(two, "2")
    return found


@pytest.fixture
def answered(champion):
    return champion.current.qualifier.decide([DEAL])[0]


@pytest.fixture
def heard():
    return Heard()


class Lost(list[str]):
    """Keeps why deals were forgotten, once for each."""

    def __call__(self, why: str, deals: int) -> None:
        self.extend([why] * deals)


@pytest.fixture
def lost():
    return Lost()


@pytest.fixture
def shadow(champion, heard, lost):
    found = Shadow(champion, heard, lost, share=1.0)
    yield found
    found.stop()


def test_it_answers_the_same_deal_under_its_own_policy(champion, answered, shadow, heard):
    policies = []

    def make_deal(policy):
        policies.append(policy.fingerprint)
        return DEAL

    shadow.ask("r1", answered, make_deal)
    shadow.settle()
    (one,) = heard
    assert (one.about, one.answered, one.challenger) == ("r1", answered, champion.challenger)
    assert one.decision == champion.challenger.qualifier.decide([DEAL])[0]
    assert one.decision != answered
    assert policies == [champion.challenger.policy]


def test_facts_that_do_not_fit_its_policy_are_told_apart(answered, shadow, heard, lost):
    def make_deal(policy):
        raise FactsError([Problem(where="fit", what="is unknown here")])

    shadow.ask("r", answered, make_deal)
    shadow.settle()
    assert heard[0].decision is None
    assert not lost


def test_without_a_challenger_nothing_is_asked(champion, answered, shadow, heard):
    champion.challenger = None
    shadow.ask("r", answered, lambda _: DEAL)
    shadow.settle()
    assert not heard


def test_a_slow_challenger_costs_comparisons_and_never_time(answered, shadow, heard, lost):
    go_on = threading.Event()

    def slow(policy):
        go_on.wait(30)
        return DEAL

    started = time.perf_counter()
    for number in range(MOST_WAITING + 50):
        shadow.ask(str(number), answered, slow)
    assert time.perf_counter() - started < 1.0
    assert lost.count("full") >= 49  # one may be in the thread's hands already
    assert not heard
    go_on.set()
    shadow.settle()
    assert len(heard) + len(lost) == MOST_WAITING + 50


def test_a_challenger_or_a_log_that_fails_does_not_end_the_shadow(
    champion, answered, lost, caplog
):
    kept = []

    def hear(said):
        if said[0].about == "log":
            raise ZeroDivisionError
        kept.append(said[0].about)
        return said[0].about != "left"

    def breaks(policy):
        raise ZeroDivisionError

    shadow = Shadow(champion, hear, lost, share=1.0)
    for about in ("bad", "worse", "log", "left", "good"):
        shadow.ask(about, answered, breaks if about in {"bad", "worse"} else lambda _: DEAL)
        shadow.settle()
    assert kept == ["left", "good"]
    assert lost == ["failed", "failed", "not_kept", "not_kept"]
    assert len(caplog.records) == 2  # of the challenger told once, or the log would fill with it
    shadow.stop()


def test_what_it_says_is_handed_on_together_and_within_a_second(champion, answered):
    """Each handing on is a commit, which answers may have to wait for."""
    heard = []

    def hear(said):
        heard.append(len(said))
        return True

    shadow = Shadow(champion, hear, share=1.0)
    for _ in range(60):
        shadow.ask("r", answered, lambda _: DEAL)
    deadline = time.monotonic() + 10
    while sum(heard) < 60 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert sum(heard) == 60
    assert len(heard) < 10
    shadow.ask("last", answered, lambda _: DEAL)
    shadow.stop()
    assert sum(heard) == 61


def test_it_takes_its_share_of_a_processor_and_rests(champion, answered, heard):
    """However much is asked, most of the time is left to what answers."""

    def busy(policy):
        until = time.thread_time() + 0.02
        while time.thread_time() < until:
            pass
        return DEAL

    def seconds(share):
        shadow = Shadow(champion, heard, share=share)
        started = time.perf_counter()
        for _ in range(5):
            shadow.ask("r", answered, busy)
        shadow.settle()
        shadow.stop()
        return time.perf_counter() - started

    assert seconds(0.2) > 4 * 5 * 0.02 > seconds(1.0) / 2


def test_it_stops_though_the_challenger_hangs_with_a_full_queue(answered, shadow, heard):
    go_on = threading.Event()

    def hangs(policy):
        go_on.wait(30)
        return DEAL

    for _ in range(MOST_WAITING + 2):
        shadow.ask("r", answered, hangs)
    started = time.perf_counter()
    shadow.stop()
    assert time.perf_counter() - started < 3
    go_on.set()
    shadow.ask("late", answered, lambda _: DEAL)
    assert "late" not in [one.about for one in heard]


def test_a_challenger_that_hangs_is_given_up_and_the_next_one_is_heard(
    answered, shadow, lost, monkeypatch, caplog
):
    champion, heard = shadow.champion, shadow.heard
    monkeypatch.setattr("serving.champion.shadow.LONGEST_DEAL_SECONDS", 0.05)
    go_on = threading.Event()

    def hangs(policy):
        go_on.wait(30)
        return DEAL

    for _ in range(3):
        shadow.ask("stuck", answered, hangs)
    time.sleep(0.2)
    shadow.ask("of the same", answered, lambda _: DEAL)
    assert lost == ["failed"] * 4
    champion.challenger = champion.current
    shadow.ask("next", answered, lambda _: DEAL)
    shadow.settle()
    assert [one.about for one in heard] == ["next"]
    go_on.set()  # it comes back: nobody listens any more
    time.sleep(0.1)
    shadow.ask("one more", answered, lambda _: DEAL)
    shadow.settle()
    assert [one.about for one in heard] == ["next", "one more"]
    assert [record.message for record in caplog.records if "hangs" in record.message]
