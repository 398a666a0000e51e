import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.crm.preset import named_preset, presets
from features.errors import DealsError
from training.outcomes.outcome import Outcome
from training.outcomes.reading import read_outcomes
from training.outcomes.rule import FlagRule, explicit_rule
from training.sources.raw_table import RawTable

PIPEDRIVE, ODOO = presets()["pipedrive"], presets()["odoo"]
STATUS = "Deal - Status"


def raw_of(**columns):
    return RawTable(table=pa.table(columns), where="deals.csv", first_line=2)


def read(words, **options):
    return read_outcomes(raw_of(Status=words), **options)


def test_the_five_words_and_what_is_not_recorded():
    found = read(["Won", "Lost", "Sans suite", "Disqualified", "Open", None])
    assert [outcome.value for outcome in found.outcomes] == [
        "won", "lost", "no_decision", "declined_by_us", "open", "open",
    ]  # fmt: skip
    assert found.recorded.tolist() == [True] * 5 + [False]
    assert found.counts == {
        Outcome.WON: 1, Outcome.LOST: 1, Outcome.NO_DECISION: 1, Outcome.DECLINED_BY_US: 1,
        Outcome.OPEN: 2,
    }  # fmt: skip


def test_rows_set_aside_have_no_outcome():
    raw = raw_of(**{STATUS: ["won", "lost", "deleted", "open"]})
    found = read_outcomes(raw, preset=PIPEDRIVE)
    assert found.outcomes[2] is None
    assert [(part.column, part.rows.sum()) for part in found.left_out] == [(STATUS, 1)]
    assert sum(found.counts.values()) == 3


def test_what_the_policy_says_of_a_word_wins_over_setting_aside():
    raw = raw_of(**{STATUS: ["won", "lost", "deleted"]})
    words = {"won": Outcome.WON, "lost": Outcome.LOST, "deleted": Outcome.NO_DECISION}
    found = read_outcomes(raw, preset=PIPEDRIVE, rule=explicit_rule(STATUS, words))
    assert found.outcomes[2] is Outcome.NO_DECISION
    assert not found.left_out


def test_archived_is_not_lost():
    raw = raw_of(active=["True", "False", "False"], probability=["100", "0", "40"])
    found = read_outcomes(raw, preset=ODOO)
    assert list(found.outcomes) == [Outcome.WON, Outcome.LOST, None]
    assert "not lost" in found.left_out[0].reason.en


@pytest.mark.parametrize("preset", presets().values(), ids=lambda preset: preset.preset)
def test_a_file_without_a_lost_deal_is_refused_with_the_advice_of_its_crm(preset):
    rule = explicit_rule("Status", {"Won": Outcome.WON, "Open": Outcome.OPEN})
    with pytest.raises(DealsError, match="no deal was lost") as error:
        read(["Won", "Open"], preset=preset, rule=rule)
    assert error.value.problems[0].hint == preset.outcome.none_lost.en


def test_a_file_without_a_won_deal_is_refused():
    rule = explicit_rule("Status", {"Lost": Outcome.LOST})
    with pytest.raises(DealsError, match="no deal was won"):
        read(["Lost"], rule=rule, preset=named_preset("maven"))
    assert read(["Lost"], rule=rule).counts[Outcome.LOST] == 1  # the policy knows its words


def test_every_word_without_a_meaning_is_told_at_once():
    with pytest.raises(DealsError) as error:
        read(["Won", "Lost", "Cancelled", "Declined"])
    assert [problem.where for problem in error.value.problems] == ["deals.csv:4", "deals.csv:5"]


def test_won_or_not_warns_that_open_deals_would_be_losses():
    found = read_outcomes(raw_of(Converted=["1", "0"]))
    assert "taken for lost" in found.warnings[0].en
    assert "Converted" in found.warnings[0].fr


def test_assumed_stages_are_said():
    found = read_outcomes(raw_of(Stage=["Won", "Lost", "Technical review"]))
    assert "Technical review" in found.warnings[0].en


@given(
    st.lists(st.sampled_from(["Won", "Lost", "Sans suite", "No bid", "Open", None])), st.randoms()
)
def test_the_order_of_rows_makes_no_difference(words, random):
    words = ["Won", "Lost", *words]
    shuffled = random.sample(words, len(words))
    assert read(words).counts == read(shuffled).counts
    assert sum(read(words).counts.values()) == len(words)


def test_columns_of_the_policy_that_are_not_there_are_told_with_the_nearest():
    with pytest.raises(DealsError) as error:
        read_outcomes(raw_of(Won=["1"], Closed=["1"]), rule=FlagRule(won="Wonn", closed="Close"))
    assert [problem.hint for problem in error.value.problems] == [
        "did you mean 'Won'?",
        "did you mean 'Closed'?",
    ]
