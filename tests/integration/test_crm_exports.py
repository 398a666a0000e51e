"""One export a CRM, in English and in French, gives the canonical table and the right outcomes."""

from pathlib import Path

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from features.crm.preset import presets
from features.errors import DealsError
from training.mapping.deal_mapping import Role, map_deals
from training.outcomes.reading import read_outcomes
from training.sources.location import read_source
from training.sources.raw_table import RawTable

FOLDER = Path(__file__).parent.parent / "fixtures" / "crm"

# file -> preset, (won, lost, no decision, declined, open), rows set aside
EXPECTED = {
    "salesforce_en.csv": ("salesforce", (5, 4, 0, 0, 3), 0),
    "salesforce_fr.csv": ("salesforce", (5, 4, 0, 0, 3), 0),
    "salesforce_api.csv": ("salesforce", (5, 4, 0, 0, 3), 0),
    "hubspot_en.csv": ("hubspot", (4, 3, 0, 0, 3), 0),
    "hubspot_fr.csv": ("hubspot", (4, 3, 0, 0, 3), 0),
    "hubspot_api.csv": ("hubspot", (4, 3, 0, 0, 3), 0),
    "dynamics_en.xlsx": ("dynamics", (4, 3, 0, 0, 3), 2),
    "dynamics_fr.xlsx": ("dynamics", (4, 3, 0, 0, 3), 2),
    "pipedrive_en.csv": ("pipedrive", (4, 4, 0, 0, 2), 1),
    "pipedrive_fr.csv": ("pipedrive", (4, 4, 0, 0, 2), 1),
    "odoo_en.csv": ("odoo", (3, 3, 0, 0, 3), 1),
    "odoo_fr.csv": ("odoo", (3, 3, 0, 0, 3), 1),
    "zoho_en.csv": ("zoho", (3, 4, 0, 0, 3), 0),
    "zoho_fr.csv": ("zoho", (3, 4, 0, 0, 3), 0),
    "fivetran_salesforce.csv": ("fivetran_salesforce", (3, 3, 0, 0, 3), 1),
    "fivetran_hubspot.csv": ("fivetran_hubspot", (3, 3, 0, 0, 3), 1),
    "maven.csv": ("maven", (5, 4, 0, 0, 3), 0),
}

COLUMNS = {
    "salesforce_en.csv": {
        "deal_id": "Opportunity ID", "deal_name": "Opportunity Name", "account": "Account Name",
        "owner": "Opportunity Owner", "amount": "Amount", "stage": "Stage",
        "created_on": "Created Date", "closed_on": "Close Date", "expected_close": "Close Date",
        "source": "Lead Source", "deal_type": "Type", "human_probability": "Probability (%)",
    },
    "salesforce_fr.csv": {
        "deal_id": "ID de l'opportunité", "deal_name": "Nom de l'opportunité",
        "account": "Nom du compte", "owner": "Propriétaire de l'opportunité", "amount": "Montant",
        "stage": "Etape", "created_on": "Date de création", "closed_on": "Date de clôture",
        "expected_close": "Date de clôture", "source": "Origine de la piste",
    },
    "salesforce_api.csv": {
        "deal_id": "Id", "deal_name": "Name", "account": "AccountId", "owner": "OwnerId",
        "amount": "Amount", "stage": "StageName", "created_on": "CreatedDate",
        "closed_on": "CloseDate", "expected_close": "CloseDate", "source": "LeadSource",
        "deal_type": "Type", "human_probability": "Probability",
        "loss_reason": "Loss_Reason__c",
    },
    "hubspot_en.csv": {
        "deal_id": "Record ID", "deal_name": "Deal Name", "stage": "Deal Stage",
        "pipeline": "Pipeline", "amount": "Amount", "created_on": "Create Date",
        "closed_on": "Close Date", "expected_close": "Close Date", "owner": "Deal owner",
        "account": "Associated Company", "loss_reason": "Closed Lost Reason",
        "human_probability": "Deal Probability",
    },
    "hubspot_fr.csv": {
        "deal_id": "ID de fiche d’informations", "deal_name": "Nom de la transaction",
        "stage": "Phase de la transaction", "pipeline": "Pipeline", "amount": "Montant",
        "created_on": "Date de création", "closed_on": "Date de fermeture",
        "expected_close": "Date de fermeture", "owner": "Propriétaire de la transaction",
    },
    "hubspot_api.csv": {
        "deal_id": "hs_object_id", "deal_name": "dealname", "stage": "dealstage",
        "pipeline": "pipeline", "amount": "amount", "created_on": "createdate",
        "closed_on": "closedate", "expected_close": "closedate", "owner": "hubspot_owner_id",
        "loss_reason": "closed_lost_reason", "human_probability": "hs_deal_stage_probability",
    },
    "dynamics_en.xlsx": {
        "deal_id": "(Do Not Modify) Opportunity", "deal_name": "Topic", "account": "Account",
        "expected_close": "Est. close date", "closed_on": "Actual Close Date",
        "amount": "Est. revenue", "owner": "Owner", "created_on": "Created On",
    },
    "dynamics_fr.xlsx": {
        "deal_id": "(Ne pas modifier) Opportunité", "deal_name": "Nom de l'opportunité",
        "account": "Compte client", "expected_close": "Date de clôture estimée",
        "closed_on": "Date de clôture réelle", "amount": "Chiffre d'affaires estimé",
        "owner": "Propriétaire", "created_on": "Créé le",
    },
    "pipedrive_en.csv": {
        "deal_id": "Deal - ID", "deal_name": "Deal - Title", "amount": "Deal - Value",
        "currency": "Deal - Currency of Value", "account": "Deal - Organization",
        "pipeline": "Deal - Pipeline", "stage": "Deal - Stage",
        "loss_reason": "Deal - Lost reason", "owner": "Deal - Owner",
        "created_on": "Deal - Deal created", "closed_on": "Deal - Won time",
        "expected_close": "Deal - Expected close date", "deal_type": "Deal - Label",
    },
    "pipedrive_fr.csv": {
        "deal_id": "Affaire - ID", "deal_name": "Affaire - Titre", "amount": "Affaire - Valeur",
        "account": "Affaire - Organisation", "stage": "Affaire - Étape",
        "created_on": "Affaire - Affaire créée", "closed_on": "Affaire - Date de gain",
        "expected_close": "Affaire - Date de clôture prévue",
        "loss_reason": "Affaire - Raison de perte",
    },
    "odoo_en.csv": {
        "deal_id": "id", "deal_name": "name", "account": "partner_id", "owner": "user_id",
        "pipeline": "team_id", "stage": "stage_id", "amount": "expected_revenue",
        "human_probability": "probability", "created_on": "create_date",
        "closed_on": "date_closed", "expected_close": "date_deadline",
        "loss_reason": "lost_reason_id",
    },
    "odoo_fr.csv": {
        "deal_name": "Opportunité", "account": "Client", "owner": "Vendeur",
        "pipeline": "Équipe commerciale", "stage": "Étape", "amount": "Revenu espéré",
        "human_probability": "Probabilité", "created_on": "Créé le",
        "expected_close": "Date de fermeture prévue", "loss_reason": "Motif de perte",
    },
    "zoho_en.csv": {
        "deal_id": "Record Id", "deal_name": "Deal Name", "account": "Account Name",
        "owner": "Deal Owner", "amount": "Amount", "currency": "Currency", "stage": "Stage",
        "closed_on": "Closing Date", "expected_close": "Closing Date",
        "created_on": "Created Time", "source": "Lead Source", "deal_type": "Type",
        "human_probability": "Probability (%)", "loss_reason": "Reason For Loss",
    },
    "zoho_fr.csv": {
        "deal_id": "ID d'enregistrement", "deal_name": "Nom de l'affaire",
        "account": "Nom du compte", "owner": "Propriétaire de l'affaire", "amount": "Montant",
        "stage": "Étape", "closed_on": "Date de clôture", "expected_close": "Date de clôture",
        "created_on": "Heure de création", "source": "Source du prospect",
        "human_probability": "Probabilité (%)",
    },
    "fivetran_salesforce.csv": {
        "deal_id": "id", "account": "account_id", "owner": "owner_id", "deal_name": "name",
        "stage": "stage_name", "amount": "amount", "human_probability": "probability",
        "closed_on": "close_date", "expected_close": "close_date", "created_on": "created_date",
        "deal_type": "type", "source": "lead_source",
    },
    "fivetran_hubspot.csv": {
        "deal_id": "deal_id", "deal_name": "property_dealname", "amount": "property_amount",
        "created_on": "property_createdate", "closed_on": "property_closedate",
        "expected_close": "property_closedate", "pipeline": "deal_pipeline_id",
        "stage": "deal_pipeline_stage_id", "owner": "owner_id",
    },
    "maven.csv": {
        "deal_id": "opportunity_id", "owner": "sales_agent", "account": "account",
        "stage": "deal_stage", "created_on": "engage_date", "closed_on": "close_date",
        "amount": "close_value",
    },
}  # fmt: skip

# The columns that a model may learn from: everything else is a name, a date, or a leak.
USABLE = {
    "salesforce_en.csv": {"Lead Source", "Type", "Budget confirmed", "Created Date"},
    "salesforce_fr.csv": {"Origine de la piste", "Budget validé", "Date de création"},
    "salesforce_api.csv": {"Type", "LeadSource", "Budget__c", "CreatedDate"},
    "hubspot_en.csv": {"Pipeline", "Decision maker met", "Create Date"},
    "hubspot_fr.csv": {"Pipeline", "Décideur rencontré", "Date de création"},
    "hubspot_api.csv": {"pipeline", "budget_confirmed", "createdate"},
    "dynamics_en.xlsx": {"Budget", "Created On"},
    "dynamics_fr.xlsx": {"Statut du budget", "Créé le"},
    "pipedrive_en.csv": {
        "Deal - Currency of Value", "Deal - Pipeline", "Deal - Label", "Deal - Deal created",
        "Deal - Decision maker known",
    },
    "pipedrive_fr.csv": {"Affaire - Affaire créée", "Affaire - Budget prévu"},
    "odoo_en.csv": {"team_id", "create_date", "budget_confirmed"},
    "odoo_fr.csv": {"Équipe commerciale", "Créé le", "Budget confirmé"},
    "zoho_en.csv": {"Currency", "Created Time", "Lead Source", "Type", "Budget confirmed"},
    "zoho_fr.csv": {"Heure de création", "Source du prospect", "Budget confirmé"},
    "fivetran_salesforce.csv": {"created_date", "type", "lead_source", "budget__c"},
    "fivetran_hubspot.csv": {
        "property_createdate", "deal_pipeline_id", "property_budget_confirmed",
    },
    "maven.csv": {"product", "engage_date"},
}  # fmt: skip


def table_of(name):
    """Read a fixture: a sheet by its types, a text without its footer."""
    if name.endswith(".xlsx"):
        rows = CalamineWorkbook.from_path(FOLDER / name).get_sheet_by_index(0).to_python()
        columns = zip(*[[None if v == "" else v for v in row] for row in rows[1:]], strict=True)
        table = pa.table(dict(zip(rows[0], map(list, columns), strict=True)))
        return RawTable(table=table, where=name, first_line=2)
    raw = read_source(FOLDER / name)
    whole = len(raw)
    rest = raw.table.column_names[1:]
    while all(raw.table.column(column)[whole - 1].as_py() is None for column in rest):
        whole -= 1
    return RawTable(table=raw.table.slice(0, whole), where=name, first_line=2)


def renamed(raw, names):
    headers = [names.get(header, header) for header in raw.headers]
    return RawTable(table=raw.table.rename_columns(headers), where=raw.where, first_line=2)


def counts_of(raw, preset):
    reading = read_outcomes(raw, preset=preset)
    aside = sum(int(part.rows.sum()) for part in reading.left_out)
    return tuple(reading.counts.values()), aside


def test_every_fixture_is_expected_and_every_system_speaks_both_languages():
    names = {file.name for file in FOLDER.iterdir()}
    assert names == set(EXPECTED) == set(COLUMNS) == set(USABLE)
    for system in ("salesforce", "hubspot", "dynamics", "pipedrive", "odoo", "zoho"):
        assert {f"{system}_en", f"{system}_fr"} <= {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("name", EXPECTED)
def test_an_export_is_recognised_and_its_outcomes_are_right(name):
    preset, counts, aside = EXPECTED[name]
    raw = table_of(name)
    mapping = map_deals(raw)
    assert mapping.preset is presets()[preset]
    assert counts_of(raw, mapping.preset) == (counts, aside)
    assert sum(counts) + aside == len(raw)
    assert map_deals(raw, preset=preset).columns == mapping.columns


@pytest.mark.parametrize("name", EXPECTED)
def test_an_export_gives_the_canonical_columns(name):
    mapping = map_deals(table_of(name))
    assert {target: found[0] for target, found in mapping.columns.items()} == COLUMNS[name]
    assert mapping.as_of == COLUMNS[name]["created_on"]


@pytest.mark.parametrize("name", EXPECTED)
def test_only_facts_of_the_day_of_decision_are_usable(name):
    raw = table_of(name)
    mapping = map_deals(raw)
    rule = read_outcomes(raw, preset=mapping.preset).rule
    roles = mapping.roles(raw.headers, rule.columns)
    assert [role.header for role in roles] == list(raw.headers)
    assert {role.header for role in roles if role.leak is None} == USABLE[name]
    assert all((role.reason is None) == (role.leak is None) for role in roles)
    assert {role.header for role in roles if role.role is Role.OUTCOME} == set(rule.columns)


def test_pipedrive_closes_on_the_day_it_was_won_or_lost():
    mapping = map_deals(table_of("pipedrive_fr.csv"))
    assert mapping.columns["closed_on"] == ("Affaire - Date de gain", "Affaire - Date de perte")


def test_stage_ids_of_hubspot_are_never_believed():
    """In this portal contractsent means won and closedwon means lost: the flags know."""
    raw = table_of("hubspot_api.csv")
    flags = {"hs_is_closed_won", "hs_is_closed_lost", "hs_is_closed"}
    without = RawTable(table=raw.table.drop_columns(list(flags)), where="hubspot.csv")
    with pytest.raises(DealsError, match="keep their old names") as error:
        read_outcomes(without, preset=map_deals(raw).preset)
    assert "hs_is_closed_won" in str(error.value.problems[0].hint)


def test_odoo_without_its_archive_is_refused_with_the_way_out():
    raw = table_of("odoo_en.csv")
    shown = RawTable(
        table=raw.table.filter(pa.compute.equal(raw.table.column("active"), "True")), where="o.csv"
    )
    with pytest.raises(DealsError, match="no deal was lost") as error:
        read_outcomes(shown, preset=map_deals(shown).preset)
    assert "'Lost' and 'Archived'" in str(error.value.problems[0].hint)


def test_a_renamed_header_loses_its_target_and_no_other():
    raw = table_of("zoho_en.csv")
    mapping = map_deals(renamed(raw, {"Closing Date": "Our big day"}))
    assert mapping.preset is presets()["zoho"]
    assert "closed_on" not in mapping.columns
    assert mapping.header("amount") == "Amount"


def test_two_columns_for_one_target_are_an_error_that_says_how_to_choose():
    raw = table_of("salesforce_fr.csv")
    twice = RawTable(
        table=raw.table.append_column("Étape", raw.table.column("Etape")), where="sf.csv"
    )
    with pytest.raises(DealsError, match="'Etape' and 'Étape' are both the stage") as error:
        map_deals(twice)
    assert "deals: {columns: {stage: Etape}}" in str(error.value.problems[0].hint)
    assert map_deals(twice, chosen={"stage": "Étape"}).header("stage") == "Étape"
