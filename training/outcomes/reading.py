"""What became of the deals of a file: one of five words each, or set aside."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.crm.preset import Preset, fallback_preset
from features.errors import DealsError, Problem, did_you_mean
from features.texts import Text
from training.outcomes.outcome import Outcome
from training.outcomes.preset_outcome import ARCHIVED, SetAside, preset_rule, set_aside
from training.outcomes.rule import OUTCOMES, UNREAD, UNRECORDED, FlagRule, OutcomeRule, RuleReading
from training.outcomes.search import find_outcome, restating_columns
from training.sources.raw_table import RawTable

NO_OPEN = Text(
    en="'{column}' tells won from not won only: a deal still open would be taken for lost",
    fr="« {column} » ne distingue que gagnée et non gagnée : une affaire encore ouverte passerait "
    "pour perdue",
)
ASSUMED = Text(en="stages taken to be open: {words}", fr="étapes supposées en cours : {words}")
UNMET = Text(
    en="no lost deal has the reason {words}: is it written as in the file?",
    fr="aucune affaire perdue n'a le motif {words} : est-il écrit comme dans le fichier ?",
)
MOST_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeReading:
    """What became of the deals of a file.

    ``outcomes``
        an :class:`Outcome` a row, None where the row is set aside; shape (n_rows,);
    ``recorded``
        False where the file says nothing: the deal then counts as open; shape (n_rows,);
    ``rule``, ``meanings``
        how that was read, and what each word was taken to mean;
    ``restated``
        other columns that say the same in their words, and so give the answer away;
    ``left_out``
        rows that are no deals, by reason;
    ``warnings``
        what people should know before they trust it.
    """

    outcomes: NDArray[np.object_]
    recorded: NDArray[np.bool_]
    rule: OutcomeRule
    meanings: Mapping[str, Outcome]
    restated: tuple[str, ...]
    left_out: tuple[SetAside, ...]
    warnings: tuple[Text, ...]

    @property
    def is_deal(self) -> NDArray[np.bool_]:
        """Whether each row is a deal; shape (n_rows,)."""
        return np.asarray(pd.notna(self.outcomes), dtype=bool)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that says how the deals ended: the rule's first, then those that repeat."""
        return (*self.rule.columns, *self.restated)

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many deals ended each way, all five."""
        return {outcome: int((self.outcomes == outcome).sum()) for outcome in Outcome}


def read_outcomes(
    raw: RawTable, *, preset: Preset | None = None, rule: OutcomeRule | None = None
) -> OutcomeReading:
    """Return what became of every deal.

    Parameters
    ----------
    preset
        The CRM that the file comes from: brings a rule, and rows to set aside.
    rule
        What the policy says instead; it wins over the preset's rule and over any search.

    Raises
    ------
    DealsError
        With every word that has no meaning, or column that is missing; or when no column says
        the outcome, several do, or the file has no won or no lost deal.
    """
    if rule is not None:
        _check_columns(raw, rule)
    chosen = rule or (preset_rule(raw, preset) if preset else None) or _searched(raw, preset)
    aside = set_aside(raw, preset) if preset else ()
    if rule is not None:  # what the policy says of a word wins
        aside = tuple(part for part in aside if part.column not in rule.columns)
    kept = ~np.logical_or.reduce([part.rows for part in aside]) if aside else _all(raw)
    reading = chosen.read(raw, kept)
    if reading.problems:
        raise DealsError(reading.problems)
    unread = (reading.codes == UNREAD) & kept
    aside = (*aside, SetAside(unread, ARCHIVED, None)) if unread.any() else aside
    outcomes = _outcomes(reading, kept & ~unread)
    found = OutcomeReading(
        outcomes=outcomes,
        recorded=(reading.codes != UNRECORDED) | ~kept,
        rule=chosen,
        meanings=reading.meanings or {},
        restated=restating_columns(raw, outcomes, chosen),
        left_out=tuple(part for part in aside if part.rows.any()),
        warnings=_warnings(chosen, reading),
    )
    if preset is not None or rule is None:  # a policy says itself what its words mean
        _check_both(raw, found, preset or fallback_preset())
    return found


def _searched(raw: RawTable, preset: Preset | None) -> OutcomeRule:
    try:
        return find_outcome(raw)
    except DealsError as error:
        if preset is None:
            raise
        first = error.problems[0]
        problem = Problem(where=first.where, what=first.what, hint=preset.advice.en)
        raise DealsError([problem]) from None


def _check_columns(raw: RawTable, rule: OutcomeRule) -> None:
    problems = [
        Problem(
            where=raw.where,
            what=f"there is no column '{column}', which says how the deals ended",
            hint=did_you_mean(column, raw.headers),
        )
        for column in rule.columns
        if column not in raw.headers
    ]
    if problems:
        raise DealsError(problems)


def _all(raw: RawTable) -> NDArray[np.bool_]:
    return np.ones(len(raw), dtype=bool)


def _outcomes(reading: RuleReading, kept: NDArray[np.bool_]) -> NDArray[np.object_]:
    words = np.array([*OUTCOMES, None, Outcome.OPEN], dtype=object)  # unread, unrecorded
    outcomes: NDArray[np.object_] = words[reading.codes]
    outcomes[~kept] = None
    return outcomes


def _warnings(rule: OutcomeRule, reading: RuleReading) -> tuple[Text, ...]:
    told = []
    if isinstance(rule, FlagRule) and rule.closed is None and rule.lost is None:
        told.append(_filled(NO_OPEN, column=rule.won))
    if reading.assumed:
        told.append(_filled(ASSUMED, words=", ".join(reading.assumed[:MOST_WORDS])))
    if reading.unmet:
        told.append(_filled(UNMET, words=", ".join(reading.unmet[:MOST_WORDS])))
    return tuple(told)


def _filled(text: Text, **values: str) -> Text:
    return Text(en=text.en.format(**values), fr=text.fr.format(**values))


def _check_both(raw: RawTable, found: OutcomeReading, preset: Preset) -> None:
    counts = found.counts
    problems = []
    if not counts[Outcome.WON]:
        hint = f"'{found.rule.columns[0]}' is read as the outcome: is it the right column?"
        problems.append(Problem(where=raw.where, what="no deal was won", hint=hint))
    if not counts[Outcome.LOST] + counts[Outcome.NO_DECISION]:
        hint = preset.outcome.none_lost.en
        problems.append(Problem(where=raw.where, what="no deal was lost", hint=hint))
    if problems:
        raise DealsError(problems)
