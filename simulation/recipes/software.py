"""The deals of a company that sells software to companies; all invented."""

from datetime import date
from typing import Final

from simulation.draws import Count, DayNear, Number, OneOf, Unless
from simulation.recipes.recipe import Ledger, Recipe, Told

_GOOD: Told = {
    "qualified_on": "2026-04-20", "outcome": "Open", "annual_value": "90000",
    "budget_amount": "100000", "discount_asked_percent": "10", "stage": "proposal",
    "source": "referral", "last_contact_on": "2026-04-14", "close_date_pushes": "0",
    "metrics": "agreed", "economic_buyer": "supports us", "decision_criteria": "for us",
    "decision_process_known": "yes", "pain": "urgent", "compelling_event": "yes",
    "champion": "tested champion", "competitor_position": "present", "fit_percent": "90",
    "hosting": "our cloud", "security_questionnaire": "passed",
    "legal_terms": "theirs negotiable", "sanctioned_country": "no", "credit_rating": "strong",
    "owner": "Ines",
}  # fmt: skip

TOLD: tuple[Told, ...] = (
    _GOOD | {"opportunity": "TEXTBOOK", "account": "Brightwater Bank"},
    _GOOD
    | {"opportunity": "NOTHING-MAKES-THEM-ACT", "account": "Corvid Logistics", "pain": "latent",
       "compelling_event": "no"},
    _GOOD
    | {"opportunity": "NO-BUYER-LATE", "account": "Delphine Retail",
       "economic_buyer": "identified"},
    _GOOD
    | {"opportunity": "NO-BUYER-EARLY", "account": "Delphine Retail",
       "economic_buyer": "identified", "stage": "discovery"},
    _GOOD
    | {"opportunity": "NO-BUYER-SMALL", "account": "Elm Street Clinics", "annual_value": "9000",
       "budget_amount": "9000", "economic_buyer": "identified"},
    _GOOD
    | {"opportunity": "BUDGET-40", "account": "Foxglove Foods", "budget_amount": "36000"},
    _GOOD
    | {"opportunity": "ENTRENCHED", "account": "Granite Insurance",
       "competitor_position": "entrenched", "champion": "contact"},
    _GOOD
    | {"opportunity": "ENTRENCHED-WITH-CHAMPION", "account": "Granite Insurance",
       "competitor_position": "entrenched"},
    _GOOD
    | {"opportunity": "DISCOUNT-30", "account": "Hollis Motors", "discount_asked_percent": "30"},
    _GOOD
    | {"opportunity": "SECURITY-NOT-BEGUN", "account": "Brightwater Bank",
       "security_questionnaire": "not started"},
    _GOOD
    | {"opportunity": "SECURITY-NOT-ASKED", "account": "Hollis Motors",
       "security_questionnaire": "none asked"},
    _GOOD
    | {"opportunity": "SANCTIONS-UNCHECKED", "account": "Ivory Shipping",
       "sanctioned_country": ""},
    _GOOD
    | {"opportunity": "GOING-COLD", "account": "Juniper Media", "last_contact_on": "2026-02-20"},
    _GOOD | {"opportunity": "PAIN-UNKNOWN", "account": "Juniper Media", "pain": "?",
             "compelling_event": "no"},
)  # fmt: skip

B2B_SOFTWARE: Final = Recipe(
    ledger=Ledger(
        id="opportunity", account="account", as_of="qualified_on", closed_on="closed_on",
        outcome="outcome",
        words=("Closed Won", "Closed Lost", "No Decision", "Disqualified", "Open"),
    ),
    prefix="O-",
    accounts=(
        "Brightwater Bank", "Corvid Logistics", "Delphine Retail", "Elm Street Clinics",
        "Foxglove Foods", "Granite Insurance", "Hollis Motors", "Ivory Shipping", "Juniper Media",
        "Kestrel Energy", "Larch Pharma", "Mossbank Homes", "Northgate Foods", "Osprey Air",
        "Pinecrest Schools", "Quarry Stone", "Redwood Labs", "Silverton Mills",
    ),
    draws={
        "annual_value": Number(32_000, 0.9, step=500),
        "budget_amount": Number(of="annual_value", median=1.0, spread=0.3, step=500, pull=0.4),
        "discount_asked_percent": OneOf(
            {"45": 0.03, "25": 0.15, "15": 0.22, "10": 0.3, "0": 0.3}, 0.2
        ),
        "stage": OneOf(
            {"discovery": 0.35, "evaluation": 0.3, "proposal": 0.25, "negotiation": 0.1}
        ),
        "source": OneOf(
            {"tender": 0.1, "outbound": 0.3, "inbound": 0.35, "partner": 0.13, "referral": 0.12},
            0.3,
        ),
        "last_contact_on": DayNear(11, 0.7, before=True, pull=-0.4),
        "close_date_pushes": Count(0.6, -0.4),
        "metrics": OneOf({"none": 0.35, "stated": 0.4, "agreed": 0.25}, 0.5),
        "economic_buyer": OneOf(
            {"not identified": 0.2, "identified": 0.3, "met": 0.3, "supports us": 0.2}, 0.6
        ),
        "decision_criteria": OneOf({"against us": 0.2, "open": 0.5, "for us": 0.3}, 0.5),
        "decision_process_known": OneOf({"no": 0.45, "yes": 0.55}, 0.4),
        "pain": OneOf({"none": 0.08, "latent": 0.27, "admitted": 0.4, "urgent": 0.25}, 0.6),
        "compelling_event": OneOf({"no": 0.5, "yes": 0.5}, 0.5),
        "champion": OneOf({"none": 0.25, "contact": 0.4, "tested champion": 0.35}, 0.6),
        "competitor_position": OneOf({"entrenched": 0.18, "present": 0.5, "nobody": 0.32}, 0.4),
        "fit_percent": Number(84, 0.22, largest=100, pull=0.3),
        "hosting": OneOf({"on premises": 0.05, "their cloud": 0.25, "our cloud": 0.7}, 0.1),
        "security_questionnaire": Unless(
            "none asked", 0.35,
            OneOf({"failed": 0.06, "not started": 0.37, "in progress": 0.3, "passed": 0.3}, 0.2),
        ),
        "legal_terms": OneOf({"theirs fixed": 0.15, "theirs negotiable": 0.35, "ours": 0.5}, 0.2),
        "sanctioned_country": OneOf({"yes": 0.01, "no": 0.99}),
        "credit_rating": OneOf({"weak": 0.1, "medium": 0.4, "strong": 0.5}, 0.1),
        "owner": OneOf({"Ines": 0.35, "Tom": 0.35, "Wei": 0.3}),
        "next_step": OneOf({"": 0.7, "Demo for the finance team": 0.15, "Call the IT lead": 0.15}),
    },
    blanks={
        "budget_amount": 0.25, "metrics": 0.1, "economic_buyer": 0.08, "decision_criteria": 0.15,
        "pain": 0.06, "compelling_event": 0.1, "champion": 0.06, "competitor_position": 0.12,
        "fit_percent": 0.1, "security_questionnaire": 0.1, "credit_rating": 0.2,
        "sanctioned_country": 0.03, "decision_process_known": 0.08,
    },
    told=TOLD,
    first_day=date(2024, 9, 1),
    last_day=date(2026, 4, 30),
    median_days=70,
    seed=31,
)  # fmt: skip
