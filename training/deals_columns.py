"""Which column of a source is which, as the policy says and as the preset of its CRM knows."""

from dataclasses import dataclass, replace

from features.errors import InputError, Problem, did_you_mean
from features.headers import HeaderIndex
from features.policy import DealsFile, OutcomeColumn, OutcomeFlags, Policy
from training.mapping.deal_mapping import TARGETS, DealMapping, map_deals
from training.outcomes.loss_reasons import ReasonRule
from training.outcomes.outcome import loss_meanings, outcome_words
from training.outcomes.rule import FlagRule, OutcomeRule, explicit_rule
from training.sources.raw_table import RawTable

_TARGETS = {
    "id": "deal_id",
    "created_on": "created_on",
    "closed_on": "closed_on",
    "account": "account",
    "human_probability": "human_probability",
}
"""The settings of the deals block that are canonical columns of a preset."""
_NAMED = ("as_of", "name", "hours_spent", "seller", "team", "propensity")
"""Those that no preset knows by another name."""
NAMED_COLUMNS = (*_TARGETS, *_NAMED)
"""The settings of the deals block that name a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealsColumns:
    """The headers of the columns that are not fields, None where there is none, and of the fields.

    ``mapping`` is what the preset makes of the source, None where the policy names no preset.
    ``rule`` is how the policy says that deals end, None where the preset says it.
    """

    id: str | None
    as_of: str | None
    created_on: str | None
    closed_on: str | None
    account: str | None
    human_probability: str | None
    name: str | None
    hours_spent: str | None
    seller: str | None
    team: str | None
    propensity: str | None
    fields: dict[str, str]
    mapping: DealMapping | None
    rule: OutcomeRule | None

    def others(self) -> tuple[str, ...]:
        """Return the headers of the columns that are not fields and tell no outcome."""
        named = (self.id, self.as_of, self.created_on, self.closed_on, self.account,
                 self.human_probability, self.name, self.hours_spent, self.seller, self.team,
                 self.propensity)  # fmt: skip
        return tuple(dict.fromkeys((*filter(None, named), *self.closing_columns)))

    @property
    def closing_columns(self) -> tuple[str, ...]:
        """The columns of the closing days, filled in from each other: won on, lost on."""
        if self.closed_on is None:
            return ()
        known = () if self.mapping is None else self.mapping.columns.get("closed_on", ())
        return known if self.closed_on in known else (self.closed_on,)


def columns_of(raw: RawTable, policy: Policy, problems: list[Problem]) -> DealsColumns:
    """Return the columns of a source; what cannot be told is noted among the problems.

    A name in the policy is a header, but for case, accents and spaces. A field without a column of
    that name is the preset's column of that meaning.
    """
    spec, index = policy.deals, HeaderIndex(raw.headers)
    search = _Search(raw, index, None, problems)
    if spec.preset is not None:
        try:
            mapping = map_deals(raw, preset=spec.preset, chosen=_chosen(policy, search))
            search = replace(search, mapping=mapping)
        except InputError as error:
            problems += error.problems
    found = {name: search.header(getattr(spec, name), name) for name in NAMED_COLUMNS}
    fields = {
        name: header
        for name, field in policy.fields.items()
        if not field.derived and (header := search.field(name, field.column)) is not None
    }
    return DealsColumns(**found, fields=fields, mapping=search.mapping, rule=_rule(spec, search))


def _chosen(policy: Policy, search: "_Search") -> dict[str, str]:
    """Return the headers of the preset's columns that the policy names, in one way or another."""
    spec = policy.deals
    named: dict[str, str] = {
        target: written
        for setting, target in _TARGETS.items()
        if (written := getattr(spec, setting)) is not None
    }
    fields: dict[str, str] = {
        name: header
        for name, field in policy.fields.items()
        if name in TARGETS and (header := field.column or name) in search.raw.headers
    }
    return {
        **fields,
        **{target: search.named(name) or name for target, name in (named | spec.columns).items()},
    }


@dataclass(frozen=True, slots=True)
class _Search:
    raw: RawTable
    index: HeaderIndex
    mapping: DealMapping | None
    problems: list[Problem]

    def header(self, written: str | None, setting: str) -> str | None:
        """Return the header of a setting of the deals block."""
        if written is not None:
            return self.named(written)
        if self.mapping is None:
            return None
        if setting == "as_of":
            return self.mapping.as_of
        target = _TARGETS.get(setting)
        return None if target is None else self.mapping.header(target)  # type: ignore[arg-type]

    def field(self, name: str, column: str | None) -> str | None:
        """Return the header of a field."""
        found = self.named(column or name)
        if found is not None or column is not None or self.mapping is None:
            return found
        return self.mapping.header(name)  # type: ignore[arg-type]  # none where it is no target

    def named(self, name: str) -> str | None:
        """Return the header that a name means: itself, or the one that differs in writing only."""
        if name in self.raw.headers:
            return name
        found = self.index.find([name])
        if len(found) > 1:
            what = f"'{name}' may be {' or '.join(repr(one) for one in found)}"
            where = self.raw.header_place()
            hint = "write the one that is meant as the file does"
            self.problems.append(Problem(where=where, what=what, hint=hint))
        return found[0] if len(found) == 1 else None


def missing_column(raw: RawTable, column: str, purpose: str = "") -> Problem:
    """Return the problem of a column that is not there, on the line of the header."""
    what, hint = f"there is no column '{column}'{purpose}", did_you_mean(column, raw.headers)
    return Problem(where=raw.header_place(), what=what, hint=hint)


def _rule(spec: DealsFile, search: _Search) -> OutcomeRule | None:
    outcome = spec.outcome
    if isinstance(outcome, OutcomeColumn):
        header = search.named(outcome.column) or outcome.column
        return explicit_rule(header, outcome_words(outcome))
    if isinstance(outcome, OutcomeFlags):
        won, closed = (search.named(name) or name for name in (outcome.won, outcome.closed))
        flags = FlagRule(won=won, closed=closed)
        if outcome.reason is None:
            return flags
        reason = search.named(outcome.reason) or outcome.reason
        return ReasonRule(flags=flags, reason=reason, meanings=loss_meanings(outcome))
    return None
