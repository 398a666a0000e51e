"""The bodies of requests: many different deals, as each server wants to be asked about them."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from benchmarks.serving.one_answer import DAY, some_deals
from features.deal import Deal, NotApplicable
from models.qualifier import Qualifier

Facts: TypeAlias = Mapping[str, Any]
Form: TypeAlias = Callable[[str, Facts], object]
N_DEALS = 4_000
"""So many that nobody can have kept the answer to the one that comes next."""


def different_deals(qualifier: Qualifier, deals: Path, n_deals: int = N_DEALS) -> list[Facts]:
    """Return the facts of so many deals, no two alike; in half of them some facts are unknown."""
    found: dict[str, Facts] = {}
    for deal in some_deals(qualifier, deals, 2 * n_deals):
        facts = plain_facts(deal)
        found.setdefault(_json(facts), facts)
    return list(found.values())[:n_deals]


def plain_facts(deal: Deal) -> Facts:
    """Return the facts of a deal that any server can read: what does not apply is unknown."""
    return {name: fact for name, fact in deal.facts.items() if not isinstance(fact, NotApplicable)}


def ours(name: str, facts: Facts) -> object:
    """Return what Qualifox is asked, and the route that only reads."""
    return {"facts": facts, "id": name, "as_of": DAY.isoformat()}


def mlflow(name: str, facts: Facts) -> object:
    """Return what ``mlflow models serve`` is asked."""
    del name
    return {"dataframe_records": [{**facts, "as_of": DAY.isoformat()}]}


def nested(name: str, facts: Facts) -> object:
    """Return what the service of BentoML's quickstart is asked."""
    del name
    return {"deal": facts}


def plain(name: str, facts: Facts) -> object:
    """Return what FastAPI is asked."""
    del name
    return facts


def nothing(name: str, facts: Facts) -> object:
    """Return what an empty service is asked."""
    del name, facts
    return {}


def write_bodies(deals: Iterable[Facts], form: Form, place: Path) -> Path:
    """Write one body a line."""
    lines = (_json(form(f"D-{number}", facts)) for number, facts in enumerate(deals))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)
