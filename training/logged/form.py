"""How a source writes deals: under which headers, and in which words it says how one ended."""

from collections.abc import Mapping
from dataclasses import dataclass

from features.errors import DealsError, Problem
from features.policy import OutcomeColumn, OutcomeFlags, Policy
from training.deals_columns import NAMED_COLUMNS, DealsColumns, columns_of
from training.logged.blank_export import blank_export, rule_of_preset
from training.outcomes.loss_reasons import ReasonRule
from training.outcomes.outcome import Outcome, loss_meanings, outcome_words
from training.outcomes.reading import read_outcomes
from training.outcomes.rule import FlagRule, OutcomeRule, WordRule, explicit_rule
from training.sources.raw_table import RawTable

Cells = Mapping[str, str]
YES, NO = "true", "false"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The headers of the fields, of the other columns by their settings, and the outcomes.

    ``outcomes`` holds the cells that say an outcome; an outcome that is not there cannot be said.
    """

    fields: Mapping[str, str]
    settings: Mapping[str, str]
    outcomes: Mapping[Outcome, Cells]

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header, each once."""
        told = (header for cells in self.outcomes.values() for header in cells)
        return tuple(dict.fromkeys((*self.settings.values(), *told, *self.fields.values())))


def form_of_policy(policy: Policy) -> Form:
    """Return the form of a file that a policy reads, by its own words or those of its preset.

    Raises
    ------
    InputError
        Where there is no such preset, or it says no way that can be written.
    """
    spec = policy.deals
    if spec.outcome is None:
        return form_of_file(blank_export(policy, "deals"), policy)
    settings = {
        name: header for name in NAMED_COLUMNS if (header := getattr(spec, name)) is not None
    }
    fields = {name: one.column or name for name, one in policy.asked.items()}
    return Form(fields=fields, settings=settings, outcomes=outcome_cells(_rule_of(policy)))


def form_of_file(raw: RawTable, policy: Policy) -> Form:
    """Return the form of a file, as the policy and the preset of its CRM read it.

    Raises
    ------
    DealsError
        Where the policy cannot read it, or it says outcomes in a way that cannot be written.
    """
    problems: list[Problem] = []
    columns = columns_of(raw, policy, problems)
    if problems:
        raise DealsError(problems)
    rule, meanings = columns.rule, None
    if rule is None:
        rule, meanings = _rule_of_file(raw, columns)
    elif isinstance(policy.deals.outcome, OutcomeColumn):
        meanings = outcome_words(policy.deals.outcome)
    settings = {
        name: header for name in NAMED_COLUMNS if (header := getattr(columns, name)) is not None
    }
    cells = outcome_cells((rule, meanings or {}))
    if not cells:
        what = "its way of saying how deals ended cannot be written"
        hint = "name a column in the policy: deals: {outcome: {column: ..., won: [...], ...}}"
        raise DealsError([Problem(where=raw.where, what=what, hint=hint)])
    return Form(fields=columns.fields, settings=settings, outcomes=cells)


def outcome_cells(told: tuple[OutcomeRule, Mapping[str, Outcome]]) -> dict[Outcome, Cells]:
    """Return the cells by which a rule reads each outcome; nothing for a rule of another kind.

    >>> rule = FlagRule(won="Won", closed="Closed")
    >>> outcome_cells((rule, {}))[Outcome.LOST]
    {'Won': 'false', 'Closed': 'true'}
    """
    rule, meanings = told
    if isinstance(rule, WordRule):
        cells: dict[Outcome, Cells] = {}
        for word, outcome in meanings.items():
            cells.setdefault(outcome, {rule.column: word})
        return cells
    if isinstance(rule, FlagRule):
        return _flag_cells(rule)
    if isinstance(rule, ReasonRule):
        flags = _flag_cells(rule.flags)
        lost = {**flags[Outcome.LOST], rule.reason: ""}
        said = {
            outcome: {**lost, rule.reason: word}
            for word, outcome in reversed(list(rule.meanings.items()))
        }
        return {**flags, Outcome.LOST: lost, **said}
    return {}


def _flag_cells(rule: FlagRule) -> dict[Outcome, Cells]:
    if rule.closed is not None:
        cells = {
            Outcome.WON: {rule.won: YES, rule.closed: YES},
            Outcome.LOST: {rule.won: NO, rule.closed: YES},
            Outcome.OPEN: {rule.won: NO, rule.closed: NO},
        }
    elif rule.lost is not None:
        cells = {
            Outcome.WON: {rule.won: YES, rule.lost: NO},
            Outcome.LOST: {rule.won: NO, rule.lost: YES},
            Outcome.OPEN: {rule.won: NO, rule.lost: NO},
        }
    else:
        cells = {Outcome.WON: {rule.won: YES}, Outcome.LOST: {rule.won: NO}}
    return dict(cells)


def _rule_of_file(
    raw: RawTable, columns: DealsColumns
) -> tuple[OutcomeRule, Mapping[str, Outcome]]:
    """Return how a file without a rule of the policy says it: by its preset, or as it is found."""
    preset = None if columns.mapping is None else columns.mapping.preset
    of_preset = None if preset is None else rule_of_preset(raw, preset)
    if of_preset is not None:
        return of_preset
    reading = read_outcomes(raw, preset=preset)
    return reading.rule, reading.meanings


def _rule_of(policy: Policy) -> tuple[OutcomeRule, Mapping[str, Outcome]]:
    outcome = policy.deals.outcome
    if isinstance(outcome, OutcomeFlags):
        flags = FlagRule(won=outcome.won, closed=outcome.closed)
        if outcome.reason is None:
            return flags, {}
        meanings = loss_meanings(outcome)
        return ReasonRule(flags=flags, reason=outcome.reason, meanings=meanings), {}
    assert outcome is not None  # noqa: S101 (a policy without one has a preset)
    words = outcome_words(outcome)
    return explicit_rule(outcome.column, words), words
