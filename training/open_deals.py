"""The deals of a file that are open: what has ended needs no plan."""

from datetime import date

import numpy as np

from training.deals_on_file import DealsOnFile
from training.outcomes.outcome import Outcome
from training.outcomes.preset_outcome import preset_rule
from training.outcomes.reading import read_outcomes
from training.outcomes.rule import OutcomeRule


def open_deals(deals: DealsOnFile, as_of: date) -> DealsOnFile:
    """Return the open deals of a file that was read without its outcomes.

    Where the file has no outcome, all its deals are taken to be open: it is a file of open deals.
    What closes after ``as_of`` is open on that day; what was not decided upon yet is no deal.

    Raises
    ------
    DealsError
        When the outcomes are there and cannot be read.
    """
    rows = np.asarray(deals.table.as_of <= np.datetime64(as_of))
    rule = _rule(deals)
    if rule is not None and set(rule.columns) <= set(deals.raw.headers):
        reading = read_outcomes(deals.raw, rule=rule)
        is_open = reading.outcomes[deals.kept] == Outcome.OPEN
        if deals.closed_on is not None:
            is_open |= reading.is_deal[deals.kept] & (deals.closed_on > np.datetime64(as_of))
        rows &= is_open
    return deals.take(np.flatnonzero(rows))


def _rule(deals: DealsOnFile) -> OutcomeRule | None:
    """Return how the policy says that deals end, or else the preset of the CRM."""
    mapping = deals.columns.mapping
    if deals.columns.rule is not None or mapping is None or mapping.preset is None:
        return deals.columns.rule
    return preset_rule(deals.raw, mapping.preset)
