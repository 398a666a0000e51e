"""The answer about one deal as a sales person reads it: what to do, why, and what it hangs on.

The same parts are printed in a terminal and on a page. Everything is already in words, in one
language; what is long is cut, and says by how much.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from features.policy import Policy
from features.texts import Language
from models.decision import Decision, Estimate, Reason, Recommendation
from models.knockouts import KnockoutState
from models.reason_codes import ReasonCode as Code
from reports.answer_reasons import reason_text
from reports.answer_why import why_in_words
from reports.answer_words import expired_in_words, grade_in_words
from reports.evidence_words import comparable_in_words, evidence_in_words
from reports.numbers import decimal, money, percent, quantity, whole, written_day
from reports.page_words import word
from reports.reason_words import points_in_words
from reports.sentences import RECOMMENDATIONS
from reports.typography import honest_share
from reports.value_words import details_of, main_in_words

MOST_LINES = 5
"""Lines of one section: the rest is counted."""
SHORT = 12
"""Characters of a fingerprint that people need."""

Tone: TypeAlias = Literal["plain", "bad", "warn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence; ``tone`` says whether it speaks against the deal, or asks for care."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some lines under a title; ``more`` says how many were left out, None where none were."""

    key: str
    title: str
    lines: tuple[Line, ...]
    more: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """The answer about one deal, in words; sections with nothing to say are not there."""

    language: Language
    recommendation: Recommendation
    verdict: str
    deal: str
    about: str
    why: str
    sections: tuple[Section, ...]
    foot: str


def answer_page(
    decision: Decision,
    policy: Policy,
    language: Language,
    *,
    name: str | None = None,
    questions: Sequence[str] | None = None,
    flips: Sequence[str] = (),
) -> AnswerPage:
    """Return the answer about one deal, in words.

    ``name`` is what people call the deal. ``questions`` are sentences on what to find out next,
    the most telling first; without them the facts that the answer waits for are asked in the
    policy's order. ``flips`` are sentences on what would turn the recommendation.
    """
    told = _Telling(decision, policy, language)
    why = why_in_words(decision, policy, language)
    asked = list(told.questions()) if questions is None else questions
    sections = {
        "conditions": (one for one in told.of(Code.CONDITION, tone="warn") if one.text != why),
        "money": told.money(),
        "chances": told.chances(),
        "knockouts": told.knockouts(),
        "points": told.points(),
        "questions": (Line(text=text) for text in asked),
        "flips": (Line(text=text) for text in flips),
    }
    cut = (_section(key, list(lines), language) for key, lines in sections.items())
    day = written_day(decision.as_of, language)
    return AnswerPage(
        language=language,
        recommendation=decision.recommendation,
        verdict=RECOMMENDATIONS[decision.recommendation].in_(language),
        deal=name or decision.deal_id or word("unnamed", language),
        about=word("about", language, policy=policy.title.in_(language), day=day),
        why=why,
        sections=tuple(section for section in cut if section.lines),
        foot=_foot(decision, language),
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    """What each section of the page of one decision says."""

    decision: Decision
    policy: Policy
    language: Language

    def of(
        self,
        *codes: Code,
        tone: Tone = "plain",
        where: Callable[[Reason], bool] = lambda _: True,
    ) -> Iterator[Line]:
        """Return the sentences of the reasons with these codes."""
        for reason in self.decision.reasons:
            if reason.code in codes and where(reason):
                text = reason_text(reason, self.decision, self.policy, self.language)
                yield Line(text=text, tone=tone)

    def money(self) -> Iterator[Line]:
        worth = self.decision.worth
        if worth is None:
            return
        bad = worth.bounds[1] < 0
        main = main_in_words(worth, self.policy, self.language)
        yield Line(text=main, tone="bad" if bad else "plain")
        for text in details_of(worth, self.language):
            yield Line(text=text)
        yield from self.of(Code.VALUE_SENSITIVE, tone="warn")

    def chances(self) -> Iterator[Line]:
        estimate, language = self.decision.estimate, self.language
        if estimate is not None:
            yield Line(text=self._p_win(estimate))
            if estimate.band is not None:
                yield Line(text=comparable_in_words(estimate.band, language))
        closed = None if estimate is None else (estimate.won, estimate.not_won)
        yield Line(text=evidence_in_words(closed, language))
        yield from self.of(Code.CLOSE_CALL, Code.UNLIKE_PAST_DEALS, tone="warn")
        yield from self.of(Code.MODEL_CRITERION, Code.MODEL_FACT)

    def knockouts(self) -> Iterator[Line]:
        """Tell those that apply or may, the refusing ones first; count the others."""
        yield from self.of(Code.EXPLORATION, tone="warn")
        fired = list(self.of(Code.KNOCKOUT_FIRED, tone="bad", where=self._refuses))
        fired += self.of(
            Code.KNOCKOUT_FIRED, tone="warn", where=lambda one: not self._refuses(one)
        )
        fired += self.of(Code.KNOCKOUT_UNKNOWN, Code.KNOCKOUT_WAIVED, tone="warn")
        yield from fired
        states = {KnockoutState.CLEAR, KnockoutState.CANNOT_FIRE}
        clear = sum(one.state in states for one in self.decision.knockouts)
        if clear:
            many = ("clear_only", "clear_all") if not fired else ("clear_one", "clear_many")
            yield Line(text=word(many[clear > 1], self.language, n=whole(clear, self.language)))

    def points(self) -> Iterator[Line]:
        card, language = self.decision.scorecard, self.language
        if not card.criteria:
            return
        best = points_in_words(card.best, language, signed=False)
        key = "points" if card.lowest == card.highest else "points_open"
        ends = {end: decimal(getattr(card, end), language) for end in ("lowest", "highest")}
        points = decimal(card.points, language)
        yield Line(text=word(key, language, points=points, best=best, **ends))
        yield from self.of(Code.POINTS_LOST)
        yield from self.of(Code.CRITERION_MET, where=lambda one: one.contribution < 0)

    def questions(self) -> Iterator[str]:
        for name in self.decision.find_out:
            field = self.policy.fields[name]
            label = field.label_in(name, self.language)
            asked = field.question.in_(self.language) if field.question else None
            text = label if asked is None else word("asked", self.language, label=label, q=asked)
            expired = name in self.decision.expired
            old = expired_in_words(name, self.policy, self.language) if expired else ""
            yield ". ".join(one for one in (text + self._cost(name), old) if one)

    def _asks(self, reason: Reason) -> bool:
        return not self._refuses(reason)

    def _refuses(self, reason: Reason) -> bool:
        rules = self.decision.knockouts
        return next(one.knockout.refuses for one in rules if one.knockout.id == reason.about)

    def _cost(self, name: str) -> str:
        cost, currency = self.policy.fields[name].cost, self.policy.economics.currency
        if cost is None:
            return ""
        parts = [quantity(cost.hours, "hours", self.language)] if cost.hours else []
        parts += [money(cost.money, currency, self.language)] if cost.money else []
        return f" ({', '.join(parts)})" if parts else ""

    def _p_win(self, estimate: Estimate) -> str:
        language = self.language
        told = word("p_win", language, p_win=honest_share(estimate.p_win, language))
        if estimate.p_no_decision is not None and estimate.p_lost is not None:
            lost, undecided = estimate.p_lost, estimate.p_no_decision
            told += word("other_ends", language, lost=percent(lost, language),
                         undecided=percent(undecided, language))  # fmt: skip
        grade = grade_in_words(self.decision, self.policy, language)
        return told if grade is None else f"{told}. {grade}"


def _section(key: str, lines: Sequence[Line], language: Language) -> Section:
    left = len(lines) - MOST_LINES
    if left == 1:  # one more line is no longer than saying that there is one
        left = 0
    shown = tuple(lines[:MOST_LINES] if left > 0 else lines)
    more = word("more", language, n=str(left)) if left > 0 else None
    return Section(key=key, title=word(f"{key}_title", language), lines=shown, more=more)


def _foot(decision: Decision, language: Language) -> str:
    versions = decision.versions
    policy = versions.policy_version or versions.policy[:SHORT]
    model = (versions.model or word("no_model", language))[:SHORT]
    return word("foot", language, policy=policy, model=model)
