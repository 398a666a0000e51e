"""A draft loads, has no errors, and reads every row, whatever people call things."""

import os
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.errors import PolicyError
from features.lint import lint_policy
from features.policy import parse_policy
from features.policy.schema_line import with_schema_line
from training.intake import deals_of
from training.policy_draft import draft_policy
from training.sources.raw_table import RawTable

DAY = date(2026, 1, 5)
N = 48
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"

ODD = [
    "Étape", "Etape", "étape !", "prix: net", 'a "quoted" name', "l'affaire", "# of seats",
    "- item", "{braces}", "[x]", "&anchor", "*alias", "!tag", "%YAML", "yes", "null", "1e5",
    "😀 mood", "日本語", "x" * 300, "any", "not", "as_of", "a, b", "tab\there", "| pipe", "> fold",
    "tab : colon", "@at", "`tick`", "{en}", "\u202ertl", "0", "_", "__c",
]  # fmt: skip
HEADERS = st.one_of(
    st.sampled_from(ODD),
    st.text(min_size=1, max_size=40).map(lambda s: " ".join(s.split())).filter(bool),
)
WORDS = st.one_of(
    st.sampled_from([
        "yes", "no", "null", "~", "1e5", "true", "None", "Unknown", "Select", "N/A", "-", "?",
        "2026-01-01", "12:30", "1,5", "€ 3", "🎉", "Low", "High", "Mid", "1_000", "0x1F", "=1+1",
        "a: b", "x" * 201, "'", '"', "#",
    ]),
    st.text(min_size=1, max_size=20).map(str.strip).filter(bool),
)  # fmt: skip


@st.composite
def exports(draw):
    """Return an export of 48 deals: odd headers over columns of odd words, numbers and days."""
    headers = draw(st.lists(HEADERS, min_size=1, max_size=4, unique=True))
    columns: dict[str, list[str | None]] = {
        "Outcome": ["Won", "Lost", "Lost"] * (N // 3),
        "Fair": ["1", "2", "3", "5"] * (N // 4),
    }
    for header in headers:
        kind = draw(st.sampled_from(["words", "many", "numbers", "mixed", "days"]))
        if kind == "words":
            few = draw(st.lists(WORDS, min_size=2, max_size=5, unique=True))
            values = draw(st.lists(st.sampled_from([*few, None]), min_size=N, max_size=N))
        elif kind == "many":
            values = draw(st.lists(WORDS, min_size=N, max_size=N))
        elif kind == "numbers":
            number = draw(st.floats(-1e12, 1e12))
            values = [f"{number * (n % 7 + 1):.2f}" for n in range(N)]
        elif kind == "mixed":
            values = [draw(WORDS), *(str(n * n) for n in range(1, N))]
        else:
            values = [f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(N)]
        columns.setdefault(header, values)
    return RawTable(table=pa.table({k: pa.array(v, pa.string()) for k, v in columns.items()}),
                    where="odd: deals.csv", first_line=2)  # fmt: skip


@settings(max_examples=400 if THOROUGH else 15)
@given(exports())
def test_a_draft_loads_has_no_errors_and_reads_every_row(raw):
    draft = draft_policy(raw, name="odd", title="odd", as_of=DAY, outcome="Outcome")
    policy = parse_policy(with_schema_line(draft.text.encode(), "odd.schema.json"))
    assert policy.fingerprint == draft.policy.fingerprint
    deals = deals_of(raw, policy, as_of=DAY, needs_outcome=True)
    assert len(deals.table) == N
    assert not deals.missing
    found = lint_policy(policy, deals=deals.table, as_of=DAY)
    assert not [one.in_("en") for one in found if one.severity == "error"]


def test_a_draft_whose_header_is_not_quoted_does_not_load():
    """Negative control: the laws above would see a writer that quotes nothing."""
    table = pa.table({"Outcome": ["Won", "Lost"] * 24, "prix: net": ["1", "3", "2"] * 16})
    raw = RawTable(table=table, where="deals.csv")
    draft = draft_policy(raw, name="odd", title="odd", as_of=DAY, outcome="Outcome")
    broken = draft.text.replace("column: 'prix: net'", "column: prix: net")
    assert broken != draft.text
    with pytest.raises(PolicyError):
        parse_policy(broken.encode())
