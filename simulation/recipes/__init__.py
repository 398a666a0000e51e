"""The recipes of the example policies' deals, by the name of the example's folder."""

from collections.abc import Mapping
from typing import Final

from simulation.recipes.industrial_equipment import INDUSTRIAL_EQUIPMENT
from simulation.recipes.public_tenders import PUBLIC_TENDERS
from simulation.recipes.recipe import Ledger, Recipe
from simulation.recipes.software import B2B_SOFTWARE

RECIPES: Final[Mapping[str, Recipe]] = {
    "industrial_equipment": INDUSTRIAL_EQUIPMENT,
    "public_tenders": PUBLIC_TENDERS,
    "b2b_software": B2B_SOFTWARE,
}

__all__ = ["RECIPES", "Ledger", "Recipe"]
