"""Which CRM a file comes from, told by its headers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from features.crm.preset import Preset, fallback_preset, presets
from features.headers import normal, plain

LEAST_SCORE, LEAST_KNOWN = 2.0, 3
"""As much as two headers that no other preset knows, and three headers in all."""

CLEARLY = 1.2
"""How many times the score of the runner-up a winner needs."""

OTHERWISE_WRITTEN = 0.5
"""What a header counts that a preset knows under another prefix."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A preset, how well the headers speak for it, and how many of them it knows.

    ``tells_outcome``: whether one of these says how deals ended.
    """

    preset: Preset
    score: float
    known: int
    tells_outcome: bool

    @property
    def is_enough(self) -> bool:
        """Whether the headers speak for it at all, rivals apart."""
        return self.tells_outcome and self.known >= LEAST_KNOWN and self.score >= LEAST_SCORE


@dataclass(frozen=True, slots=True)
class Recognition:
    """The presets that know some header, the best first; ``winner`` where one is clearly it."""

    candidates: tuple[Candidate, ...]

    @property
    def winner(self) -> Preset | None:
        """The preset that the file was made by, None when it is not clear."""
        if not self.candidates or not self.candidates[0].is_enough:
            return None
        rival = self.candidates[1].score if len(self.candidates) > 1 else 0.0
        return self.candidates[0].preset if self.candidates[0].score >= CLEARLY * rival else None

    @property
    def runner_up(self) -> Preset | None:
        """The preset next in line."""
        return self.candidates[1].preset if len(self.candidates) > 1 else None


def recognise(headers: Sequence[str]) -> Recognition:
    """Return which presets a header line speaks for.

    A header counts the more, the fewer presets know it: ``Amount`` says next to nothing,
    ``hs_is_closed_won`` says HubSpot.

    >>> recognise(["Id", "StageName", "IsClosed", "IsWon", "Amount"]).winner.title
    'Salesforce'
    >>> recognise(["Product", "Seller", "Status", "Amount"]).winner is None
    True
    """
    found = [_candidate(preset, headers) for preset in presets().values()]
    ranked = sorted(found, key=lambda candidate: (-candidate.score, candidate.preset.preset))
    return Recognition(tuple(candidate for candidate in ranked if candidate.score > 0))


def _candidate(preset: Preset, headers: Iterable[str]) -> Candidate:
    weights = _weights(preset.preset)
    # Headers that say the same count once: a joined file repeats itself.
    parts = {normal(header): _weight(header, weights) for header in headers}
    counted = [weight for weight in parts.values() if weight > 0]
    tells = any(name in parts for name in _telling(preset.preset))
    return Candidate(preset, sum(counted), len(counted), tells)


def _weight(header: str, weights: dict[str, float]) -> float:
    written = weights.get(plain(header))
    return written or OTHERWISE_WRITTEN * weights.get(f"~{normal(header)}", 0.0)


@cache
def _weights(name: str) -> dict[str, float]:
    """Return what each name counts for one preset; without its prefix under ``~``."""
    spread = _spread()
    return {form: 1 / spread[form] for form in _forms(presets()[name])}


@cache
def _telling(name: str) -> frozenset[str]:
    """Return the normal names of the columns by which a preset says how deals ended."""
    preset = presets()[name]
    columns = (*preset.outcome.columns(), *preset.targets.get("stage", ()))
    return frozenset(normal(word) for column in columns for word in column.names)


@cache
def _spread() -> Counter[str]:
    """Return how many presets know each form of a name; those of everyday count as one more."""
    everybody = (*presets().values(), fallback_preset())
    return Counter(form for preset in everybody for form in _forms(preset))


def _forms(preset: Preset) -> frozenset[str]:
    names = list(preset.column_names())
    return frozenset(map(plain, names)) | {f"~{normal(name)}" for name in names}
