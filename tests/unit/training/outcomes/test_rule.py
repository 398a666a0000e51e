import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.outcomes.outcome import Outcome
from training.outcomes.rule import (
    OUTCOMES,
    UNREAD,
    UNRECORDED,
    ArchiveRule,
    FlagRule,
    explicit_rule,
    word_rule,
)
from training.sources.raw_table import RawTable

NAMES = {"won": "W", "lost": "L", "no_decision": "N", "declined_by_us": "D", "open": "O"}


def raw_of(**columns):
    return RawTable(table=pa.table(columns), where="deals.csv", first_line=2)


def read(rule, raw, kept=None):
    return rule.read(raw, np.ones(len(raw), dtype=bool) if kept is None else np.array(kept))


def letters(reading):
    special = {UNRECORDED: "-", UNREAD: "?"}
    return "".join(special.get(int(c)) or NAMES[OUTCOMES[c].value] for c in reading.codes)


def test_words_are_read_and_unknown_ones_are_problems_at_their_line():
    raw = raw_of(Status=["Won", "lost", None, "Sans suite", "No bid", "Maybe", "Maybe", "Open"])
    found = read(word_rule("Status"), raw)
    assert letters(found).replace("-", "") == "WLNDO"
    (problem,) = found.problems
    assert problem.where == "deals.csv:7"
    assert "'Maybe' says no outcome (2 deals)" in problem.what


def test_an_unknown_stage_is_open_and_said_unless_it_sounds_like_an_end():
    raw = raw_of(Stage=["Closed Won", "Closed Lost", "Technical review", "Closed - other"])
    found = read(word_rule("Stage", stages=True), raw)
    assert letters(found)[:3] == "WLO"
    assert found.assumed == ("Technical review",)
    assert [p.where for p in found.problems] == ["deals.csv:5"]


def test_an_explicit_word_is_taken_to_the_letter():
    raw = raw_of(Status=["Signed", "signed"])
    found = read(explicit_rule("Status", {"Signed": Outcome.WON}), raw)
    assert letters(found)[0] == "W"
    assert len(found.problems) == 1


def test_problems_are_looked_for_among_kept_rows_only():
    raw = raw_of(Status=["Won", "deleted"])
    assert read(word_rule("Status"), raw).problems
    assert not read(word_rule("Status"), raw, [True, False]).problems


def test_many_unknown_words_are_counted_not_listed():
    raw = raw_of(Status=[f"word {n}" for n in range(30)])
    found = read(word_rule("Status"), raw)
    assert len(found.problems) == 9
    assert "22 more" in found.problems[-1].what


@pytest.mark.parametrize(
    ("yes", "no"),
    [("true", "false"), ("1", "0"), ("1.0", "0.0"), ("Oui", "Non"), (True, False), (1, 0)],
)
def test_flags_in_any_form(yes, no):
    raw = raw_of(Closed=[yes, yes, no, None], Won=[yes, no, no, no])
    assert letters(read(FlagRule(won="Won", closed="Closed"), raw)) == "WLO-"


def test_won_and_lost_flags_leave_the_rest_open():
    raw = raw_of(W=["true", "false", None, "false"], L=["false", "true", None, None])
    assert letters(read(FlagRule(won="W", lost="L"), raw)) == "WLOO"


def test_won_alone_knows_no_open_deal():
    assert letters(read(FlagRule(won="W"), raw_of(W=["1", "0", None]))) == "WL-"


@pytest.mark.parametrize("rule", [FlagRule(won="W", closed="C"), FlagRule(won="W", lost="L")])
def test_flags_that_contradict_each_other_are_refused(rule):
    raw = raw_of(W=["0", "1"], C=["1", "0"], L=["1", "1"])
    (problem,) = read(rule, raw).problems
    assert problem.where == "deals.csv:3"


def test_a_flag_that_is_neither_yes_nor_no_is_a_problem():
    (problem,) = read(FlagRule(won="W"), raw_of(W=["1", "perhaps"])).problems
    assert "write yes or no" in problem.hint


def test_the_archive_of_odoo():
    raw = raw_of(
        active=[True, False, True, False, None], probability=["100.0", "0", "33,5", "12", "0"]
    )
    assert letters(read(ArchiveRule(active="active", probability="probability"), raw)) == "WLO?-"
    wrong = raw_of(active=["True"], probability=["high"])
    assert read(ArchiveRule(active="active", probability="probability"), wrong).problems


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["Open", "En cours", "On hold", "Disqualified", "Refusé par nous", ""]
            ),
            st.sampled_from(["true", "false", ""]),
            st.sampled_from(["false", ""]),
        ),
        min_size=1,
    )
)
def test_an_open_or_declined_deal_never_becomes_a_loss(deals):
    words, won, closed = zip(*deals, strict=True)
    raw = raw_of(status=list(words), won=list(won), closed=list(closed))
    assert "L" not in letters(read(word_rule("status", stages=True), raw))
    assert "L" not in letters(read(FlagRule(won="won", closed="closed"), raw))
    # The check can fail: a rule that knows no open deal makes losses of them.
    if "false" in won:
        assert "L" in letters(read(FlagRule(won="won"), raw))
