import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.texts import LANGUAGES
from training.policy_draft.names import field_names, label_of, readable, safe_name

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Lead Source", "lead_source"),
        ("TotalVisits", "total_visits"),
        ("Budget_confirmed__c", "budget_confirmed"),
        ("Étape", "etape"),
        ("B2B", "b2b"),
        ("100 %", "field_100"),
        ("😀", "field"),
        ("not", "not_"),
        ("as_of", "as_of_"),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_header_becomes_a_name(header, name):
    assert safe_name(header, "field") == name


@given(st.lists(st.text(min_size=1, max_size=300), unique=True, max_size=12))
def test_every_header_has_a_name_of_its_own(headers):
    names = field_names(headers)
    assert list(names) == headers
    assert len(set(names.values())) == len(headers)
    assert all(NAME.fullmatch(name) for name in names.values())


def test_names_cut_at_the_same_length_still_differ():
    names = list(field_names([f"{'a' * 80}{n}" for n in range(12)]).values())
    assert len(set(names)) == 12
    assert max(map(len, names)) == 60


@given(st.text(min_size=1, max_size=300))
def test_a_label_is_one_printable_line_that_differs_between_languages(header):
    label = label_of(header)
    assert all(label.in_(language).strip() for language in LANGUAGES)
    assert label.en.casefold() != label.fr.casefold()
    assert readable(header).isprintable()
