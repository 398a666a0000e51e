"""A look at a file of deals before anything is trained: what it is, and what would be used."""

from datetime import date

from features.crm.preset import Preset, fallback_preset
from features.errors import InputError
from features.texts import Text
from reports.inspection import (
    InspectedColumn,
    InspectedMonth,
    InspectedOutcome,
    InspectedProblem,
    InspectedWord,
    Inspection,
    RecognisedPreset,
)
from training.distinct import distinct_texts
from training.due_days import due_days
from training.mapping.deal_mapping import DealMapping, map_deals
from training.mapping.recognition import recognise
from training.outcomes.outcome import Outcome
from training.outcomes.reading import OutcomeReading, read_outcomes
from training.outcomes.rule import ArchiveRule, FlagRule, OutcomeRule
from training.sources.raw_table import RawTable
from training.unrecorded import MonthOfDeals, is_rising, unrecorded_by_month

_HOW_WORDS = Text(en="the words of '{0}'", fr="les mots de « {0} »")
_HOW_WON = Text(en="'{0}' says won or lost", fr="« {0} » dit gagnée ou perdue")
_HOW_CLOSED = Text(
    en="'{1}' says whether it ended, '{0}' whether it was won",
    fr="« {1} » dit si elle est terminée, « {0} » si elle est gagnée",
)
_HOW_LOST = Text(
    en="'{0}' says won, '{1}' says lost, neither means open",
    fr="« {0} » dit gagnée, « {1} » perdue, ni l'une ni l'autre : en cours",
)
_HOW_ARCHIVE = Text(
    en="archived ('{0}') at '{1}' 0 is lost, active at 100 is won",
    fr="archivée (« {0} ») à « {1} » 0 : perdue ; active à 100 : gagnée",
)
_LEFT_OPEN = Text(
    en="{target}: {headers} would all do; name one in the policy",
    fr="{target} : {headers} conviendraient toutes ; nommez-en une dans la politique",
)
_NO_DAYS = Text(
    en="the days of '{column}' cannot be read in one form, so months are not counted",
    fr="les jours de « {column} » ne se lisent pas sous une seule forme : pas de compte par mois",
)


def inspect_deals(raw: RawTable, *, preset: str | None = None, as_of: date) -> Inspection:
    """Return what a file of deals is and how it would be used.

    What stands in the way of reading outcomes is told in ``problems``, beside all the rest.

    Raises
    ------
    InputError
        When there is no such preset, or two columns would do for one.
    """
    mapping = map_deals(raw, preset=preset)
    reading, problems = _reading(raw, mapping.preset)
    months, warnings = _months(raw, mapping, reading, as_of)
    used = mapping.preset or fallback_preset()
    return Inspection(
        where=raw.where,
        deals=len(raw),
        preset=mapping.preset and mapping.preset.preset,
        title=mapping.preset and mapping.preset.title,
        advice=used.advice,
        candidates=_candidates(raw),
        columns=_columns(raw, mapping, reading),
        as_of=mapping.as_of,
        close_is_expected=mapping.close_is_expected_while_open,
        outcome=None if reading is None else _outcome(raw, reading),
        months=tuple(
            InspectedMonth(month=one.month, deals=one.deals, unrecorded=one.unrecorded)
            for one in months
        ),
        rising=is_rising(months),
        notes=raw.notes,
        warnings=(*(reading.warnings if reading else ()), *_left_open(mapping), *warnings),
        problems=problems,
    )


def _reading(
    raw: RawTable, preset: Preset | None
) -> tuple[OutcomeReading | None, tuple[InspectedProblem, ...]]:
    try:
        return read_outcomes(raw, preset=preset), ()
    except InputError as error:
        return None, tuple(
            InspectedProblem(where=one.where, what=one.what, hint=one.hint)
            for one in error.problems
        )


def _candidates(raw: RawTable) -> tuple[RecognisedPreset, ...]:
    return tuple(
        RecognisedPreset(
            name=one.preset.preset, title=one.preset.title, known=one.known, score=one.score
        )
        for one in recognise(raw.headers).candidates
    )


def _columns(
    raw: RawTable, mapping: DealMapping, reading: OutcomeReading | None
) -> tuple[InspectedColumn, ...]:
    outcome = () if reading is None else reading.columns
    return tuple(
        InspectedColumn(
            header=one.header,
            role=one.role.value,
            target=one.target,
            leak=one.leak and one.leak.value,
            reason=one.reason,
        )
        for one in mapping.roles(raw.headers, outcome)
    )


def _outcome(raw: RawTable, reading: OutcomeReading) -> InspectedOutcome:
    words: tuple[InspectedWord, ...] = ()
    if reading.meanings:
        counts = distinct_texts(raw, reading.rule.columns[0]).counts()
        words = tuple(
            InspectedWord(word=word, outcome=outcome.value, deals=counts[word])
            for word, outcome in reading.meanings.items()
        )
    return InspectedOutcome(
        columns=reading.rule.columns,
        how=_how(reading.rule),
        words=words,
        counts={outcome.value: n for outcome, n in reading.counts.items()},
        unrecorded=int((~reading.recorded).sum()),
        left_out=tuple((part.reason, int(part.rows.sum())) for part in reading.left_out),
    )


def _how(rule: OutcomeRule) -> Text:
    text = _HOW_WORDS
    if isinstance(rule, ArchiveRule):
        text = _HOW_ARCHIVE
    elif isinstance(rule, FlagRule):
        text = _HOW_CLOSED if rule.closed else _HOW_LOST if rule.lost else _HOW_WON
    return Text(en=text.en.format(*rule.columns), fr=text.fr.format(*rule.columns))


def _left_open(mapping: DealMapping) -> tuple[Text, ...]:
    return tuple(
        _filled(_LEFT_OPEN, target=target, headers=", ".join(headers))
        for target, headers in mapping.left_open.items()
    )


def _filled(text: Text, **values: str) -> Text:
    return Text(en=text.en.format(**values), fr=text.fr.format(**values))


def _months(
    raw: RawTable, mapping: DealMapping, reading: OutcomeReading | None, as_of: date
) -> tuple[tuple[MonthOfDeals, ...], tuple[Text, ...]]:
    """Return the months, and a warning for each column of days that cannot be read."""
    if reading is None or not (mapping.header("closed_on") or mapping.header("expected_close")):
        return (), ()
    due_on, unread = due_days(
        raw,
        closed=mapping.columns.get("closed_on", ()),
        expected=mapping.columns.get("expected_close", ()),
        is_open=reading.outcomes == Outcome.OPEN,
    )
    if unread:
        return (), tuple(_filled(_NO_DAYS, column=name) for name in unread)
    found = unrecorded_by_month(
        reading.outcomes, recorded=reading.recorded, due_on=due_on, as_of=as_of
    )
    return found, ()
