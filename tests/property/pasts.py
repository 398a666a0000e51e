"""Generated pasts: two policies with their economics, and deals with their ends, hours and odds.

Numbers are halves and quarters, so that sums are exact whatever their order.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from features import Deal, DealTable, Policy
from reports.replay.report import ProbabilitySource, Replay
from tests.property import strategies as made
from tests.property.strategies import DAY, FIELDS, ORDERS, Data
from tests.property.worlds import policies, some_days_deals
from training.deals_columns import columns_of
from training.deals_on_file import DealsOnFile
from training.outcomes.outcome import Outcome
from training.pursuit_columns import PursuitColumns
from training.replay.origins import Probabilities
from training.replay.report import replay
from training.sources.raw_table import RawTable

N_DEALS = 14
OUTCOMES = (*(Outcome.WON, Outcome.LOST) * 3, Outcome.NO_DECISION, Outcome.DECLINED_BY_US,
            Outcome.OPEN)  # fmt: skip
ODDS = (0.125, 0.25, 0.5, 0.75)
BY_ANSWER = {"by": "c1", "values": {"A": 256.0, "B": -32.0, "No": 64.0}}
HOURS_BY_ANSWER = {"by": "c1", "values": {"A": 4.0, "B": 16.0, "No": 8.0}}
MARGINS = st.sampled_from([64.0, 128.0, BY_ANSWER])
HOURS = st.sampled_from([8.0, HOURS_BY_ANSWER])
PRESALES = {"by": "c1", "values": {"A": 4.0, "B": 12.0, "No": 28.0}}
ROLES = {
    "presales": {"remaining_hours": PRESALES, "cost_per_hour": 2.0},
    "legal": {"remaining_hours": 4.0},
}
THRESHOLDS = ({"p_win": 0.25}, {"p_win": 0.5, "points": 3})
WORTHS = ({"expected_value": 8.0}, {"expected_value": 16.0, "p_win": 0.25, "points": 0})


@dataclass(frozen=True)
class Past:
    """Deals and what became of them, and two policies as data; one entry a deal everywhere.

    ``odds`` are the probabilities under the first and the second policy, None where no model may
    speak; ``hours`` None where nobody wrote them down.
    """

    policies: tuple[Data, Data]
    deals: tuple[Deal, ...]
    outcomes: tuple[Outcome, ...]
    hours: tuple[float | None, ...]
    accounts: tuple[str | None, ...]
    odds: tuple[tuple[float | None, ...], tuple[float | None, ...]]

    def rows(self, *kinds: Outcome) -> list[int]:
        """Return the places of the deals that ended so."""
        return [row for row, one in enumerate(self.outcomes) if one in kinds]

    @property
    def pursued(self) -> list[int]:
        """The places of the deals that were pursued to their end."""
        return self.rows(Outcome.WON, Outcome.LOST, Outcome.NO_DECISION)


@st.composite
def economics(draw: DrawFn) -> Data:
    """Return an economics block: hours and costs in several ways, or none of it."""
    ways: list[dict[str, Any]] = [
        {},
        {"remaining_hours": draw(HOURS)},
        {"margin": draw(MARGINS), "other_costs": 12.0},
        {"margin": draw(MARGINS), "remaining_hours": draw(HOURS), "cost_per_hour": 2.0},
        {"margin": draw(MARGINS), "remaining_hours": draw(HOURS), "cost_per_hour": 0.5,
         "other_costs": 6.0},
        {"margin": draw(MARGINS), "roles": ROLES},
        {"margin": draw(MARGINS), "roles": ROLES, "other_costs": 6.0},
    ]  # fmt: skip
    return draw(st.sampled_from(ways))


@st.composite
def pasts(draw: DrawFn) -> Past:
    """Return a past."""
    both = (draw(policies()), draw(policies()))
    fields = {"c1", *both[0]["fields"], *both[1]["fields"]}
    random = Random(draw(ORDERS))
    for one in both:
        one["fields"] = {name: FIELDS[name] for name in sorted(fields)}
        one["economics"] = draw(economics())
        counts_money = "margin" in one["economics"]
        ways = (*THRESHOLDS, *WORTHS) if counts_money else THRESHOLDS
        one["decision"] = {"go_at": draw(st.sampled_from(ways))}
    known = draw(st.sampled_from([0.0, 0.7, 1.0]))
    return Past(
        policies=both,
        deals=some_days_deals(made.asked(fields), random, N_DEALS),
        outcomes=tuple(random.choice(OUTCOMES) for _ in range(N_DEALS)),
        hours=tuple(random.choice([None, None, 0.0, 2.0, 32.0]) for _ in range(N_DEALS)),
        accounts=tuple(random.choice([None, "x", "y"]) for _ in range(N_DEALS)),
        odds=(_odds(random, known), _odds(random, known)),
    )


def _odds(random: Random, known: float) -> tuple[float | None, ...]:
    return tuple(random.choice(ODDS) if random.random() < known else None for _ in range(N_DEALS))


def on_file(past: Past, policy: Policy) -> DealsOnFile:
    """Return the deals as a file would give them, read under a policy."""
    raw = RawTable(table=pa.table({"Status": ["W"] * N_DEALS}), where="made.csv", first_line=2)
    outcomes = np.empty(N_DEALS, dtype=object)
    outcomes[:] = past.outcomes
    return DealsOnFile(
        table=DealTable.of(past.deals, policy.fields),
        outcomes=outcomes,
        opened_on=np.full(N_DEALS, DAY, dtype="datetime64[D]"),
        closed_on=np.full(N_DEALS, "NaT", dtype="datetime64[D]"),
        human_p=None,
        accounts=np.array(past.accounts, dtype=object),
        left_out=(),
        missing=(),
        fingerprint="made",
        raw=raw,
        columns=columns_of(raw, policy, []),
        reading=None,
        rewound=(),
        kept=np.arange(N_DEALS),
        pursuits=PursuitColumns(hours_spent=np.array(past.hours, dtype=np.float64)),
    )


def probabilities(past: Past, which: int) -> Probabilities:
    """Return the odds of a past as a model would give them."""
    odds = np.array(past.odds[which], dtype=np.float64)
    pursued = odds[past.pursued]
    told = int(np.isfinite(pursued).sum())
    return Probabilities(
        pursued=pursued,
        declined=odds[past.rows(Outcome.DECLINED_BY_US)],
        groups=None,
        source=ProbabilitySource(
            method="cross_fit", origins=1, first_origin=None, last_origin=None, deals=told,
            without=len(pursued) - told,
        ),
    )  # fmt: skip


def replay_of(past: Past, *, beside: int | None = 1) -> Replay:
    """Return the replay of the first policy, beside one of the two."""
    chosen = [0] if beside is None else [0, beside]
    loaded = [made.load(past.policies[which]) for which in chosen]
    files = [(on_file(past, policy), policy) for policy in loaded]
    return replay(
        *files[0],
        as_of=DAY,
        against=None if beside is None else files[1],
        probabilities=[probabilities(past, which) for which in chosen],
    )
