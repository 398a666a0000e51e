from hypothesis import given
from hypothesis import strategies as st

from features.policy.written import written_on_one_line
from features.policy.yaml_source import read_yaml
from features.texts import Text
from training.policy_draft.written import Page


@given(st.text(min_size=1, max_size=400), st.text(min_size=1, max_size=400))
def test_a_remark_is_a_comment_whatever_it_says(en, fr):
    page = Page(None)
    page.remark(Text(en=en, fr=fr), 2)
    page.entry("a", 1)
    assert read_yaml(page.text().encode(), "p").data == {"a": 1}


def test_a_remark_that_is_not_made_one_line_would_break_the_file():
    """Negative control: this is what the header of a hostile column would do."""
    assert read_yaml(b"# - x\nb: 2\na: 1\n", "p").data != {"a": 1}


SCALARS = st.one_of(
    st.text(max_size=200), st.integers(-(10**12), 10**12), st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
)  # fmt: skip


@given(st.dictionaries(st.text(max_size=200), st.one_of(SCALARS, st.lists(SCALARS)), min_size=1))
def test_one_line_of_yaml_reads_back_as_it_was(values):
    assert read_yaml(written_on_one_line({"key": values}).encode(), "p").data == {"key": values}


def test_a_proposal_is_commented_out():
    page = Page(None)
    page.entry("a", 1)
    page.proposal({"id": "x", "when": {"a": [1, 2]}})
    assert read_yaml(page.text().encode(), "p").data == {"a": 1}
    assert "# - id: x" in page.text()
