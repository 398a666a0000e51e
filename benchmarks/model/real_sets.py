"""The public sets of closed deals, as the house reads them, with the fields of the reference.

``docs/data.md`` says where they come from. Policies are those of the examples where there are
some; else plain fields and no criteria. What is written during a sale or at its end is left out.
"""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml
from sklearn.model_selection import StratifiedShuffleSplit

from benchmarks.model.policies import category, number, policy_of, written
from features.policy import Policy
from training.closed_deals import ClosedDeals, closed_deals
from training.evaluation.splits import HELD_OUT_SHARE, Split, split_deals
from training.intake import read_deals

ROOT = Path(__file__).parent.parent.parent
AS_OF = date(2026, 1, 5)
BOHANEC_SPLITS, IBM_SPLITS = 50, 5
SEED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RealSet:
    """Closed deals, the policy they were read under, and the splits by which models are judged."""

    deals: ClosedDeals
    policy: Policy
    splits: tuple[Split, ...]


def bohanec_b2b(data: Path) -> RealSet:
    """The 448 deals with qualification answers: 22 fields, identical inputs on one side.

    The example keeps the seller from the model; here everybody may see it, as the reference does.
    """
    example = _example("b2b_solutions")
    example["fields"]["seller"]["used_by_model"] = True
    policy = written(example)
    deals = _closed(data / "bohanec_b2b" / "B2B_dataset.csv", policy)
    _, splits = split_deals(deals, seed=SEED, n_splits=BOHANEC_SPLITS)
    return RealSet(deals=deals, policy=policy, splits=tuple(splits))


def ibm_win_loss(data: Path) -> RealSet:
    """The deals of a wholesaler, each opportunity number once: the 10 fields of the reference."""
    example = _example("ibm_win_loss")
    example["fields"]["deal_size"] = category("Deal Size Category (USD)")
    policy = written(example)
    deals = _closed(data / "ibm_win_loss" / "sales_win_loss.csv.gz", policy)
    first = np.unique(np.array(deals.table.ids), return_index=True)[1]
    deals = deals.take(np.sort(first))
    splitter = StratifiedShuffleSplit(IBM_SPLITS, test_size=HELD_OUT_SHARE, random_state=SEED)
    splits = tuple(Split(*one) for one in splitter.split(deals.won, deals.won))
    return RealSet(deals=deals, policy=policy, splits=splits)


def maven_crm(data: Path) -> RealSet:
    """A fictitious CRM without signal; the last quarter by the day of engagement judges."""
    folder = data / "maven_crm"
    deals, *others = (
        pd.read_csv(folder / f"{name}.csv", keep_default_na=False)
        for name in ("sales_pipeline", "accounts", "products", "sales_teams")
    )
    deals = deals[deals["deal_stage"].isin(["Won", "Lost"])].copy()
    deals["product"] = deals["product"].replace("GTXPro", "GTX Pro")
    for one in others:
        deals = deals.merge(one, how="left")
    engaged = pd.to_datetime(deals["engage_date"])
    deals["engage_month"] = engaged.dt.month_name()
    deals["engage_weekday"] = engaged.dt.weekday
    deals = deals.iloc[np.argsort(engaged.to_numpy(), kind="stable")]
    fields = {name: category() for name in MAVEN_CATEGORIES}
    fields |= {name: number() for name in MAVEN_NUMBERS}
    policy = policy_of("maven_crm", MAVEN_DEALS, fields)
    return _last_quarter(deals, policy)


def x_education(data: Path) -> RealSet:
    """Leads of a course provider, in the order of their numbers; the last quarter judges."""
    leads = pd.read_csv(data / "x_education" / "Leads.csv", dtype=str, keep_default_na=False)
    order = np.argsort(leads["Lead Number"].astype(int).to_numpy(), kind="stable")
    names = [name for name in leads.columns if name not in X_LEFT_OUT]
    fields = {
        f"f{place:02}": number(name) if name in X_NUMBERS else category(name)
        for place, name in enumerate(names)
    }
    outcome = {"column": "Converted", "won": ["1"], "lost": ["0"]}
    policy = policy_of("x_education", {"outcome": outcome, "unknown": ["Select"]}, fields)
    return _last_quarter(leads.iloc[order], policy)


SETS: Mapping[str, Callable[[Path], RealSet]] = {
    "bohanec_b2b": bohanec_b2b,
    "ibm_win_loss": ibm_win_loss,
    "maven_crm": maven_crm,
    "x_education": x_education,
}

MAVEN_DEALS: dict[str, Any] = {
    "id": "opportunity_id",
    "account": "account",
    "as_of": "engage_date",
    "closed_on": "close_date",
    "outcome": {"column": "deal_stage", "won": ["Won"], "lost": ["Lost"]},
}
MAVEN_CATEGORIES = (
    "sales_agent", "product", "account", "sector", "office_location", "subsidiary_of", "series",
    "manager", "regional_office", "engage_month",
)  # fmt: skip
MAVEN_NUMBERS = ("year_established", "revenue", "employees", "sales_price", "engage_weekday")
X_NUMBERS = ("TotalVisits", "Total Time Spent on Website", "Page Views Per Visit")
X_LEFT_OUT = (
    "Prospect ID", "Lead Number", "Converted", "Tags", "Lead Quality", "Lead Profile",
    "Last Activity", "Last Notable Activity", "Asymmetrique Activity Index",
    "Asymmetrique Profile Index", "Asymmetrique Activity Score", "Asymmetrique Profile Score",
)  # fmt: skip


def _example(name: str) -> dict[str, Any]:
    text = (ROOT / "examples" / name / "policy.yaml").read_text(encoding="utf-8")
    example: dict[str, Any] = yaml.safe_load(text)
    return example


def _closed(file: Path, policy: Policy) -> ClosedDeals:
    return closed_deals(read_deals(file, policy, as_of=AS_OF, needs_outcome=True), policy)


def _last_quarter(ordered: pd.DataFrame, policy: Policy) -> RealSet:
    """Return deals of which the last quarter, in the order given, judges the others."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "deals.csv"
        ordered.to_csv(file, index=False, encoding="utf-8")
        deals = _closed(file, policy)
    if len(deals) != len(ordered):
        raise ValueError(f"{len(ordered)} closed deals in the file, {len(deals)} were read")
    cut = int(len(deals) * (1 - HELD_OUT_SHARE))
    split = Split(np.arange(cut), np.arange(cut, len(deals)))
    return RealSet(deals=deals, policy=policy, splits=(split,))
