"""An export of a CRM without a row: the headers under which a log writes its deals for a preset.

Where a policy leaves its columns to a preset, the log is written as that CRM would export it: by
the first name of each column, and with the columns that say how deals ended.
"""

from collections.abc import Iterator

import pyarrow as pa

from features.crm.preset import ColumnNames, Preset, named_preset
from features.headers import plain
from features.policy import Policy
from training.deals_columns import NAMED_COLUMNS
from training.outcomes.outcome import Outcome
from training.outcomes.preset_outcome import preset_rule
from training.outcomes.rule import OutcomeRule, WordRule
from training.sources.raw_table import RawTable

WORDS = {
    Outcome.WON: ("won",),
    Outcome.LOST: ("lost",),
    Outcome.NO_DECISION: ("no decision", "no_decision"),
    Outcome.DECLINED_BY_US: ("declined by us", "declined", "disqualified"),
    Outcome.OPEN: ("", "open"),
}
"""Words that everybody uses, tried after those of the preset."""


def blank_export(policy: Policy, where: str) -> RawTable:
    """Return an export without rows, of the CRM whose preset the policy names.

    Raises
    ------
    InputError
        When there is no such preset.
    """
    preset = named_preset(str(policy.deals.preset))
    headers: dict[str, str] = {}
    for header in (*_of_policy(policy, preset), *_of_preset(preset)):
        headers.setdefault(plain(header), header)  # two writings of one header would be two
    columns = {header: pa.array([], pa.string()) for header in headers.values()}
    return RawTable(table=pa.table(columns), where=where)


def rule_of_preset(raw: RawTable, preset: Preset) -> tuple[OutcomeRule, dict[str, Outcome]] | None:
    """Return how a preset reads outcomes, with a word for each that it has one for."""
    rule = preset_rule(raw, preset)
    return None if rule is None else (rule, spoken(rule, preset))


def spoken(rule: OutcomeRule, preset: Preset) -> dict[str, Outcome]:
    """Return words that a rule reads, those of the preset first."""
    if not isinstance(rule, WordRule):
        return {}
    listed = [*preset.outcome.status, *filter(None, [preset.outcome.stage])]
    said: dict[str, Outcome] = {}
    for outcome, words in WORDS.items():
        own = (word for one in listed for word in getattr(one, outcome.value, ()))
        for word in (*own, *words):
            if (Outcome.OPEN if not word else rule.meaning(word)) is outcome:
                said.setdefault(word, outcome)
    return said


def _of_policy(policy: Policy, preset: Preset) -> Iterator[str]:
    spec = policy.deals
    yield from filter(None, (getattr(spec, name) for name in NAMED_COLUMNS))
    yield from spec.columns.values()
    for name, field in policy.asked.items():
        if field.column is not None:
            yield field.column
        elif name not in preset.targets:
            yield name


def _of_preset(preset: Preset) -> Iterator[str]:
    outcome = preset.outcome
    if outcome.flags:
        first = outcome.flags[0]
        yield from map(_name, filter(None, (first.won, first.closed, first.lost)))
    elif outcome.status:
        yield _name(outcome.status[0].column)
    for entries in preset.targets.values():
        yield _name(entries[0])


def _name(names: ColumnNames) -> str:
    return names.names[0]
