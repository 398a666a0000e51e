"""An override says who, why and until when; what is wrong with one is said all at once."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.errors import InputError
from features.override import override_of
from features.written_record import LONGEST_TEXT

WRITTEN = {
    "deal": "D-1",
    "by": "head of sales",
    "why": "An old customer, whose new director asked for us",
    "decided_on": "2026-03-01",
    "until": "2026-06-30",
    "recommended": "no_go",
    "done": "go",
}


def test_it_is_read_as_written():
    found = override_of(WRITTEN)
    assert found.decided_on == date(2026, 3, 1)
    assert found.goes_ahead
    assert found.to_data() == WRITTEN
    assert override_of(found.to_data()) == found
    held = {day: found.stands_on(date.fromisoformat(day)) for day in
            ("2026-02-28", "2026-03-01", "2026-06-30", "2026-07-01")}  # fmt: skip
    assert list(held.values()) == [False, True, True, False]


def test_every_problem_is_told_with_its_place():
    wrong = {**WRITTEN, "bye": 1, "by": " ", "until": "soon", "done": "gone", "why": "x" * 2000}
    del wrong["deal"]
    with pytest.raises(InputError) as refused:
        override_of(wrong, "book.jsonl:3")
    places = [problem.where for problem in refused.value.problems]
    assert places == [f"book.jsonl:3.{name}" for name in
                      ("bye", "deal", "by", "why", "until", "done")]  # fmt: skip
    hints = [problem.hint for problem in refused.value.problems]
    assert "did you mean 'by'?" in hints
    assert f"at most {LONGEST_TEXT:,} characters" in str(refused.value)


@pytest.mark.parametrize("word", ["go", "no_go"])
def test_doing_what_was_recommended_overrides_nothing(word):
    with pytest.raises(InputError, match="nothing is overridden"):
        override_of({**WRITTEN, "recommended": word, "done": word})


@pytest.mark.parametrize("written", [None, [], "go", 3])
def test_it_is_an_object(written):
    with pytest.raises(InputError, match="an override is an object"):
        override_of(written)


texts = st.text(min_size=1, max_size=30).filter(lambda text: text.strip())


@given(texts, texts, texts, st.dates(), st.dates())
def test_what_is_written_down_reads_back(deal, by, why, first, last):
    days = sorted([first, last])
    found = override_of({**WRITTEN, "deal": deal, "by": by, "why": why,
                         "decided_on": days[0], "until": days[1]})  # fmt: skip
    assert override_of(json.loads(json.dumps(found.to_data()))) == found
