"""A decision made again: the same, another, or what is missing; and versions in the archive."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from features import parse_policy
from models.qualifier import Qualifier
from serving.decision_log.archive import archived
from serving.decision_log.canonical import canonical_json, new_id, packed, request_hash, unpacked
from serving.decision_log.log import DecisionLog
from serving.decision_log.replay import Missing, replay
from serving.decision_log.settings import LogSettings
from tests.conftest import POLICY_TEXT
from tests.log_checks import append
from tests.logged import MOMENT, decided, qualifier


@pytest.fixture
def stored(tmp_path):
    log = DecisionLog.open(LogSettings(url=f"sqlite:///{tmp_path}/d.db"))
    record = decided()
    append(log, record)
    yield log.reader.decision(record.id)
    log.close()


def another():
    return Qualifier(parse_policy(POLICY_TEXT.replace("points: 20", "points: 30").encode()))


def test_what_is_not_at_hand_is_named(stored):
    assert replay(stored, [another(), qualifier()]).state == "same"
    gone = replay(stored, [another()])
    assert (gone.state, gone.answer) == ("missing", None)
    assert Missing(what="policy", fingerprint=stored.policy) in gone.missing
    assert {one.what for one in replay(stored, []).missing} == {"policy", "model", "schema"}
    assert replay(stored, []).to_data()["missing"][0]["fingerprint"] == stored.policy
    erased = replace(stored, facts=None, answer=None)
    assert [one.what for one in replay(erased, [qualifier()]).missing] == ["facts"]


def test_an_answer_that_differs_says_where(stored):
    """The negative control: a tampered answer, and tampered facts, are not the same bytes."""
    other = stored.answer.replace(b'"recommendation":"', b'"recommendation":"x')
    made = replay(replace(stored, answer=other), [qualifier()])
    assert (made.state, made.changed) == ("different", ("recommendation",))
    assert made.answer == stored.answer
    changed = replay(replace(stored, facts={"amount": 1}), [qualifier()])
    assert changed.state == "different"
    assert "reasons" in changed.changed
    older = replace(stored, answer=other, code_version="0.0.1")
    assert [one.what for one in replay(older, [qualifier()]).missing] == ["code"]
    unreadable = replay(replace(stored, facts={"gone": 1}), [qualifier()])
    assert (unreadable.state, unreadable.missing[0].what) == ("missing", "code")


def test_a_deal_decided_with_others_is_decided_with_them_again(stored):
    """By itself it is asked first; only where that differs, the batch is."""
    calls = []
    alone = replace(stored, batch_id="b", batch_row=0)

    def batch(batch_id):
        calls.append(batch_id)
        return [alone, replace(stored, id="other", batch_id="b", batch_row=1)]

    assert replay(alone, [qualifier()], batch=batch).state == "same"
    assert calls == []
    wrong = replace(alone, answer=b'{"deal": "x"}')
    assert replay(wrong, [qualifier()], batch=batch).state == "different"
    assert calls == ["b"]


def test_each_mixture_of_versions_is_missing_something(stored):
    @dataclass(frozen=True)
    class Mixed(Qualifier):
        change: Mapping[str, str] = field(default_factory=dict)

        def versions(self):
            return replace(qualifier().versions(), **self.change)

    policy = qualifier().policy
    changes = ({"policy": "p"}, {"model": "m"}, {"matrix_schema": "s"})
    held = [Mixed(policy, change=change) for change in changes]
    assert replay(stored, held).missing[0].what == "model"


def test_a_version_that_is_not_whole_is_not_in_the_archive(tmp_path):
    assert archived(tmp_path, None) is None
    assert archived(tmp_path, "a" * 64) is None
    (tmp_path / ("a" * 16)).mkdir()
    (tmp_path / ("a" * 16) / "manifest.json").write_text("{}")
    assert archived(tmp_path, "a" * 64) is None


def test_one_spelling_and_small_answers():
    assert canonical_json({"b": [1.5, None], "a": {"z": 1, "y": "é"}}) == (
        '{"a":{"y":"é","z":1},"b":[1.5,null]}'
    )
    assert unpacked(packed(b"x" * 9999)) == b"x" * 9999
    assert len(packed(b"x" * 9999)) < 100
    one = request_hash("POST", "/v1/score", "a=1", b"{}")
    assert one == request_hash("POST", "/v1/score", "a=1", b"{}")
    assert len({one, request_hash("POST", "/v1/scor", "ea=1", b"{}"),
                request_hash("POST", "/v1/score", "a=1{", b"}")}) == 3  # fmt: skip
    assert len({new_id(MOMENT) for _ in range(1000)}) == 1000
    assert len(new_id(MOMENT)) == 32
