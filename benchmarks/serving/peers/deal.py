"""The facts of a deal of the demo company as pydantic reads them, and as a frame of one row."""

from typing import Any

import pandas as pd
from pydantic import BaseModel


class Deal(BaseModel):
    """What may be known of a deal."""

    deliverable: str | None = None
    region: str | None = None
    amount: float | None = None
    request_type: str | None = None
    days_to_deadline: float | None = None
    strategic: bool | None = None
    relationship: str | None = None
    contact_level: str | None = None
    budget_confirmed: bool | None = None
    need: str | None = None
    specified_by_us: bool | None = None
    competitors: float | None = None
    incumbent: str | None = None
    financial_health: str | None = None
    insolvency_proceeding: str | None = None
    exposure: float | None = None
    credit_limit: float | None = None
    delivery_load_percent: float | None = None
    estimated_hours: float | None = None


NUMBERS = tuple(name for name, one in Deal.model_fields.items() if one.annotation != str | None)
WORDS = tuple(name for name in Deal.model_fields if name not in NUMBERS)
TYPES: dict[str, Any] = dict.fromkeys(NUMBERS, "float64") | dict.fromkeys(WORDS, "object")


def frame_of(deals: list[dict[str, Any]]) -> pd.DataFrame:
    """Return deals as the pipeline wants them: true is 1, and what is unknown is missing."""
    return pd.DataFrame(deals, columns=[*NUMBERS, *WORDS]).astype(TYPES).fillna(float("nan"))
