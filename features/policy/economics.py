"""What a deal brings and costs, from today on: the numbers that a policy knows or asks for."""

from collections.abc import Mapping

from pydantic import Field

from features.fields import Name
from features.policy.amounts import Amount, fields_of
from features.policy.parts import Part


class RoleHours(Part):
    """What a deal still asks of one role, what an hour of it costs, and how many there are."""

    remaining_hours: Amount
    cost_per_hour: Amount | None = None
    capacity_hours: float | None = Field(default=None, ge=0, allow_inf_nan=False)


class Economics(Part):
    """The economics block. Every number may be a constant, a field, or a table; none is assumed.

    ``margin`` is money, or ``margin_rate`` a share of ``revenue``; ``strategic_value`` is money
    that a won deal is worth beyond its margin, said aloud. ``remaining_hours`` and
    ``remaining_contacts`` are what the pursuit still costs from today on; ``roles`` say the hours
    role by role instead. ``spent_hours`` and ``spent_costs`` are spent: shown, and never counted.
    ``default_probability`` and ``loss_given_default`` are shares, ``exposure`` is money.
    ``capacity_hours`` are the hours there are for all deals together, in the period that the
    planner plans. ``discount_rate_per_year`` and ``months_to_close`` discount what comes late.
    ``account_potential`` is what an account could buy of us in a year, in money.
    """

    currency: str | None = Field(default=None, min_length=1, max_length=8)
    revenue: Amount | None = None
    margin: Amount | None = None
    margin_rate: Amount | None = None
    strategic_value: Amount | None = None
    remaining_hours: Amount | None = None
    cost_per_hour: Amount | None = None
    roles: dict[Name, RoleHours] = Field(default_factory=dict)
    remaining_contacts: Amount | None = None
    cost_per_contact: Amount | None = None
    other_costs: Amount | None = None
    spent_hours: Amount | None = None
    spent_costs: Amount | None = None
    exposure: Amount | None = None
    default_probability: Amount | None = None
    loss_given_default: Amount | None = None
    months_to_close: Amount | None = None
    discount_rate_per_year: Amount | None = None
    account_potential: Amount | None = None
    capacity_hours: float | None = Field(default=None, ge=0, allow_inf_nan=False)

    def amounts(self) -> dict[str, Amount]:
        """Return the numbers that are given, by name; those of roles stand apart."""
        found = {name: getattr(self, name) for name in type(self).model_fields}
        return {
            name: amount
            for name, amount in found.items()
            if amount is not None and name not in {"currency", "capacity_hours", "roles"}
        }

    def fields(self) -> frozenset[str]:
        """Return the fields that some number hangs on."""
        of_roles = [
            amount
            for role in self.roles.values()
            for amount in (role.remaining_hours, role.cost_per_hour)
        ]
        return frozenset().union(*map(fields_of, [*self.amounts().values(), *of_roles]))

    def capacities(self) -> Mapping[str, float]:
        """Return the hours there are of each role that has a limit."""
        return {
            name: role.capacity_hours
            for name, role in self.roles.items()
            if role.capacity_hours is not None
        }
