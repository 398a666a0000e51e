"""A deal closed: kept for the track record and for the next training."""

import math
from datetime import UTC, date, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from features.errors import InputError, Problem, did_you_mean, printable
from features.phrase import Phrase
from features.written_record import RecordReader
from serving.decision_log.records import Asker, OutcomeRecord
from serving.decision_log.tables import LONGEST_ID
from serving.keys.principal import Scope
from serving.messages import read_object
from serving.routes.asking import answered, asker_of, kept, require, unusable
from serving.routes.decisions import row_data

WORDS: Final = ("won", "lost", "no_decision", "declined_by_us")
REQUIRED = ("deal", "outcome", "closed_on")
SETTINGS = (*REQUIRED, "hours", "revenue")


async def outcome(request: Request) -> Response:
    """Keep how a deal ended; what is said later corrects it, and both stay."""
    require(request, Scope.OUTCOME)
    body = await request.body()
    asker = asker_of(request, body)
    try:
        record = outcome_of(read_object(body), asker, today=datetime.now(UTC).date())
    except InputError as error:
        raise unusable(error) from None
    earlier, written = await kept(request, record)
    if earlier is not None:
        data = row_data(earlier)
        return answered({name: data[name] for name in ("at", *SETTINGS)}, written)
    shown = {name: _shown(getattr(record, name)) for name in SETTINGS[1:]}
    return answered({"at": asker.at.isoformat(), "deal": record.deal_id, **shown}, written)


def outcome_of(written: dict[str, object], asker: Asker, *, today: date) -> OutcomeRecord:
    """Return the outcome that a request describes.

    Raises
    ------
    InputError
        With every problem: an entry missing or unknown, a day to come, a number below zero.
    """
    reader = _Reader(written, "", called=Phrase("an outcome"), settings=REQUIRED)
    return reader.outcome(asker, today)


def _shown(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


class _Reader(RecordReader):
    """Reads one outcome, and notes every problem in it."""

    def outcome(self, asker: Asker, today: date) -> OutcomeRecord:
        for key in self.written:
            if key not in SETTINGS:
                hint = did_you_mean(str(key), SETTINGS)
                self.add(printable(str(key)), "an outcome has no such entry", hint)
        deal, word, closed_on = self._deal(), self._word(), self.day("closed_on")
        if closed_on is not None and closed_on > today:
            what = Phrase("{day} is still to come", day=closed_on)
            self.add("closed_on", what, "tell it once it has closed")
        hours, revenue = self._number("hours"), self._number("revenue")
        if self.problems or deal is None or word is None or closed_on is None:
            raise InputError(self.problems)
        return OutcomeRecord(
            asker=asker, deal_id=deal, outcome=word, closed_on=closed_on, hours=hours,
            revenue=revenue,
        )  # fmt: skip

    def add(self, key: str, what: str, hint: str | None) -> None:
        """Note a problem; the entry alone says where."""
        self.problems.append(Problem(where=key, what=what, hint=hint))

    def _deal(self) -> str | None:
        value = self.given("deal")
        if value is None or (isinstance(value, str) and fits_an_id(value)):
            return value
        hint = Phrase("a text of up to {most} characters", most=LONGEST_ID)
        self.add("deal", "is not an id", hint)
        return None

    def _word(self) -> str | None:
        value = self.given("outcome")
        if value is None or (isinstance(value, str) and value in WORDS):
            return value
        what = Phrase("'{value}' is none of them", value=printable(str(value)))
        self.add("outcome", what, did_you_mean(str(value), WORDS))
        return None

    def _number(self, key: str) -> float | None:
        value = self.written.get(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            try:
                number = float(value)
            except OverflowError:
                number = math.inf
            if 0 <= number < math.inf:
                return number
        self.add(key, "is not a number", "a number from 0 on, or leave it out")
        return None


def fits_an_id(text: str) -> bool:
    """Return whether a text can be the id of a deal."""
    return bool(text.strip()) and len(text) <= LONGEST_ID and text.isprintable()
