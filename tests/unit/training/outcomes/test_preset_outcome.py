import pyarrow as pa
import pytest

from features.crm.preset import presets
from features.errors import DealsError
from training.outcomes.preset_outcome import preset_rule, set_aside
from training.outcomes.rule import ArchiveRule, FlagRule, WordRule
from training.sources.raw_table import RawTable

HUBSPOT, ODOO, DYNAMICS, SALESFORCE = (
    presets()[name] for name in ("hubspot", "odoo", "dynamics", "salesforce")
)


def raw_of(**columns):
    return RawTable(table=pa.table(columns), where="deals.csv", first_line=2)


def test_flags_come_before_stages():
    raw = raw_of(StageName=["Closed Won"], IsClosed=["true"], IsWon=["true"])
    assert preset_rule(raw, SALESFORCE) == FlagRule(won="IsWon", closed="IsClosed")


def test_won_alone_is_no_rule_of_a_preset():
    rule = preset_rule(raw_of(StageName=["Closed Won"], IsWon=["true"]), SALESFORCE)
    assert isinstance(rule, WordRule)
    assert (rule.column, rule.stages) == ("StageName", True)


def test_hubspot_takes_closed_where_lost_is_missing():
    raw = raw_of(hs_is_closed_won=["true"], hs_is_closed=["true"])
    assert preset_rule(raw, HUBSPOT) == FlagRule(won="hs_is_closed_won", closed="hs_is_closed")


@pytest.mark.parametrize("stage", ["closedwon", "ClosedLost", "contractsent"])
def test_stage_ids_are_refused(stage):
    with pytest.raises(DealsError, match="ids of stages"):
        preset_rule(raw_of(dealstage=["Closed won", stage]), HUBSPOT)


def test_odoo_prefers_what_it_says_itself():
    raw = raw_of(won_status=["won"], active=["True"], probability=["100"])
    rule = preset_rule(raw, ODOO)
    assert isinstance(rule, WordRule)
    assert rule.column == "won_status"
    raw = raw_of(active=["True"], probability=["100"])
    assert preset_rule(raw, ODOO) == ArchiveRule(active="active", probability="probability")


def test_a_preset_may_have_no_say():
    assert preset_rule(raw_of(Amount=["1"]), SALESFORCE) is None


def test_two_columns_of_status_are_a_problem_told_once():
    with pytest.raises(DealsError, match="'Status' and 'STATUS'") as error:
        preset_rule(raw_of(Status=["Won"], STATUS=["Lost"]), DYNAMICS)
    assert len(error.value.problems) == 1


def test_rows_are_set_aside_with_their_reason():
    raw = raw_of(
        Status=["Lost", "Lost", "Won"], **{"Status Reason": ["CANCELED", "Out-Sold", "Won"]}
    )
    (part,) = set_aside(raw, DYNAMICS)
    assert part.rows.tolist() == [True, False, False]
    assert "no commercial loss" in part.reason.en
    assert set_aside(raw_of(Status=["Lost"]), DYNAMICS) == ()
