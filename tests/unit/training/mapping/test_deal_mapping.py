import pyarrow as pa
import pytest

from features.crm.preset import LeakClass, presets
from features.errors import DealsError, InputError
from training.mapping.deal_mapping import REASONS, TARGET_LEAKS, TARGETS, Role, map_deals
from training.sources.raw_table import RawTable

SALESFORCE = ["Id", "Amount", "StageName", "IsClosed", "IsWon", "CloseDate", "CreatedDate"]


def raw_of(headers):
    return RawTable(table=pa.table({name: ["x"] for name in headers}), where="deals.csv")


def role_of(headers, header, outcome=()):
    found = map_deals(raw_of(headers)).roles(headers, outcome)
    return next(role for role in found if role.header == header)


def test_every_class_and_every_kept_target_has_a_reason_in_both_languages():
    assert set(REASONS) == set(LeakClass)
    assert set(TARGET_LEAKS) <= set(TARGETS)


@pytest.mark.parametrize(
    ("header", "leak"),
    [
        ("Probability", LeakClass.KNOWN_AT_CLOSE),
        ("ForecastCategoryName", LeakClass.KNOWN_AT_CLOSE),
        ("Why_we_lost__c", LeakClass.KNOWN_AT_CLOSE),
        ("Lost_to__c", LeakClass.KNOWN_AT_CLOSE),
        ("Date de clôture interne", LeakClass.KNOWN_AT_CLOSE),
        ("NextStep", LeakClass.CHANGES_LATER),
        ("LastModifiedDate", LeakClass.CHANGES_LATER),
        ("Description", LeakClass.IDENTIFIES),
        ("CreatedById", LeakClass.IDENTIFIES),
        ("IsWon", LeakClass.SAYS_THE_OUTCOME),
    ],
)
def test_the_leak_list_names_and_patterns_keep_out(header, leak):
    found = role_of([*dict.fromkeys([*SALESFORCE, header])], header)
    assert found.leak is leak
    assert found.reason == REASONS[leak]


@pytest.mark.parametrize(
    "header",
    ["Wonder__c", "Disclosed budget", "Closeness", "Glossary", "Gainsight tier", "Enclosure"],
)
def test_a_word_that_only_resembles_a_leak_is_free(header):
    assert role_of([*SALESFORCE, header], header).role is Role.FREE


def test_a_target_that_is_the_outcome_column_says_so():
    found = role_of(SALESFORCE, "StageName", outcome=("StageName",))
    assert (found.role, found.target, found.leak) == (
        "outcome",
        "stage",
        LeakClass.SAYS_THE_OUTCOME,
    )


def test_the_closing_day_of_salesforce_is_also_the_expected_one():
    mapping = map_deals(raw_of(SALESFORCE))
    assert mapping.close_is_expected_while_open
    assert mapping.columns["expected_close"] == mapping.columns["closed_on"] == ("CloseDate",)
    assert role_of(SALESFORCE, "CloseDate").target == "closed_on"


def test_every_wrong_choice_is_told_at_once_with_the_nearest():
    chosen = {"amuont": "Amount", "account": "Acount", "stage": "Stage"}
    with pytest.raises(DealsError) as error:
        map_deals(raw_of([*SALESFORCE, "Account", "AMOUNT"]), chosen=chosen)
    told = str(error.value)
    assert "did you mean 'amount'?" in told
    assert "did you mean 'Account'?" in told
    assert "'Amount' and 'AMOUNT' are both the amount" in told
    assert len(error.value.problems) == 4


def test_what_is_chosen_is_no_longer_a_rival():
    headers = [*SALESFORCE, "Opportunity Amount"]
    with pytest.raises(DealsError):
        map_deals(raw_of(headers))
    mapping = map_deals(raw_of(headers), chosen={"amount": "Opportunity Amount"})
    assert mapping.header("amount") == "Opportunity Amount"
    # A column given to another target leaves one candidate only.
    mapping = map_deals(raw_of(headers), chosen={"annual_revenue": "Opportunity Amount"})
    assert mapping.header("amount") == "Amount"


def test_a_preset_asked_for_by_name_is_used_whatever_the_headers_say():
    mapping = map_deals(raw_of(SALESFORCE), preset="zoho")
    assert mapping.preset is presets()["zoho"]
    assert mapping.recognition is None
    with pytest.raises(InputError, match="no preset 'zohoo'"):
        map_deals(raw_of(SALESFORCE), preset="zohoo")


def test_without_a_crm_everyday_names_are_found_and_doubts_are_left_open():
    mapping = map_deals(raw_of(["Id", "Client", "Montant", "Valeur", "Créée le", "Budget"]))
    assert mapping.preset is None
    assert mapping.header("account") == "Client"
    assert mapping.as_of == "Créée le"
    assert mapping.left_open == {"amount": ("Montant", "Valeur")}
    assert mapping.header("amount") is None


def test_a_preset_that_knows_no_header_is_the_wrong_one():
    headers = ["hs_object_id", "dealstage", "hs_tcv"]
    with pytest.raises(DealsError, match="'maven' knows no header") as error:
        map_deals(raw_of(headers), preset="maven")
    assert error.value.problems[0].hint == "it looks like hubspot"
    with pytest.raises(DealsError, match="knows no header"):
        map_deals(raw_of(["a", "b"]), preset="maven")


@pytest.mark.parametrize("kind", [pa.string(), pa.dictionary(pa.int32(), pa.string())])
def test_a_column_is_filled_in_from_its_other_headers(kind):
    won = pa.array(["2026-01-01", None, None]).cast(kind)
    lost = pa.array([None, "2026-02-02", None]).cast(kind)
    status = pa.array(["won", "lost", "open"])
    raw = RawTable(
        table=pa.table(
            {"Deal - Won time": won, "Deal - Lost time": lost, "Deal - Status": status}
        ),
        where="p.csv",
    )
    mapping = map_deals(raw)
    closed = mapping.column("closed_on", raw)
    assert closed is not None
    assert closed.to_pylist() == ["2026-01-01", "2026-02-02", None]
    assert mapping.column("stage", raw) is None
