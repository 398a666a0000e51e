import pyarrow as pa

from training.mapping.deal_mapping import map_deals
from training.policy_draft.deals_block import DealsBlockWriter
from training.policy_draft.outcome import read_draft_outcomes
from training.readers.column_kinds import inferred_columns
from training.sources.raw_table import RawTable

ENDS = {"Won": ["yes", "no", "no"]}


def block_of(outcome=None, **columns):
    raw = RawTable(table=pa.table({**columns}), where="deals.csv", first_line=2)
    mapping = map_deals(raw)
    reading, unsure = read_draft_outcomes(raw, preset=mapping.preset, column=outcome)
    writer = DealsBlockWriter(raw, mapping, reading, inferred_columns(raw))
    return writer.block(says_outcome=outcome is not None, unsure=unsure)


def test_the_days_and_the_words():
    block = block_of(
        **{"Deal ID": ["a", "b", "c"], "Created on": ["2025-01-01"] * 3,
           "Closed on": ["2025-02-01", None, None], "Status": ["Won", "Lost", "Open"]}
    )  # fmt: skip
    assert block.data == {
        "id": "Deal ID", "as_of": "Created on", "created_on": "Created on",
        "closed_on": "Closed on",
        "outcome": {"column": "Status", "won": ["Won"], "lost": ["Lost"], "open": ["Open"]},
    }  # fmt: skip
    assert block.dated


def test_two_flags_are_named_and_a_flag_alone_warns():
    both = block_of(Won=["yes", "no", "no"], Closed=["yes", "yes", "no"])
    assert both.data["outcome"] == {"closed": "Closed", "won": "Won"}
    alone = block_of(Won=["yes", "no", "no"])
    assert alone.data["outcome"] == {"column": "Won", "won": ["yes"], "lost": ["no"]}
    assert any("still open would be taken for lost" in one.en for one in alone.remarks["outcome"])
    assert not alone.dated


def test_what_nothing_decides_is_declared_and_said():
    days = ["01/02/2025", "03/04/2025", "05/06/2025"]
    block = block_of(**{"Created on": days, "Status": ["Won", "Lost", "Lost"]})
    assert block.data["dates"] == "day_first"
    assert "'01/02/2025'" in block.remarks["dates"][0].en


def test_words_where_a_day_should_be_are_unknown():
    days = [*(f"2025-01-{n:02}" for n in range(1, 29)), "not yet"]
    block = block_of(**{"Created on": days, "Status": ["Won", *["Lost"] * 28]})
    assert block.data["unknown"] == ["not yet"]
