"""A market with known truth, for the demo, the tests and the benchmarks."""

from simulation.market import SimulatedMarket, simulate, write_deals
from simulation.settings import MarketSettings

__all__ = ["MarketSettings", "SimulatedMarket", "simulate", "write_deals"]
