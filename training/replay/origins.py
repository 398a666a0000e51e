"""Probabilities for past deals from models that never saw them.

With days: at each origin a model learns from what had closed before it, and judges the deals
decided from then on until the next origin (rolling origin; Tashman 2000). Deals before the first
origin with enough evidence have no probability, and the points decide, as they did then. Without
days: a model learns from the deals of other accounts (cross-fit in whole groups).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedGroupKFold

from features.errors import EvidenceError
from features.policy import Policy
from features.table import DealTable
from features.track_columns import with_track_record
from models.decision import decides
from models.evidence import evidence_level
from models.win_model import WinModel
from reports.replay.report import ProbabilityMethod, ProbabilitySource
from training.closed_deals import ClosedDeals, closed_deals, track_record_of
from training.deals_on_file import DealsOnFile
from training.decision_days import decision_days
from training.evaluation.splits import MOST_TEACHING, Split, newest
from training.evaluation.windows import after_burn_in, closed_before
from training.progress import Tell, in_silence
from training.promotion.fitting import learned_again
from training.replay.past_deals import PastDeals

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]
Days = NDArray[np.datetime64]
Learn = Callable[[ClosedDeals, Policy, Places, int], WinModel]

N_ORIGINS = 8
N_ORIGINS_OF_MANY = 4
MANY_DEALS = 10_000
N_FOLDS = 5
FEWEST_GROUPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Probabilities:
    """Probabilities of the deals pursued and of those declined; NaN where no model may speak.

    ``pursued`` has shape (n_pursued,), ``declined`` (n_declined,); any other deals without an end
    may stand for those declined. ``groups`` joins deals alike in
    all that a model sees with those of one account, shape (n_pursued,); None without a model.
    """

    pursued: Vector
    declined: Vector
    groups: Places | None
    source: ProbabilitySource


def learned(deals: ClosedDeals, policy: Policy, rows: Places, seed: int) -> WinModel:
    """Return a model as training would learn it from some of the deals."""
    return learned_again(deals, policy, rows, seed=seed)


def probabilities_of(
    on_file: DealsOnFile,
    policy: Policy,
    declined: PastDeals,
    *,
    seed: int,
    learn: Learn = learned,
    tell: Tell = in_silence,
) -> Probabilities:
    """Return probabilities for the deals of a file, each from a model that never saw the deal.

    Without 10 won and 10 not won there is no model, and every probability is unknown.
    """
    try:
        closed = closed_deals(on_file, policy)
    except EvidenceError:
        pursued = _nothing(len(_pursued_rows(on_file)))
        others, source = _nothing(len(declined)), _source("none", pursued)
        return Probabilities(pursued=pursued, declined=others, groups=None, source=source)
    record = track_record_of(closed, policy)
    learning = _Learning(
        closed=closed,
        policy=policy,
        declined=declined.table if record is None else with_track_record(declined.table, record),
        seed=seed,
        learn=learn,
        tell=tell,
    )
    days = decision_days(on_file, policy)
    if days is None or closed.closed_on is None or np.isnat(closed.closed_on).all():
        return learning.cross_fit()
    return learning.rolling(days[_pursued_rows(on_file)], days[declined.rows])


def origins_of(closed: ClosedDeals, decided: Days) -> list[np.datetime64]:
    """Return the days of the origins: quantiles of the decision days, with enough before each."""
    days = np.sort(decided[~np.isnat(decided)])
    if not len(days):
        return []
    n = N_ORIGINS_OF_MANY if len(days) > MANY_DEALS else N_ORIGINS
    places = (np.arange(1, n + 1) * len(days)) // (n + 1)
    return [day for day in np.unique(days[places]) if is_enough(closed, teaching(closed, day))]


def teaching(closed: ClosedDeals, origin: np.datetime64) -> Places:
    """Return the deals that had closed before a day, the newest where they are very many."""
    rows = np.flatnonzero(closed_before(closed, origin, 0))
    return newest(closed, Split(rows, rows), MOST_TEACHING).train


def is_enough(closed: ClosedDeals, rows: Places) -> bool:
    """Return whether some deals are enough for a model whose probability decides."""
    rows = rows[after_burn_in(closed.take(rows))]  # those before it do not teach
    won, groups = closed.won[rows], closed.groups[rows]
    n_won = int(won.sum())
    varied = all(len(np.unique(groups[won == end])) >= FEWEST_GROUPS for end in (0.0, 1.0))
    return varied and decides(evidence_level(n_won, len(won) - n_won))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Learning:
    """Closed deals to learn from, declined ones to judge as well, and what learns."""

    closed: ClosedDeals
    policy: Policy
    declined: DealTable
    seed: int
    learn: Learn
    tell: Tell

    def rolling(self, decided: Days, declined_on: Days) -> Probabilities:
        """Judge each deal by what had closed before the last origin before its day."""
        pursued, others = (np.full(len(days), np.nan) for days in (decided, declined_on))
        origins = origins_of(self.closed, decided)
        ends = [*origins[1:], None][: len(origins)]  # none where no day has enough before it
        for done, (origin, end) in enumerate(zip(origins, ends, strict=True)):
            self.tell("judge", done / len(origins))
            model = self.learn(self.closed, self.policy, teaching(self.closed, origin), self.seed)
            _judge(model, self.closed.table, _between(decided, origin, end), pursued)
            _judge(model, self.declined, _between(declined_on, origin, end), others)
        self.tell("judge", 1.0)
        source = _source("rolling_origin", pursued, origins=origins, n=len(origins))
        return Probabilities(
            pursued=pursued, declined=others, groups=self.closed.groups, source=source
        )

    def cross_fit(self) -> Probabilities:
        """Judge each deal by the deals of others; those declined by all models, on average."""
        closed, pursued = self.closed, np.full(len(self.closed), np.nan)
        splitter = StratifiedGroupKFold(N_FOLDS, shuffle=True, random_state=self.seed)
        folds = list(splitter.split(closed.won, closed.won, closed.groups))
        others = np.full((len(folds), len(self.declined)), np.nan)
        for fold, (train, held_out) in enumerate(folds):
            self.tell("judge", fold / len(folds))
            if is_enough(closed, train):
                model = self.learn(closed, self.policy, train, self.seed)
                _judge(model, closed.table, np.isin(np.arange(len(closed)), held_out), pursued)
                _judge(model, self.declined, np.ones(len(self.declined), bool), others[fold])
        self.tell("judge", 1.0)
        told = ~np.isnan(others).all(axis=1) if len(self.declined) else np.zeros(0, bool)
        return Probabilities(
            pursued=pursued,
            declined=others[told].mean(axis=0) if told.any() else _nothing(len(self.declined)),
            groups=closed.groups,
            source=_source("cross_fit", pursued, n=len(folds)),
        )


def _judge(model: WinModel, table: DealTable, some: Mask, p_win: Vector) -> None:
    """Write the probabilities of some deals down."""
    rows = np.flatnonzero(some)
    if len(rows):
        p_win[rows] = model.p_win(table.take(rows))[0]


def _between(days: Days, origin: np.datetime64, end: np.datetime64 | None) -> Mask:
    later = np.asarray(days >= origin)
    return later if end is None else later & (days < end)


def _nothing(n_deals: int) -> Vector:
    return np.full(n_deals, np.nan)


def _source(
    method: ProbabilityMethod,
    pursued: Vector,
    *,
    origins: Sequence[np.datetime64] = (),
    n: int = 0,
) -> ProbabilitySource:
    told = int(np.isfinite(pursued).sum())
    return ProbabilitySource(
        method=method if told else "none",
        origins=n if told else 0,
        first_origin=str(origins[0]) if origins else None,
        last_origin=str(origins[-1]) if origins else None,
        deals=told,
        without=len(pursued) - told,
    )


def _pursued_rows(on_file: DealsOnFile) -> Places:
    outcomes = [] if on_file.outcomes is None else on_file.outcomes.tolist()
    return np.flatnonzero(np.array([one.teaches for one in outcomes], dtype=bool))
