"""What an inspection says of a file of deals before anything is trained, as data."""

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from features.texts import Text

ColumnUse: TypeAlias = Literal["outcome", "target", "kept_out", "free"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RecognisedPreset(_Part):
    """A CRM that the headers speak for: how many of them it knows, and its score."""

    name: str
    title: str
    known: int
    score: float


class InspectedColumn(_Part):
    """One column: what it is, and why it is kept out (``leak`` L0 to L3), where it is.

    ``target`` is its canonical name, None for a column of the company's own.
    """

    header: str
    role: ColumnUse
    target: str | None
    leak: str | None
    reason: Text | None

    @property
    def usable(self) -> bool:
        """Whether a model may learn from it as it stands."""
        return self.leak is None


class InspectedWord(_Part):
    """A word of the outcome column, what it is taken to mean, and how many deals have it."""

    word: str
    outcome: str
    deals: int


class InspectedOutcome(_Part):
    """How outcomes are read: ``how`` in words, ``counts`` by outcome, rows set aside by reason."""

    columns: tuple[str, ...]
    how: Text
    words: tuple[InspectedWord, ...]
    counts: dict[str, int]
    unrecorded: int
    left_out: tuple[tuple[Text, int], ...]


class InspectedMonth(_Part):
    """The deals that should have ended in a month, and those without a recorded end."""

    month: str | None
    deals: int
    unrecorded: int


class InspectedProblem(_Part):
    """What stands in the way of training."""

    where: str
    what: str
    hint: str | None


class Inspection(_Part):
    """A file of deals, as it would be used.

    ``preset`` is None where no CRM was recognised and none was named; ``close_is_expected`` says
    that the closing day of an open deal is only the expected one.
    """

    where: str
    deals: int
    preset: str | None
    title: str | None
    advice: Text
    candidates: tuple[RecognisedPreset, ...]
    columns: tuple[InspectedColumn, ...]
    as_of: str | None
    close_is_expected: bool
    outcome: InspectedOutcome | None
    months: tuple[InspectedMonth, ...]
    rising: bool
    notes: tuple[str, ...]
    warnings: tuple[Text, ...]
    problems: tuple[InspectedProblem, ...]
