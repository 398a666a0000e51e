"""Flags of won and closed with the reason of the loss, which says which deals were no losses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from features.headers import plain
from training.distinct import distinct_texts
from training.outcomes.outcome import Outcome
from training.outcomes.rule import FlagRule, RuleReading, code_of
from training.sources.raw_table import RawTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonRule:
    """Two flags, and the words of a reason by which a lost deal is none.

    ``meanings`` says what each word makes of a lost deal, without regard to case, accents or
    punctuation: people type reasons. A won or open deal stays what it is, whatever its reason.
    """

    flags: FlagRule
    reason: str
    meanings: Mapping[str, Outcome]

    @property
    def columns(self) -> tuple[str, ...]:
        """The flags, and the reason after them."""
        return (*self.flags.columns, self.reason)

    def read(self, raw: RawTable, kept: NDArray[np.bool_]) -> RuleReading:
        """Return the outcome of every row; ``unmet`` are the words that no lost deal has."""
        found = self.flags.read(raw, kept)
        texts = distinct_texts(raw, self.reason)
        meant = {plain(word): outcome for word, outcome in self.meanings.items()}
        told = {text: meant[plain(text)] for text in texts.texts if plain(text) in meant}
        became = np.array([code_of(told.get(text, Outcome.LOST)) for text in texts.texts])
        is_lost = found.codes == code_of(Outcome.LOST)
        codes = np.where(is_lost, became.astype(np.int8)[texts.codes], found.codes)
        met = {plain(text) for text in texts.counts(kept & is_lost)}
        unmet = tuple(word for word in self.meanings if plain(word) not in met)
        return replace(found, codes=codes, meanings=told, unmet=unmet)
