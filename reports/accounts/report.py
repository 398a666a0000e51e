"""A ranking of accounts as data, from the shortest to the longest term.

The page, the terminal and the JSON twin are all made from this, so they cannot disagree.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict

from features.texts import Text
from models.accounts import Account, HorizonName, RankedBy
from models.evidence import EvidenceLevel


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AccountHorizon(_Part):
    """Open deals that close within a horizon: sums of what is known, beside how many are not."""

    deals: int
    expected_revenue: float
    value: float
    unknown_revenue: int
    unknown_value: int


class AccountRow(_Part):
    """One account; None is unknown, and never zero.

    ``bought`` is won revenue of the last twelve months, ``bought_unknown`` counts won deals of
    unknown revenue. ``reachable`` is the potential less what is bought and open.
    ``knocked_out_by`` says what refuses every one of its open deals.
    """

    name: str
    bought: float
    bought_unknown: int
    horizons: dict[HorizonName, AccountHorizon]
    potential: float | None
    reachable: float | None
    total: float
    open_deals: int
    refused: int
    knocked_out_by: tuple[Text, ...]


class Accounts(_Part):
    """The whole ranking, the largest first.

    ``has_potential`` says whether the policy tells what an account could buy, ``has_months``
    whether it tells when deals close; ``without_account`` deals have none and are left out.
    """

    policy: str
    title: Text
    currency: str | None
    as_of: str
    since: str
    evidence_level: EvidenceLevel
    assumed: bool
    ranked_by: RankedBy
    has_potential: bool
    has_months: bool
    without_account: int
    accounts: tuple[AccountRow, ...]
    knocked_out: tuple[AccountRow, ...]

    def to_data(self) -> dict[str, Any]:
        """Return the ranking as plain data, for its JSON twin."""
        return self.model_dump(mode="json")


def account_row(account: Account, reasons: dict[str, Text]) -> AccountRow:
    """Return an account as a row; ``reasons`` are those of the knockouts, by id."""
    return AccountRow(
        name=account.name,
        bought=account.bought,
        bought_unknown=account.bought_unknown,
        horizons={
            name: AccountHorizon(
                deals=one.deals,
                expected_revenue=one.expected_revenue,
                value=one.value,
                unknown_revenue=one.unknown_revenue,
                unknown_value=one.unknown_value,
            )
            for name, one in account.horizons.items()
        },
        potential=account.potential,
        reachable=account.reachable,
        total=account.total,
        open_deals=account.open_deals,
        refused=account.refused,
        knocked_out_by=tuple(reasons[name] for name in account.knocked_out_by),
    )
