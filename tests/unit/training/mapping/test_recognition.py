import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.crm.preset import presets
from training.mapping.recognition import recognise

SETS = {
    "bohanec": "Product,Seller,Authority,Comp_size,Competitors,Purch_dept,Partnership,Budgt_alloc,"
    "Forml_tend,RFI,RFP,Growth,Posit_statm,Source,Client,Scope,Strat_deal,Cross_sale,Up_sale,"
    "Deal_type,Needs_def,Att_t_client,Status",
    "ibm": "Opportunity Number,Supplies Group,Region,Route To Market,Elapsed Days In Sales Stage,"
    "Opportunity Result,Sales Stage Change Count,Opportunity Amount USD,Competitor Type",
    "x_education": "Prospect ID,Lead Number,Lead Origin,Lead Source,Do Not Email,Converted,"
    "TotalVisits,Last Activity,Country,Tags,Lead Quality,City,Last Notable Activity",
    "own": "Id,Client,Montant,Commercial,Date de création,Date de clôture,Statut,Budget",
    "nothing": "a,b,c",
}
API = {
    name: [entry.api[0] for entries in preset.targets.values() for entry in entries if entry.api]
    for name, preset in presets().items()
}


@pytest.mark.parametrize("name", SETS)
def test_a_table_of_nobody_in_particular_is_not_taken_for_a_crm(name):
    assert recognise(SETS[name].split(",")).winner is None


@pytest.mark.parametrize("name", API)
def test_the_names_of_an_api_speak_for_it_whatever_else_is_there(name):
    found = recognise([*API[name], "Budget", "Champion", "Region__c"])
    assert found.winner is presets()[name]
    assert found.runner_up is not found.winner


@given(st.data())
def test_the_order_and_strange_columns_make_no_difference(data):
    name = data.draw(st.sampled_from(sorted(API)))
    strange = data.draw(st.lists(st.text(alphabet="xyz0", min_size=3), max_size=5))
    headers = data.draw(st.permutations([*API[name], *strange]))
    assert recognise(headers).winner is presets()[name]


def test_a_header_given_twice_does_not_count_twice():
    once, twice = recognise(["hs_tcv", "amount"]), recognise(["hs_tcv", "HS TCV", "amount"])
    assert once.candidates == twice.candidates


def test_two_exports_side_by_side_have_no_clear_winner():
    mixed = recognise([*API["pipedrive"], *API["odoo"]])
    assert mixed.winner is None
    assert {one.preset.preset for one in mixed.candidates[:2]} == {"pipedrive", "odoo"}


def test_names_that_say_nothing_of_the_outcome_are_not_enough():
    headers = ["hs_tcv", "hs_arr", "hs_mrr", "hs_acv", "num_notes"]
    assert recognise(headers).candidates[0].score > 2
    assert recognise(headers).winner is None
    assert recognise([*headers, "dealstage"]).winner is presets()["hubspot"]
