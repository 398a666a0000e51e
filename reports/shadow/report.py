"""How a challenger would have answered, beside the champion, as data."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Interval(_Part):
    """A mean over deals with its 95 % interval, None where there are too few customers."""

    value: float
    low: float | None = None
    high: float | None = None


class Loss(_Part):
    """A loss of both on the same deals; ``difference`` is the challenger's less the champion's."""

    champion: Interval
    challenger: Interval
    difference: Interval


class OtherAnswers(_Part):
    """How often the champion answered one thing and the challenger would have another."""

    answered: str
    said: str
    decisions: int


class ShadowPair(_Part):
    """One version in the shadow of another.

    ``decisions`` about ``deals`` were seen by both; ``unreadable`` ones more did not fit the
    challenger's policy. ``p_win`` is the mean difference, the challenger's less the champion's.
    ``closed`` deals have ended after they were decided, ``won`` of them were won; the losses are
    of these, each deal once, as it was first decided.
    """

    champion: str
    challenger: str
    since: str
    until: str
    decisions: int
    deals: int
    unreadable: int
    agreed: int
    others: tuple[OtherAnswers, ...]
    p_win: Interval | None
    closed: int
    won: int
    log_loss: Loss | None
    brier: Loss | None


class ShadowReport(_Part):
    """Every pair of versions of the log, the latest first."""

    pairs: tuple[ShadowPair, ...]

    def to_data(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return self.model_dump(mode="json")
