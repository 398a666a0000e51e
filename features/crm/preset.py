"""A preset: what the columns of one CRM's export are called, mean and give away.

Presets are data files, ``features/crm/presets/*.yaml``: a new CRM is a new file. Names are
matched as :mod:`features.headers` says.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from features.errors import InputError, Problem, did_you_mean, printable
from features.fields import Name
from features.phrase import Phrase
from features.policy.yaml_source import read_yaml
from features.texts import Text

FOLDER = Path(__file__).with_name("presets")
LONGEST_NAME = 60
FALLBACK = "plain_table"
"""The names that people give by themselves: where no CRM is recognised."""

Target: TypeAlias = Literal[
    "deal_id", "deal_name", "created_on", "closed_on", "expected_close", "amount", "currency",
    "stage", "pipeline", "deal_type", "source", "owner", "account", "country", "industry",
    "employees", "annual_revenue", "loss_reason", "human_probability",
]  # fmt: skip


class LeakClass(StrEnum):
    """Why a column is kept out of what a model may learn from."""

    SAYS_THE_OUTCOME = "L0"
    KNOWN_AT_CLOSE = "L1"
    CHANGES_LATER = "L2"
    IDENTIFIES = "L3"


def _a_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a pattern: {error}") from None
    return text


Words: TypeAlias = Annotated[tuple[str, ...], Field(strict=False)]
Patterns: TypeAlias = Annotated[
    tuple[Annotated[str, AfterValidator(_a_pattern)], ...], Field(strict=False)
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ColumnNames(_Part):
    """Every name of one column: in the API, and as the page labels it in each language.

    ``unsourced`` lists those of them that no public source was found for.
    """

    api: Words = ()
    en: Words = ()
    fr: Words = ()
    unsourced: Words = ()

    @model_validator(mode="after")
    def _names_what_it_marks(self) -> "ColumnNames":
        strangers = set(self.unsourced) - set(self.names)
        if strangers or not self.names:
            raise ValueError(f"unsourced names must be names of the column: {strangers}")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, whatever its language."""
        return (*self.api, *self.en, *self.fr)


class FlagColumns(_Part):
    """Two or three columns of yes and no."""

    won: ColumnNames
    closed: ColumnNames | None = None
    lost: ColumnNames | None = None

    @model_validator(mode="after")
    def _tells_lost_from_open(self) -> "FlagColumns":
        if self.closed is None and self.lost is None:
            raise ValueError("won alone does not tell lost from open: add closed or lost")
        return self


class ArchiveColumns(_Part):
    """Odoo's way: lost is archived at probability 0, won is active at 100."""

    active: ColumnNames
    probability: ColumnNames


class StatusWords(_Part):
    """The words of a status column, beside those that everybody uses."""

    column: ColumnNames
    won: Words = ()
    lost: Words = ()
    no_decision: Words = ()
    declined_by_us: Words = ()
    open: Words = ()


class StageWords(_Part):
    """The stages by which a deal ends; ``ids`` are those that say nothing after a relabelling."""

    won: Words = ()
    lost: Words = ()
    open: Words = ()
    ids: Words = ()


class LeftOut(_Part):
    """Rows that are no deals at all: deleted, cancelled by mistake, duplicates."""

    column: ColumnNames
    words: Words
    reason: Text


class OutcomeColumns(_Part):
    """How a CRM says how deals ended; the first way whose columns are there is taken."""

    flags: tuple[FlagColumns, ...] = Field(default=(), strict=False)
    status: tuple[StatusWords, ...] = Field(default=(), strict=False)
    archive: ArchiveColumns | None = None
    stage: StageWords | None = None
    left_out: tuple[LeftOut, ...] = Field(default=(), strict=False)
    none_lost: Text

    def columns(self) -> Iterator[ColumnNames]:
        """Yield every column that has a say in the outcome, stages apart."""
        for flags in self.flags:
            yield from filter(None, (flags.won, flags.closed, flags.lost))
        if self.archive:
            yield from (self.archive.active, self.archive.probability)
        yield from (words.column for words in self.status)
        yield from (rows.column for rows in self.left_out)


class Leaks(_Part):
    """Columns of one class: by name, and by patterns searched in the normal header.

    ``unsourced`` lists the names that no public source was found for.
    """

    names: Words = ()
    unsourced: Words = ()
    patterns: Patterns = ()

    @model_validator(mode="after")
    def _names_what_it_marks(self) -> "Leaks":
        strangers = set(self.unsourced) - set(self.names)
        if strangers:
            raise ValueError(f"unsourced names must be names of the list: {strangers}")
        return self


class RecordShape(_Part):
    """How the CRM's API writes one record, beside plain names and values.

    ``inside``
        keys whose objects hold entries of the record itself: HubSpot's ``properties``;
    ``id``
        the key, at the top or inside, of the id that the record goes by;
    ``label``, ``value``
        in an object that stands for one value, the keys of what people read and of what is stored;
    ``label_suffix``
        what the name of a second entry ends with that holds the label of the first;
    ``custom``
        a pattern of what the API adds to the names of fields that a company made itself;
    ``false_is_unknown``
        whether an empty field is written as ``false``.
    """

    inside: Words = ()
    id: str | None = None
    label: Words = ()
    value: Words = ()
    label_suffix: str | None = None
    custom: Annotated[str, AfterValidator(_a_pattern)] | None = None
    false_is_unknown: bool = False


class Preset(_Part):
    """One CRM's export, and the records of its API.

    ``targets``
        for each canonical column its names; several entries are filled in from each other, the
        first that has a value counts;
    ``close_is_expected_while_open``
        whether the closing date of an open deal is only the expected one;
    ``as_of``
        the targets that may date the day of decision, the best first;
    ``leaks``
        what is kept out, by class;
    ``record``
        how the API writes a record.
    """

    preset: Name
    title: str
    advice: Text
    targets: Mapping[Target, Annotated[tuple[ColumnNames, ...], Field(strict=False, min_length=1)]]
    close_is_expected_while_open: bool = False
    as_of: Annotated[tuple[Target, ...], Field(strict=False)] = ("created_on",)
    outcome: OutcomeColumns
    leaks: Mapping[Annotated[LeakClass, Field(strict=False)], Leaks] = Field(default_factory=dict)
    record: RecordShape = RecordShape()

    def column_names(self) -> Iterator[str]:
        """Yield every name that a column of this export may have."""
        for entries in self.targets.values():
            for entry in entries:
                yield from entry.names
        for column in self.outcome.columns():
            yield from column.names
        for leaks in self.leaks.values():
            yield from leaks.names


def parse_preset(content: bytes, name: str) -> Preset:
    """Return the preset that a YAML text holds.

    Raises
    ------
    features.errors.PolicyError
        When it is no YAML.
    pydantic.ValidationError
        When it is no preset.
    """
    return Preset.model_validate(read_yaml(content, name).data)


@cache
def presets() -> Mapping[str, Preset]:
    """Return every preset of the house by name, without the fallback.

    >>> sorted(presets())[:3]
    ['dynamics', 'fivetran_hubspot', 'fivetran_salesforce']
    """
    files = sorted(FOLDER.glob("*.yaml"))
    return {file.stem: _of(file.stem) for file in files if file.stem != FALLBACK}


@cache
def _of(name: str) -> Preset:
    file = FOLDER / f"{name}.yaml"
    return parse_preset(file.read_bytes(), file.name)


def fallback_preset() -> Preset:
    """Return the names that people give by themselves."""
    return _of(FALLBACK)


def named_preset(name: str) -> Preset:
    """Return a preset by its name.

    Raises
    ------
    InputError
        When there is none of that name, with the nearest one.
    """
    if name not in presets():
        what = Phrase("there is no preset '{name}'", name=printable(name, 40))
        hint = did_you_mean(name[:LONGEST_NAME], sorted(presets()))
        raise InputError([Problem(where="preset", what=what, hint=hint)])
    return presets()[name]
