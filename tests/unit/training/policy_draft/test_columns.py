import pyarrow as pa
import pytest

from features.texts import Text
from reports.findings import Clue, Finding, LeakKind, Severity
from training.mapping.deal_mapping import map_deals
from training.outcomes.reading import read_outcomes
from training.policy_draft.columns import Use, draft_columns, without_kinds_of_account
from training.readers.column_kinds import column_kinds
from training.sources.raw_table import RawTable


def use_of(header, values, *kinds, severity=Severity.SUSPECT):
    n = len(values)
    table = pa.table({"Status": ["Won", *["Lost"] * (n - 1)], header: values})
    raw = RawTable(table=table, where="deals.csv")
    facts, why = column_kinds(raw), Text(en="why", fr="pourquoi")
    clues = tuple(
        Clue(column=header, kind=kind, severity=severity, evidence=why) for kind in kinds
    )
    leaks = [Finding(column=header, kind=kinds[0], severity=severity, clues=clues, remedy=why)
             ] if kinds else []  # fmt: skip
    mapping = without_kinds_of_account(map_deals(raw), facts)
    columns = draft_columns(raw.headers, mapping, read_outcomes(raw), facts, leaks)
    return next(one for one in columns if one.header == header)


FEW, MANY = ["a", "b", "c"] * 40, [f"label {n}" for n in range(60)] * 2


@pytest.mark.parametrize(
    ("header", "values", "use"),
    [
        ("Colour", FEW, Use.MODEL),
        ("Region code", MANY, Use.SHOWN),
        ("Owner", FEW, Use.SHOWN),
        ("Client", FEW, Use.MODEL),  # New, Past, Current: a kind of client
        ("Client", MANY, Use.SHOWN),
        ("Loss reason", FEW, Use.OUT),
        ("Colour", ["a"] * 120, Use.OUT),
        ("Colour", [f"x{n}y" for n in range(120)], Use.OUT),
    ],
)
def test_what_becomes_of_a_column(header, values, use):
    assert use_of(header, values).use is use


def test_what_is_certain_is_out_and_what_is_suspect_is_for_people():
    assert use_of("Colour", FEW, LeakKind.PINNED_VALUE, severity=Severity.CERTAIN).use is Use.OUT
    late = use_of("Colour", FEW, LeakKind.PINNED_VALUE, LeakKind.TELLING_NAME)
    assert (late.use, late.why) == (Use.SHOWN, Text(en="why", fr="pourquoi"))


def test_what_is_only_strong_stays_with_its_doubt():
    strong = use_of("Colour", FEW, LeakKind.PREDICTS_ALONE, LeakKind.PINNED_VALUE)
    assert (strong.use, strong.doubt) == (Use.MODEL, Text(en="why", fr="pourquoi"))


def test_a_customer_and_a_product_have_a_track_record():
    assert use_of("Client", MANY).has_track_record
    assert use_of("Product", FEW).has_track_record
    assert not use_of("Client", FEW).has_track_record
