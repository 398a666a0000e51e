"""From written waivers to waivers, each checked against what the policy allows."""

from datetime import date, timedelta

from features.deal import Waiver
from features.errors import FactsError, Problem, did_you_mean, printable
from features.phrase import Phrase
from features.policy.knockouts import WaiverTerms
from features.policy.policy import Policy
from features.written_record import RecordReader

SETTINGS = ("knockout", "by", "reason", "granted_on", "until")
MOST_WAIVERS = 100


def waivers_of(written: object, policy: Policy, where: str = "waivers") -> tuple[Waiver, ...]:
    """Return the waivers that a list of objects describes.

    A waiver whose time is over, or has not come, is no mistake: it does not count on that day.

    Raises
    ------
    FactsError
        With every problem: a knockout that does not exist or that nobody may waive, somebody who
        may not waive it, a waiver longer than allowed, a setting missing or unknown.

    Examples
    --------
    >>> from features.policy import parse_policy
    >>> policy = parse_policy(b'''
    ... policy: p
    ... title: {en: P, fr: P}
    ... deals: {outcome: {column: s, won: [w], lost: [l]}}
    ... fields: {late: {type: boolean}}
    ... knockouts:
    ...   - id: pays_late
    ...     when: {late: true}
    ...     then: no_go
    ...     reason: {en: Pays late, fr: Paie tard}
    ...     waiver: {by: [finance], days: 30}
    ... decision: {go_at: {p_win: 0.3}}
    ... ''')
    >>> waivers_of([{"knockout": "pays_late", "by": "sales", "reason": "An old customer",
    ...              "granted_on": "2026-01-05", "until": "2026-01-20"}], policy)
    Traceback (most recent call last):
    features.errors.FactsError: waivers[0].by: 'sales' may not waive 'pays_late'
      hint: one of: finance
    """
    if written is None:
        return ()
    if not isinstance(written, list) or len(written) > MOST_WAIVERS:
        what, hint = (
            "the waivers are not a list",
            Phrase("a list of objects, at most {most}", most=MOST_WAIVERS),
        )
        raise FactsError([Problem(where=where, what=what, hint=hint)])
    readers = [_Reader(one, f"{where}[{place}]", policy) for place, one in enumerate(written)]
    waivers = [reader.waiver() for reader in readers]
    problems = [problem for reader in readers for problem in reader.problems]
    if problems:
        raise FactsError(problems)
    return tuple(waiver for waiver in waivers if waiver is not None)


class _Reader(RecordReader):
    """Reads one waiver, and notes every problem in it."""

    def __init__(self, written: object, where: str, policy: Policy) -> None:
        super().__init__(written, where, called=Phrase("a waiver"), settings=SETTINGS)
        self.is_record, self.policy = isinstance(written, dict), policy

    def waiver(self) -> Waiver | None:
        if not self.is_record:
            hint = Phrase("with {names}", names=", ".join(SETTINGS))
            self.add("", "a waiver is an object", hint)
            return None
        for key in self.written:
            if key not in SETTINGS:
                self.add(printable(key), "a waiver has no such entry", did_you_mean(key, SETTINGS))
        knockout, by, reason = (self.text(key) for key in SETTINGS[:3])
        granted_on, until = self.day("granted_on"), self.day("until")
        terms = self._terms(knockout)
        if terms is not None and by is not None and by not in terms.by:
            template = "'{who}' may not waive '{knockout}'"
            what = Phrase(template, who=printable(by), knockout=knockout)
            self.add("by", what, did_you_mean(by, terms.by))
        if granted_on is not None and until is not None:
            self._check_length(granted_on, until, terms)
        if None in (knockout, by, reason, granted_on, until):
            return None
        return Waiver(
            knockout=str(knockout), by=str(by), reason=str(reason),
            granted_on=granted_on or date.min, until=until or date.min,
        )  # fmt: skip

    def _terms(self, name: str | None) -> WaiverTerms | None:
        """Return who may waive a knockout and for how long, after noting that nobody may."""
        if name is None:
            return None
        knockouts = {one.id: one for one in self.policy.knockouts}
        waivable = [one.id for one in self.policy.knockouts if one.waiver is not None]
        if name not in knockouts:
            what = Phrase("the policy has no knockout '{name}'", name=printable(name))
            self.add("knockout", what, did_you_mean(name, knockouts))
            return None
        terms = knockouts[name].waiver
        if terms is None:
            hint = Phrase("these may be waived: {names}", names=", ".join(waivable))
            what = Phrase("nobody may waive '{knockout}'", knockout=name)
            self.add("knockout", what, hint if waivable else "none may be")
        return terms

    def _check_length(self, granted_on: date, until: date, terms: WaiverTerms | None) -> None:
        if until < granted_on:
            template = "{day} is before {granted}, when it was granted"
            self.add("until", Phrase(template, day=until, granted=granted_on), None)
        elif terms is not None and (until - granted_on).days > terms.days:
            last = granted_on + timedelta(days=terms.days)
            days = (until - granted_on).days
            template = "{days} days are longer than the {most} that the policy allows"
            what = Phrase(template, days=days, most=terms.days)
            self.add("until", what, Phrase("until {day} at the latest", day=last))
