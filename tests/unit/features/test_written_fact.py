"""Facts as people type them: read like a cell of a file, with every problem told."""

from datetime import date

import pytest

from features.deal import NOT_APPLICABLE
from features.fields import WrongFactError
from features.policy import parse_policy
from features.written_fact import changes_of, fact_from_text
from tests.unit.models.flips.test_worth_trying import POLICY

FIELDS = parse_policy(POLICY.encode()).fields


@pytest.mark.parametrize(
    ("name", "text", "fact"),
    [
        ("size", "12.5", 12.5),
        ("budget", "oui", True),
        ("budget", "n/a", NOT_APPLICABLE),
        ("rank", " high ", "high"),
        ("due_on", "2026-03-01", date(2026, 3, 1)),
        ("size", "", None),
    ],
)
def test_a_text_is_read_as_its_field_reads_it(name, text, fact):
    assert fact_from_text(text, FIELDS[name]) == fact


def test_what_the_field_cannot_hold_is_refused():
    with pytest.raises(WrongFactError):
        fact_from_text("5000", FIELDS["size"])


def test_all_problems_are_told_at_once():
    given = {
        "size": "many",
        "sise": "1",
        "part": "0.5",
        "left": None,
        "rank": "low",
        "due_on": None,
    }
    changes, problems = changes_of(given, FIELDS)
    assert changes == {"rank": "low", "due_on": None}
    assert [one.where for one in problems] == ["size", "sise", "part", "left"]
    assert problems[1].hint == "did you mean 'size'?"
    assert "derived" in problems[2].what
