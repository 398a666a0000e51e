"""What changes of a policy mean for deals, each on a policy that differs in one thing."""

import copy
import json
from functools import cache
from typing import Any

import pytest

from features.policy import parse_policy
from features.policy.changes import changes_between, parts_of
from features.policy.meanings import meaning_of

TEXT = {"en": "a", "fr": "b"}
POLICY: dict[str, Any] = {
    "policy": "small",
    "version": "1",
    "title": TEXT,
    "deals": {"outcome": {"column": "Status", "won": ["W", "V"], "lost": ["L"]}},
    "fields": {
        "n": {"type": "number", "label": TEXT},
        "a": {"type": "category", "values": ["x", "y", "z"]},
        "o": {"type": "category", "values": ["low", "high"], "ordered": True},
    },
    "groups": {"own": TEXT},
    "segments": {
        "some": {"label": TEXT, "when": {"a": ["x", "y"]}},
        "soft": {"label": TEXT, "when": {"a": "x"}},
        "idle": {"label": TEXT, "when": {"a": "y"}},
    },
    "criteria": [{"id": "c", "label": TEXT, "when": {"a": "x"}, "points": 5}],
    "knockouts": [
        {
            "id": "k", "when": {"n": {"above": 5}}, "then": "no_go",
            "reason": TEXT, "owner": "sales", "applies_to": ["some"],
            "in_effect": {"from": "2026-01-01"}, "waiver": {"by": ["CFO"], "days": 30},
        },
        {"id": "q", "when": {"n": {"above": 9}}, "then": {"conditional_go": TEXT},
         "reason": TEXT, "applies_to": ["soft"]},
    ],
    "economics": {"currency": "EUR", "margin": 5, "other_costs": 2},
    "decision": {
        "go_at": {"p_win": 0.4},
        "grades": [{"grade": "A", "p_win": 0.5}, {"grade": "B", "p_win": 0.2}],
    },
}  # fmt: skip

KO = ("knockouts", 0)
ADDED = {"id": "new", "when": {"a": "z"}, "then": "no_go", "reason": TEXT}
OTHER = {"en": "other", "fr": "autre"}
CHANGES = [
    ((*KO, "when", "n", "above"), 3, "refuses_more"),
    ((*KO, "when", "n", "above"), 7, "refuses_fewer"),
    ((*KO, "when"), {"a": "x"}, "refuses_others"),
    ((*KO, "when"), {"a": "z"}, "refuses_fewer"),  # not in its segment: it never fires
    ((*KO, "then"), {"conditional_go": TEXT}, "refuses_fewer"),
    ((*KO, "on_unknown"), "no_go", "refuses_more"),
    ((*KO, "on_unknown"), "ignore", "asks"),
    ((*KO, "reason"), OTHER, "words"),
    ((*KO, "owner"), "finance", "words"),
    ((*KO, "applies_to"), None, "refuses_more"),
    ((*KO, "applies_to"), ["idle"], "refuses_fewer"),
    ((*KO, "in_effect"), None, "refuses_more"),
    ((*KO, "in_effect", "until"), "2026-06-30", "refuses_fewer"),
    ((*KO, "in_effect", "from"), "2025-01-01", "refuses_more"),
    ((*KO, "in_effect"), {"until": "2026-06-30"}, "refuses_others"),
    ((*KO, "waiver"), None, "refuses_more"),
    ((*KO, "waiver", "days"), 60, "refuses_fewer"),
    ((*KO, "waiver", "days"), 10, "refuses_more"),
    ((*KO, "waiver", "by"), ["CEO"], "refuses_others"),
    ((*KO, "testable"), True, "refuses_fewer"),
    (KO, None, "refuses_fewer"),
    (("knockouts", 2), ADDED, "refuses_more"),
    (("knockouts", 2), {**ADDED, "then": {"conditional_go": TEXT}}, "conditions"),
    (("knockouts", 1), None, "conditions"),
    (("knockouts", 1, "when", "n", "above"), 8, "conditions"),
    (("knockouts", 1, "then"), "no_go", "refuses_more"),
    (("knockouts", 1, "on_unknown"), "no_go", "refuses_more"),
    (("segments", "some", "when"), {"a": ["x", "y", "z"]}, "refuses_more"),
    (("segments", "some", "when"), {"a": "x"}, "refuses_fewer"),
    (("segments", "some", "label"), OTHER, "words"),
    (("segments", "soft", "when"), {"a": "z"}, "conditions"),
    (("segments", "idle", "when"), {"a": "z"}, "words"),
    (("decision", "go_at", "p_win"), 0.5, "fewer_go"),
    (("decision", "go_at", "p_win"), 0.3, "more_go"),
    (("decision", "go_at", "points"), 3, "fewer_go"),
    (("decision", "grades"), [], "grades"),
    (("decision", "exploration"), {"share": 0.1}, "grades"),
    (("criteria", 0, "points"), 6, "points"),
    (("criteria", 0, "label"), OTHER, "words"),
    (("criteria", 0, "group"), "own", "words"),
    (("economics", "margin"), 6, "money"),
    (("economics", "exposure"), 6, "money"),
    (("fields", "n", "min"), 0, "asks"),
    (("fields", "n", "label"), OTHER, "words"),
    (("fields", "o", "values"), ["high", "low"], "asks"),
    (("deals", "id"), "Id", "files"),
    (("groups", "own"), OTHER, "words"),
    (("title",), OTHER, "words"),
    (("version",), "2", "words"),
]


def changed(path, value):
    """Return the policy's data with one part replaced, or removed for None."""
    data = copy.deepcopy(POLICY)
    part: Any = data
    for key in path[:-1]:
        part = part[key]
    if isinstance(part, list) and path[-1] == len(part):
        part.append(value)
    elif value is None:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    return data


def load(data):
    return _parsed(json.dumps(data).encode())


@cache
def _parsed(content):
    return parse_policy(content)


@pytest.mark.parametrize(
    ("path", "value", "meaning"), CHANGES, ids=lambda part: str(part).replace("/", "")[:50]
)
def test_one_change_has_one_meaning(path, value, meaning):
    before, after = load(POLICY), load(changed(path, value))
    (change,) = changes_between(before, after)
    assert meaning_of(change, before, after) == meaning


OPPOSITES = {
    "refuses_more": "refuses_fewer", "refuses_fewer": "refuses_more",
    "fewer_go": "more_go", "more_go": "fewer_go",
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "meaning"), CHANGES, ids=lambda part: str(part).replace("/", "")[:50]
)
def test_the_way_back_means_the_opposite(path, value, meaning):
    before, after = load(changed(path, value)), load(POLICY)
    (change,) = changes_between(before, after)
    assert meaning_of(change, before, after) == OPPOSITES.get(meaning, meaning)


def test_several_changes_of_one_knockout_that_pull_apart_refuse_others():
    data = changed((*KO, "when", "n", "above"), 3)
    data["knockouts"][0]["waiver"]["days"] = 90
    before, after = load(POLICY), load(data)
    (change,) = changes_between(before, after)
    assert set(change.settings) == {"when", "waiver"}
    assert meaning_of(change, before, after) == "refuses_others"


def test_order_that_means_nothing_is_no_change():
    data = copy.deepcopy(POLICY)
    data["knockouts"].reverse()
    data["deals"]["outcome"]["won"].reverse()
    data["fields"]["a"]["values"].reverse()
    data["fields"] = dict(reversed(list(data["fields"].items())))
    assert load(data).fingerprint != load(POLICY).fingerprint  # the lists are in another order
    assert changes_between(load(POLICY), load(data)) == ()


def test_every_part_of_a_policy_is_compared():
    parts = parts_of(load(POLICY))
    assert {section for section, _ in parts} == {
        "policy", "fields", "groups", "segments", "criteria", "knockouts", "economics", "deals",
        "go_at", "decision",
    }  # fmt: skip


def test_a_segment_that_the_condition_holds_already_changes_no_deal():
    old = changed((*KO, "when", "a"), ["x", "y"])
    new = copy.deepcopy(old)
    del new["knockouts"][0]["applies_to"]
    before, after = load(old), load(new)
    (change,) = changes_between(before, after)
    assert meaning_of(change, before, after) == "words"


def test_a_field_that_became_another_question_proves_nothing():
    data = changed(("fields", "n"), {"type": "category", "values": ["5", "7"]})
    for rule in data["criteria"] + data["knockouts"]:
        if "n" in rule.get("when", {}):
            rule["when"]["n"] = "7"
    data.pop("economics", None)
    before, after = load(POLICY), load(data)
    (change,) = [one for one in changes_between(before, after) if one.name == "k"]
    assert meaning_of(change, before, after) == "refuses_others"
