"""What it takes to invent the deals of an example policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from simulation.draws import Draw

Told: TypeAlias = dict[str, str]
"""A deal written by hand: what stands in its columns; those that are not named are blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The columns of a file that are no answers, and the words for how deals end.

    ``words`` stand for won, lost, without decision, declined by us, and open.
    """

    id: str
    account: str
    as_of: str
    closed_on: str
    outcome: str
    words: tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The deals of an example.

    ``draws`` gives each column's answers, in the order of the columns; ``blanks`` the share of
    answers that nobody wrote down. ``told`` deals are written by hand and come first.
    """

    ledger: Ledger
    prefix: str
    accounts: tuple[str, ...]
    draws: Mapping[str, Draw]
    blanks: Mapping[str, float]
    told: tuple[Told, ...]
    first_day: date
    last_day: date
    median_days: float
    seed: int
    n_deals: int = 110
    delimiter: str = ","
