"""What a leak alarm found, as data: the page, the terminal and the JSON twin are made from it."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from features.texts import Text


class LeakKind(StrEnum):
    """Why a column is not to be trusted, the most telling kind first."""

    LISTED = "listed"
    HIDDEN_TARGET = "hidden_target"
    CLOSING_DATE = "closing_date"
    FILLED_AT_CLOSING = "filled_at_closing"
    EMPTIED_AT_CLOSING = "emptied_at_closing"
    TELLING_BLANKS = "telling_blanks"
    DERIVED_FROM_CLOSING = "derived_from_closing"
    PURSUIT_LENGTH = "pursuit_length"
    TELLING_ORDER = "telling_order"
    PREDICTS_ALONE = "predicts_alone"
    PINNED_VALUE = "pinned_value"
    TELLING_NAME = "telling_name"


class Severity(StrEnum):
    """``certain`` stops training unless the policy names the column; ``suspect`` is listed."""

    CERTAIN = "certain"
    SUSPECT = "suspect"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Clue(_Part):
    """One piece of evidence against a column.

    ``numbers`` are what ``evidence`` says in words: shares of 1, counts, areas under the curve.
    """

    column: str
    kind: LeakKind
    severity: Severity
    evidence: Text
    numbers: Mapping[str, float] = Field(default_factory=dict)


class Finding(_Part):
    """A column that knows how the deal ends, with all clues, the strongest first.

    ``column`` is a name of the file, or for what people would derive an expression such as
    ``close_date - engage_date`` over the names in ``made_of``.
    """

    column: str
    kind: LeakKind
    severity: Severity
    clues: tuple[Clue, ...]
    remedy: Text
    made_of: tuple[str, ...] = ()

    @property
    def evidence(self) -> Text:
        """The strongest clue in words."""
        return self.clues[0].evidence
