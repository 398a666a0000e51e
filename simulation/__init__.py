"""A market with known truth, for the demo, the tests and the benchmarks."""

from simulation.example_deals import write_example
from simulation.market import SimulatedMarket, simulate, write_deals
from simulation.recipes import RECIPES
from simulation.settings import MarketSettings

__all__ = [
    "RECIPES",
    "MarketSettings",
    "SimulatedMarket",
    "simulate",
    "write_deals",
    "write_example",
]
