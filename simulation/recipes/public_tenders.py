"""The tenders of a company that bids for public contracts; all invented."""

from datetime import date
from typing import Final

from simulation.draws import Count, DayNear, Number, OneOf, PartOf, Unless
from simulation.recipes.recipe import Ledger, Recipe, Told

_GOOD: Told = {
    "bid_meeting_on": "2026-05-11", "result": "pending", "procedure": "restricted",
    "estimated_value": "400000", "our_price": "370000", "submission_on": "2026-06-15",
    "published_on": "2026-05-04", "price_weight": "40", "mandatory_unmet": "0",
    "requirements_met": "118", "requirements_total": "120", "references_asked": "3",
    "references_ours": "5", "certification": "held", "site_visit": "done",
    "conflict_of_interest": "no", "first_heard": "before publication", "relationship": "trusted",
    "incumbent": "nobody", "competitors": "2", "questions_answered": "yes",
    "expected_margin_percent": "18", "penalty_cap_percent": "5", "unlimited_liability": "no",
    "bid_hours": "90", "free_hours": "160",
}  # fmt: skip

TOLD: tuple[Told, ...] = (
    _GOOD | {"tender": "PREPARED", "buyer": "City of Norwell"},
    _GOOD | {"tender": "MUST-HAVE-MISSING", "buyer": "City of Norwell", "mandatory_unmet": "1"},
    _GOOD
    | {"tender": "REFERENCES-SHORT", "buyer": "Harbour Authority", "references_ours": "2"},
    _GOOD | {"tender": "COVERAGE-75", "buyer": "Harbour Authority", "requirements_met": "90"},
    _GOOD
    | {"tender": "WIRED", "buyer": "Ministry of Roads", "first_heard": "through the notice",
       "relationship": "none", "incumbent": "another", "competitors": "5"},
    _GOOD
    | {"tender": "LARGE-AND-LATE", "buyer": "Regional Rail", "estimated_value": "4000000",
       "our_price": "3700000", "submission_on": "2026-05-27", "first_heard": "from a partner"},
    _GOOD
    | {"tender": "LARGE-LATE-PREPARED", "buyer": "Regional Rail", "estimated_value": "4000000",
       "our_price": "3700000", "submission_on": "2026-05-27"},
    _GOOD | {"tender": "SPEC-UNREAD", "buyer": "University Hospital", "mandatory_unmet": "tbd"},
    _GOOD
    | {"tender": "CONFLICT-UNCHECKED", "buyer": "University Hospital", "conflict_of_interest": ""},
    _GOOD
    | {"tender": "LOWEST-PRICE-2024", "buyer": "School Board", "bid_meeting_on": "2024-10-14",
       "submission_on": "2024-11-20", "published_on": "2024-10-07", "price_weight": "80",
       "our_price": "410000", "result": "awarded to another", "awarded_on": "2025-01-20"},
    _GOOD
    | {"tender": "LOWEST-PRICE-2026", "buyer": "School Board", "price_weight": "80",
       "our_price": "410000"},
    _GOOD | {"tender": "NO-VISIT-HELD", "buyer": "Water Board", "site_visit": "none held"},
    _GOOD
    | {"tender": "WEAK", "buyer": "Water Board", "first_heard": "through the notice",
       "relationship": "none", "competitors": "9", "our_price": "480000", "price_weight": "70",
       "references_asked": "0", "references_ours": "0", "questions_answered": "no",
       "requirements_met": "98"},
)  # fmt: skip

PUBLIC_TENDERS: Final = Recipe(
    ledger=Ledger(
        id="tender", account="buyer", as_of="bid_meeting_on", closed_on="awarded_on",
        outcome="result",
        words=("awarded to us", "awarded to another", "cancelled", "no bid", "pending"),
    ),
    prefix="T-",
    accounts=(
        "City of Norwell", "Harbour Authority", "Ministry of Roads", "Regional Rail",
        "University Hospital", "School Board", "Water Board", "County of Ashby", "Fire Service",
        "National Archive", "Airport Company", "Housing Office", "Energy Agency", "Museum Trust",
    ),
    draws={
        "procedure": OneOf({"open": 0.5, "restricted": 0.35, "negotiated": 0.15}, 0.3),
        "estimated_value": Number(330_000, 1.0, step=1_000),
        "our_price": Number(of="estimated_value", median=0.98, spread=0.1, step=1_000, pull=-0.4),
        "submission_on": DayNear(25, 0.6, pull=0.2),
        "published_on": DayNear(7, 0.5, before=True),
        "price_weight": OneOf({"80": 0.12, "60": 0.33, "50": 0.2, "40": 0.35}, 0.3),
        "mandatory_unmet": Count(1.2, -0.3, none=0.78),
        "requirements_total": Number(110, 0.4),
        "requirements_met": PartOf("requirements_total", median=0.93, spread=1.2, pull=0.4),
        "references_asked": OneOf({"5": 0.1, "3": 0.6, "2": 0.3}),
        "references_ours": Count(5.0, 0.4),
        "certification": Unless(
            "none asked", 0.3, OneOf({"missing": 0.05, "in progress": 0.1, "held": 0.85})
        ),
        "site_visit": Unless(
            "none held", 0.6, OneOf({"missed": 0.06, "booked": 0.24, "done": 0.7})
        ),
        "conflict_of_interest": OneOf({"yes": 0.02, "no": 0.98}),
        "first_heard": OneOf(
            {"through the notice": 0.4, "from a partner": 0.2, "before publication": 0.4}, 0.5
        ),
        "relationship": OneOf({"none": 0.3, "known": 0.4, "trusted": 0.3}, 0.5),
        "incumbent": OneOf({"another": 0.45, "nobody": 0.3, "us": 0.25}, 0.4),
        "competitors": Count(4.0, -0.4),
        "questions_answered": OneOf({"no": 0.45, "yes": 0.55}, 0.3),
        "expected_margin_percent": Number(16, 0.4, largest=45),
        "penalty_cap_percent": Unless(
            "no penalties", 0.2, OneOf({"20": 0.06, "10": 0.34, "5": 0.6})
        ),
        "unlimited_liability": OneOf({"yes": 0.05, "no": 0.95}),
        "bid_hours": Number(85, 0.5, step=5),
        "free_hours": Number(170, 0.4, step=5),
        "notes": OneOf({"": 0.8, "Ask for the site plan": 0.1, "Call the second partner": 0.1}),
    },
    blanks={
        "our_price": 0.12, "mandatory_unmet": 0.08, "competitors": 0.25, "relationship": 0.05,
        "incumbent": 0.1, "references_ours": 0.06, "conflict_of_interest": 0.03,
        "unlimited_liability": 0.06, "expected_margin_percent": 0.2, "penalty_cap_percent": 0.1,
        "questions_answered": 0.1, "requirements_met": 0.05,
    },
    told=TOLD,
    first_day=date(2024, 6, 1),
    last_day=date(2026, 5, 31),
    median_days=95,
    seed=23,
)  # fmt: skip
