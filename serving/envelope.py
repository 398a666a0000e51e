"""What a request to score holds: a deal's facts as they are, or an envelope around them.

The envelope is ``{"facts": {...}, "waivers": [...], "id": "...", "as_of": "2026-03-31"}``; only
``facts`` must be there. A policy that has a field called ``facts`` is asked with plain facts.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from features.deal import Deal, Waiver
from features.errors import FactsError, Problem, did_you_mean, printable
from features.facts import deal_from_facts
from features.fields import WrongFactError, written_day
from features.phrase import Phrase
from features.policy import Policy, waivers_of

LONGEST_ID = 200
ENVELOPE = ("facts", "waivers", "id", "as_of")
QUERY = {"as_of": "as_of", "deal": "id"}
"""What the query may say, and the name of the same in the envelope."""


def deal_of(
    body: Mapping[str, Any], query: Mapping[str, str], policy: Policy, *, today: date
) -> Deal:
    """Return the deal that a request describes, as of ``today`` unless it says otherwise.

    Raises
    ------
    FactsError
        With every problem in its facts, its waivers, its envelope and its query.
    """
    return _Reader(body, query, policy).deal(today)


def facts_and_waivers(
    body: Mapping[str, Any], policy: Policy
) -> tuple[Mapping[str, Any], list[Any]]:
    """Return the facts and the waivers as they were given, of a body that could be read."""
    if not is_envelope(body, policy):
        return body, []
    return body["facts"], list(body.get("waivers") or [])


def is_envelope(body: Mapping[str, Any], policy: Policy) -> bool:
    """Return whether a body is an envelope around the facts, rather than the facts."""
    return "facts" in body and "facts" not in policy.fields


class _Reader:
    """Reads one request, and notes every problem in it."""

    def __init__(self, body: Mapping[str, Any], query: Mapping[str, str], policy: Policy) -> None:
        self.envelope = body if is_envelope(body, policy) else {"facts": body}
        self.query = {QUERY[word]: text for word, text in query.items() if word in QUERY}
        self.policy = policy
        self.problems: list[Problem] = []

    def deal(self, today: date) -> Deal:
        deal = self._facts(self._day(today), self._id(), self._waivers())
        for key in self.envelope:
            if key not in ENVELOPE:
                nearest = did_you_mean(key, ENVELOPE)
                hint = Phrase("{hint}; a fact stands under 'facts'", hint=nearest)
                self._add(printable(key), "is not read beside 'facts'", hint)
        if deal is None or self.problems:
            raise FactsError(self.problems)
        return deal

    def _facts(self, as_of: date, deal_id: str | None, waivers: tuple[Waiver, ...]) -> Deal | None:
        facts = self.envelope["facts"]
        if not isinstance(facts, dict):
            self._add("facts", "is not an object", 'write it like {"budget_known": true}')
            return None
        fields = self.policy.fields
        try:
            return deal_from_facts(facts, fields, as_of=as_of, deal_id=deal_id, waivers=waivers)
        except FactsError as error:
            self.problems[:0] = error.problems  # the facts first: they are what people look at
            return None

    def _waivers(self) -> tuple[Waiver, ...]:
        try:
            return waivers_of(self.envelope.get("waivers"), self.policy)
        except FactsError as error:
            self.problems += error.problems
            return ()

    def _day(self, today: date) -> date:
        value = self._given("as_of")
        try:
            return today if value is None else written_day(value)
        except WrongFactError as wrong:
            self._add("as_of", wrong.what, wrong.hint)
            return today

    def _id(self) -> str | None:
        value = self._given("id")
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > LONGEST_ID or not value.isprintable():
            hint = Phrase("a text of up to {most} characters", most=LONGEST_ID)
            self._add("id", "is not an id", hint)
            return None
        return value

    def _given(self, name: str) -> object:
        if name in self.query and self.envelope.get(name) is not None:
            self._add(name, "is given in the query and in the body", "say it once")
        return self.query.get(name, self.envelope.get(name))

    def _add(self, where: str, what: str, hint: str) -> None:
        self.problems.append(Problem(where=where, what=what, hint=hint))
