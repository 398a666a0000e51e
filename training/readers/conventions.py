"""How a source writes its numbers and dates, where a column alone does not say."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pyarrow as pa

from training.readers.date_texts import DateTexts
from training.readers.number_texts import NumberTexts
from training.readers.votes import Votes

ENOUGH = 0.95
"""The share of a column's values that must be numbers, or dates, for it to have a say."""


@dataclass(slots=True)
class Conventions:
    """What the policy declares, and what all columns of the source say.

    The other columns are asked only when some column is undecided, and once.
    """

    table: pa.Table
    numbers: str | None = None
    dates: str | None = None
    _asked: dict[str, list[Votes]] = field(default_factory=dict)

    def number_way(self, texts: NumberTexts) -> str | None:
        """Return the decimal mark of a column, None where nothing decides."""
        way = texts.votes.way(self.numbers)
        return way or texts.votes.way(None, self._others("numbers", _number_votes, texts.votes))

    def date_way(self, texts: DateTexts) -> str | None:
        """Return the order of day and month of a column, None where nothing decides."""
        way = texts.votes.way(self.dates)
        return way or texts.votes.way(None, self._others("dates", _date_votes, texts.votes))

    def _others(
        self, what: str, votes: Callable[[pa.ChunkedArray], Votes | None], own: Votes
    ) -> list[Votes]:
        if not own.undecided:
            return []
        if what not in self._asked:
            texts = [column for column in self.table.columns if pa.types.is_string(column.type)]
            found = [votes(column) for column in texts]
            self._asked[what] = [vote for vote in found if vote is not None]
        return self._asked[what]


def _number_votes(column: pa.ChunkedArray) -> Votes | None:
    texts = NumberTexts.of(column)
    return texts.votes if texts.share >= ENOUGH else None


def _date_votes(column: pa.ChunkedArray) -> Votes | None:
    texts = DateTexts.of(column)
    return texts.votes if texts.share >= ENOUGH else None
