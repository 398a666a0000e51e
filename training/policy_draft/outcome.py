"""How deals ended, for a draft: words that are not sure wait for people, as open deals."""

from dataclasses import replace

from features.crm.preset import Preset
from features.errors import DealsError
from training.distinct import distinct_texts
from training.outcomes.outcome import Outcome
from training.outcomes.preset_outcome import preset_rule
from training.outcomes.reading import OutcomeReading, read_outcomes
from training.outcomes.rule import FlagRule, OutcomeRule, WordRule, word_rule
from training.outcomes.search import outcome_candidates
from training.outcomes.words import known_words
from training.sources.raw_table import RawTable


def read_draft_outcomes(
    raw: RawTable, *, preset: Preset | None, column: str | None
) -> tuple[OutcomeReading, tuple[str, ...]]:
    """Return what became of every deal, and the words that say nothing that we could read.

    Those count as open, so that nothing is learned from them until somebody says what they mean.

    Raises
    ------
    DealsError
        As :func:`training.outcome_reading.read_outcomes` does, but for such words.
    """
    chosen = None if column is None else _rule_of(raw, column)
    try:
        return read_outcomes(raw, preset=preset, rule=chosen), ()
    except DealsError as error:
        rule = chosen or (preset and preset_rule(raw, preset)) or _found(raw)
        unsure = _unsure(raw, rule) if isinstance(rule, WordRule) else ()
        if not isinstance(rule, WordRule) or not unsure:
            raise _asking(error) if rule is None else error from None
        reading = read_outcomes(raw, preset=preset, rule=_with_open(rule))
        if not (reading.counts[Outcome.WON] and reading.counts[Outcome.LOST]):
            raise error from None
        return reading, unsure


def _asking(error: DealsError) -> DealsError:
    """Return an error whose hint says how to name the column."""
    hint = "name the column that says how deals ended: --outcome COLUMN"
    return DealsError([replace(one, hint=hint) for one in error.problems])


def _found(raw: RawTable) -> OutcomeRule | None:
    candidates = outcome_candidates(raw)
    return candidates[0].rule if len(candidates) == 1 else None


def _rule_of(raw: RawTable, column: str) -> OutcomeRule:
    """Return the rule of a column that somebody named: yes and no, or words."""
    if column not in raw.headers:
        return word_rule(column)  # refused, with a hint, where outcomes are read
    texts = [text for text in distinct_texts(raw, column).texts if text]
    words = known_words()
    if texts and all(words.flag(_whole(text)) is not None for text in texts):
        return FlagRule(won=column)
    return word_rule(column)


def _unsure(raw: RawTable, rule: WordRule) -> tuple[str, ...]:
    if rule.column not in raw.headers:
        return ()
    texts = distinct_texts(raw, rule.column).texts
    return tuple(text for text in texts if text and rule.meaning(text) is None)


def _with_open(rule: WordRule) -> WordRule:
    return replace(rule, meaning=lambda text: rule.meaning(text) or Outcome.OPEN)


def _whole(text: str) -> str:
    return text[:-2] if text in {"1.0", "0.0", "1,0", "0,0"} else text
