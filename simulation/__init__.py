"""A market with known truth, for the demo, the tests and the benchmarks."""

from simulation.example_deals import example_names, write_example
from simulation.market import SimulatedMarket, simulate, write_deals
from simulation.settings import MarketSettings

__all__ = [
    "MarketSettings",
    "SimulatedMarket",
    "example_names",
    "simulate",
    "write_deals",
    "write_example",
]
