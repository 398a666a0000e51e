"""What a deal brings and costs, from today on: the numbers that a policy knows or asks for."""

from pydantic import Field

from features.policy.amounts import Amount, fields_of
from features.policy.parts import Part


class Economics(Part):
    """The economics block. Every number may be a constant, a field, or a table; none is assumed.

    ``margin`` is money, or ``margin_rate`` a share of ``revenue``. ``remaining_hours`` and
    ``remaining_contacts`` are what the pursuit still costs from today on: what was spent is spent.
    ``default_probability`` and ``loss_given_default`` are shares, ``exposure`` is money.
    ``capacity_hours`` are the hours there are for all deals together, in the period that the
    planner plans. ``discount_rate_per_year`` and ``months_to_close`` discount what comes late.
    """

    currency: str | None = Field(default=None, min_length=1, max_length=8)
    revenue: Amount | None = None
    margin: Amount | None = None
    margin_rate: Amount | None = None
    remaining_hours: Amount | None = None
    cost_per_hour: Amount | None = None
    remaining_contacts: Amount | None = None
    cost_per_contact: Amount | None = None
    other_costs: Amount | None = None
    exposure: Amount | None = None
    default_probability: Amount | None = None
    loss_given_default: Amount | None = None
    months_to_close: Amount | None = None
    discount_rate_per_year: Amount | None = None
    capacity_hours: float | None = Field(default=None, ge=0, allow_inf_nan=False)

    def amounts(self) -> dict[str, Amount]:
        """Return the numbers that are given, by name."""
        found = {name: getattr(self, name) for name in type(self).model_fields}
        return {
            name: amount
            for name, amount in found.items()
            if amount is not None and name not in {"currency", "capacity_hours"}
        }

    def fields(self) -> frozenset[str]:
        """Return the fields that some number hangs on."""
        return frozenset().union(*(fields_of(amount) for amount in self.amounts().values()))
