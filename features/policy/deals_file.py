"""Where the columns that are not fields stand in a file of deals, and what their words mean."""

from typing import Annotated, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)

from features.fields import Name
from features.policy.parts import Answers, Part, form_with, word_or_mapping

Header: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Words: TypeAlias = Annotated[tuple[str, ...], Field(strict=False)]


class OutcomeColumn(Part):
    """Which column says how a deal ended, and in which words."""

    column: Header
    won: Answers
    lost: Answers
    no_decision: Words = ()
    declined_by_us: Words = ()
    open: Words = ()


class OutcomeFlags(Part):
    """Two columns of yes and no: whether the deal is closed, and whether it was won.

    ``reason`` names the column of the loss reason; its words under ``no_decision`` and
    ``declined_by_us`` say which lost deals were no losses.
    """

    closed: Header
    won: Header
    reason: Header | None = None
    no_decision: Words = ()
    declined_by_us: Words = ()

    @model_validator(mode="after")
    def _reason_with_its_words(self) -> "OutcomeFlags":
        words = (*self.no_decision, *self.declined_by_us)
        if words and self.reason is None:
            raise ValueError("the words are of a loss reason: name its column under 'reason'")
        if self.reason is not None and not words:
            raise ValueError(
                "say which words of the reason mean 'no_decision' or 'declined_by_us'"
            )
        twice = sorted(set(self.no_decision) & set(self.declined_by_us))
        if twice:
            raise ValueError(f"'{twice[0]}' means both no_decision and declined_by_us")
        return self


class StageEntry(Part):
    """The day on which a deal entered a stage."""

    stage: Header


HistoryEvent: TypeAlias = Annotated[
    Annotated[Literal["creation", "qualification"], Tag("(word)")]
    | Annotated[StageEntry, Tag("(mapping)")],
    Discriminator(word_or_mapping),
]


def _a_zone(name: str) -> str:
    """Refuse a name that no clock goes by."""
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # not found, or a path and no name
        raise ValueError(f"{name!r} is not a time zone; write it like Europe/Paris") from None
    return name


class HistoryFile(Part):
    """Where the changes of the deals are kept, and as of which event each deal is used."""

    file: Header
    form: Header | None = None
    zone: Annotated[str, AfterValidator(_a_zone)] = "UTC"
    as_of: HistoryEvent = "creation"


OutcomeRule: TypeAlias = Annotated[
    Annotated[OutcomeColumn, Tag("(else)")] | Annotated[OutcomeFlags, Tag("(closed)")],
    Discriminator(form_with("closed")),
]


class DealsFile(Part):
    """The deals block: what a file of deals looks like.

    ``preset`` names a CRM whose columns and outcome rule are known; what is written here beside it
    wins, and ``columns`` chooses among headers that would all do for one of the preset's columns.
    ``twins: collapse`` lets one deal stand for those equal to it in all but id and dates.
    ``keep`` names columns that look like leaks and are not, each with the reason.
    ``track_record`` names the category fields whose own past counts: the customer, the product.
    ``api`` says what the API of the CRM calls a field, where neither the column nor the preset
    tells it; scoring the CRM's own records reads it, files do not.
    ``name``, ``hours_spent`` (on the pursuit, until it closed), ``seller`` and ``team`` are for
    reports on past deals. ``propensity`` is the chance that a deal had of being pursued when it
    was decided: below 1 only where chance was asked.
    """

    preset: Header | None = None
    outcome: OutcomeRule | None = Field(default=None, validate_default=True)
    id: Header | None = None
    as_of: Header | None = None
    created_on: Header | None = None
    closed_on: Header | None = None
    account: Header | None = None
    human_probability: Header | None = None
    name: Header | None = None
    hours_spent: Header | None = None
    seller: Header | None = None
    team: Header | None = None
    propensity: Header | None = None
    unknown: Words = ()
    numbers: Literal["decimal_point", "decimal_comma"] | None = None
    dates: Literal["day_first", "month_first"] | None = None
    twins: Literal["collapse"] | None = None
    keep: dict[str, str] = Field(default_factory=dict)
    columns: dict[str, Header] = Field(default_factory=dict)
    api: dict[Name, Header] | None = None
    history: HistoryFile | None = None
    track_record: Annotated[tuple[Name, ...], Field(strict=False)] = ()

    @field_validator("outcome")
    @classmethod
    def _outcome_or_preset(
        cls, outcome: OutcomeRule | None, info: ValidationInfo
    ) -> OutcomeRule | None:
        if outcome is None and info.data.get("preset", "") is None:
            raise ValueError(
                "nothing says how deals end; give 'outcome', or the 'preset' of a CRM"
            )
        return outcome
