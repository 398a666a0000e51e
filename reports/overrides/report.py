"""What became of deals on which somebody overrode the recommendation, as data."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from features.texts import Text
from reports.refused.report import Rate

FEWEST_A_ROLE = 5
"""Closed deals of a role below which its win rate is not told: it would be of single people."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RoleOverrides(_Part):
    """The overrides of one role; ``rate`` is None where fewer than five of its deals closed."""

    role: str
    overrides: int
    closed: int
    rate: Rate | None


class Overrides(_Part):
    """Overrides that let a deal be worked, beside the policy's own go deals.

    ``let_through`` counts them by deal, the last word on each; of these ``found`` are on file,
    ``open`` have not ended, ``declined`` were not worked after all. ``held_back`` are overrides
    the other way, of which there can be no outcome. ``standing`` are in force on the day.
    ``rate`` is of overridden deals that ended, ``own`` of those that the policy itself says go to.
    ``roles`` are in the order of the alphabet: nobody is ranked.
    """

    policy: str
    title: Text
    as_of: str
    let_through: int
    held_back: int
    standing: int
    found: int
    open: int
    declined: int
    rate: Rate
    own: Rate
    roles: tuple[RoleOverrides, ...]

    def to_data(self) -> dict[str, Any]:
        """Return the report as plain data, for its JSON twin."""
        return self.model_dump(mode="json")
