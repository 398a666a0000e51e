"""What an hour costs: one price, or the mean of the roles by their hours."""

from datetime import date
from typing import Any

import numpy as np

from features.deal import Deal
from features.fields import NumberField
from features.policy import Economics
from features.table import DealTable
from training.effort.hour_costs import hour_costs

TABLE = DealTable.of(
    [Deal(as_of=date(2026, 1, 5), facts={"hours": hours} if hours else {}) for hours in (30.0, 0)],
    {"hours": NumberField(type="number")},
)


def costs(**given: Any) -> Any:  # a vector, or None
    return hour_costs(Economics.model_validate(given), TABLE)


def test_one_price_for_all_hours():
    assert costs(cost_per_hour=80).tolist() == [80, 80]
    assert costs(remaining_hours=5) is None


def test_roles_weigh_by_their_hours_and_unknown_hours_leave_it_unknown():
    roles: dict[str, Any] = {
        "sales": {"remaining_hours": 10, "cost_per_hour": 60},
        "presales": {"remaining_hours": {"field": "hours"}, "cost_per_hour": 100},
    }
    found = costs(roles=roles)
    assert found[0] == (10 * 60 + 30 * 100) / 40
    assert np.isnan(found[1])
    del roles["presales"]["cost_per_hour"]
    assert costs(roles=roles)[0] == 10 * 60 / 40
    del roles["sales"]["cost_per_hour"]
    assert costs(roles=roles) is None
