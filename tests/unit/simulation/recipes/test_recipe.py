"""The recipes know the policies they invent deals for: no column and no word is of another."""

from pathlib import Path

import pytest

from features.facts import means_not_applicable, means_unknown
from features.policy import load_policy
from simulation.example_deals import example_deals
from simulation.recipes.industrial_equipment import INDUSTRIAL_EQUIPMENT
from simulation.recipes.public_tenders import PUBLIC_TENDERS
from simulation.recipes.recipe import Recipe
from simulation.recipes.software import B2B_SOFTWARE

EXAMPLES = Path(__file__).parents[4] / "examples"
FILES = {
    "industrial_equipment": (INDUSTRIAL_EQUIPMENT, "pieces_et_prestations.yaml"),
    "public_tenders": (PUBLIC_TENDERS, "policy.yaml"),
    "b2b_software": (B2B_SOFTWARE, "policy.yaml"),
}


@pytest.mark.parametrize("name", FILES)
def test_the_columns_are_those_of_the_policy(name):
    recipe, file = FILES[name]
    assert isinstance(recipe, Recipe)
    policy = load_policy(EXAMPLES / name / file)
    named = {field.column or key for key, field in policy.asked.items()}
    named |= {one.observed_column for one in policy.asked.values() if one.observed_column}
    assert set(recipe.draws) == named
    spec, ledger = policy.deals, recipe.ledger
    assert (spec.id, spec.account, spec.as_of, spec.closed_on) == (
        ledger.id, ledger.account, ledger.as_of, ledger.closed_on,
    )  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_answer_is_one_that_the_policy_allows(name):
    policy = load_policy(EXAMPLES / name / FILES[name][1])
    deals = example_deals(name)
    for key, field in policy.fields.items():
        if field.derived:
            continue
        for text in deals[field.column or key].unique():
            if not means_unknown(text, field) and not means_not_applicable(text, field):
                field.read(text)  # raises where it is not allowed
