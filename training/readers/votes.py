"""What the values of a column say about how it is written, and who else may decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Votes:
    """How many distinct values can be read in one way only, and examples of those that cannot.

    ``undecided`` holds values that mean different things in different ways.
    """

    counts: Mapping[str, int]
    undecided: tuple[str, ...] = ()

    @property
    def voted(self) -> tuple[str, ...]:
        """The ways that some value speaks for, the one with most values first."""
        ways = [way for way, count in self.counts.items() if count]
        return tuple(sorted(ways, key=lambda way: -self.counts[way]))

    def way(self, declared: str | None, others: Iterable["Votes"] = ()) -> str | None:
        """Return the way to read the column, None where nothing decides.

        Values that leave no choice decide; then what the policy declares; then the majority; then
        other columns of the file, where they agree.

        >>> Votes({"day_first": 2, "month_first": 0}).way("month_first")
        'day_first'
        >>> Votes({}, ("01/02/2026",)).way(None, [Votes({"month_first": 1})])
        'month_first'
        """
        voted = self.voted
        if len(voted) == 1:
            return voted[0]
        if declared is not None:
            return declared
        if voted:
            return voted[0]
        elsewhere = {way for other in others for way in other.voted}
        return elsewhere.pop() if len(elsewhere) == 1 else None
