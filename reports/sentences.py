"""Reasons as sentences, in French and in English."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf

from features.deal import Waiver
from features.policy import Criterion, Knockout, Policy
from features.texts import Language, Text
from models.decision import Reason, Recommendation
from models.reason_codes import ReasonCode
from models.unlike_facts import UnlikeFact
from reports.evidence_words import compared_in_words
from reports.field_words import facts_in_words, field_labels, shown_fact
from reports.numbers import NOTHING, decimal, money, percent, points_of_percent, written_day
from reports.reason_words import points_alone, points_in_words, reason_sentence
from reports.typography import pair, quoted
from reports.value_words import between

RECOMMENDATIONS: Mapping[Recommendation, Text] = {
    Recommendation.GO: Text(en="Go", fr="Go"),
    Recommendation.CONDITIONAL_GO: Text(en="Conditional go", fr="Go sous conditions"),
    Recommendation.FIND_OUT: Text(en="Find out first", fr="À compléter"),
    Recommendation.NO_GO: Text(en="No-go", fr="No-go"),
}
_NEVER_MET = pair(
    "{label}: no closed deal had “{fact}”", "{label} : aucune affaire close n'avait « {fact} »"
)
_BEYOND = pair(
    "{label}: {fact} is beyond the closed deals, which had {low} to {high}",
    "{label} : {fact} dépasse les affaires closes, qui avaient de {low} à {high}",
)
_ALWAYS = pair(
    "{label}: {fact}, where all closed deals had {low}",
    "{label} : {fact}, là où toutes les affaires closes avaient {low}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A reason with what its sentence needs to know."""

    reason: Reason
    policy: Policy
    language: Language
    needs: str
    waiver: Waiver | None
    unlike: UnlikeFact | None

    @property
    def knockout(self) -> Knockout:
        return next(rule for rule in self.policy.knockouts if rule.id == self.reason.about)

    @property
    def criterion(self) -> Criterion:
        return next(rule for rule in self.policy.criteria if rule.id == self.reason.about)

    def say(self, special: str = "", **gaps: str) -> str:
        """Return the sentence of the reason's code, or of what is special about it."""
        key = f"{self.reason.code}:{special}" if special else str(self.reason.code)
        return reason_sentence(key, self.language, **gaps)

    def money(self, amount: float) -> str:
        return money(amount, self.policy.economics.currency, self.language)


def sentence(
    reason: Reason,
    policy: Policy,
    language: Language,
    *,
    needs: tuple[str, ...] = (),
    waiver: Waiver | None = None,
    unlike: UnlikeFact | None = None,
) -> str:
    """Return a reason as a sentence; ``needs`` are the facts that it waits for.

    ``waiver`` is that of a knockout which was waived, ``unlike`` the fact unlike past deals.
    """
    told = _Told(
        reason=reason,
        policy=policy,
        language=language,
        needs=field_labels(needs, policy, language) or NOTHING,
        waiver=waiver,
        unlike=unlike,
    )
    return _WRITERS[ReasonCode(reason.code)](told)


def unlike_in_words(unlike: UnlikeFact, policy: Policy, language: Language) -> str:
    """Return in what a fact is unlike those of all closed deals."""
    name = unlike.field
    ends = [
        bool(end) if isinstance(unlike.value, bool) else end
        for end in (unlike.lowest, unlike.highest)
        if end is not None
    ]
    fact, *limits = (shown_fact(one, name, policy, language) for one in (unlike.value, *ends))
    label = policy.fields[name].label_in(name, language)
    if not limits:
        return _NEVER_MET.in_(language).format(label=label, fact=fact)
    low, high = limits
    text = _ALWAYS if low == high else _BEYOND
    return text.in_(language).format(label=label, fact=fact, low=low, high=high)


def _fired(told: _Told) -> str:
    knockout, language = told.knockout, told.language
    why = knockout.reason.in_(language)
    if knockout.condition is None:
        return told.say(reason=why)
    return told.say("condition", reason=why, condition=knockout.condition.in_(language))


def _unknown(told: _Told) -> str:
    refuses = told.knockout.on_unknown == "no_go"
    why = told.knockout.reason.in_(told.language)
    return told.say("refuses" if refuses else "", reason=why, needs=told.needs)


def _waived(told: _Told) -> str:
    waiver = told.waiver
    return told.say(
        by=waiver.by if waiver else NOTHING,
        until=written_day(waiver.until, told.language) if waiver else NOTHING,
        why=waiver.reason if waiver else NOTHING,
        reason=told.knockout.reason.in_(told.language),
    )


def _condition(told: _Told) -> str:
    condition = told.knockout.condition
    return told.say(condition=condition.in_(told.language) if condition else NOTHING)


def _exploration(told: _Told) -> str:
    rule = told.policy.decision.exploration
    share = told.reason.figures.get("share", rule.share if rule else None)
    return told.say(share=percent(share, told.language))


def _unlike(told: _Told) -> str:
    if told.unlike is None:
        return told.say(unlike=NOTHING)
    return told.say(unlike=unlike_in_words(told.unlike, told.policy, told.language))


def _p_win_below(told: _Told) -> str:
    threshold = told.policy.decision.go_at.p_win or 0.0
    figure, least = apart(_figure(told), threshold, told.language)
    return told.say(figure=figure, threshold=least)


def _points_below(told: _Told) -> str:
    threshold = told.policy.decision.go_at.points or 0.0
    figure, least = (decimal(one, told.language) for one in (_figure(told), threshold))
    return told.say(figure=figure, threshold=least)


def _value(told: _Told) -> str:
    threshold = told.money(told.policy.decision.go_at.expected_value or 0.0)
    below = told.reason.code == ReasonCode.VALUE_BELOW_THRESHOLD
    if below and told.reason.fact is not None:
        return told.say(figure=told.money(_figure(told)), threshold=threshold)
    lowest, highest = (told.reason.figures.get(name, end) for name, end in _OPEN.items())
    currency = told.policy.economics.currency
    figure = between(-inf if below else lowest, highest, currency, told.language)
    special = "unknown" if below else ""
    return told.say(special, figure=figure, threshold=threshold, needs=told.needs)


def _close_call(told: _Told) -> str:
    figures, language = told.reason.figures, told.language
    asked = told.policy.decision.go_at.expected_value or 0.0
    at, p_win = apart(figures["at"], figures["p_win"], language)
    special = ""
    if told.reason.about == "break_even":
        special = "value" if asked else "break_even"
    compared = compared_in_words(
        int(figures["deals"]), int(figures["won"]), (figures["low"], figures["high"]), language
    )
    return told.say(special, at=at, p_win=p_win, threshold=told.money(asked), **compared)


def _sensitive(told: _Told) -> str:
    figures = told.reason.figures
    way = "more" if figures["change"] > 0 else "less"
    return told.say(
        f"{told.reason.about}:{way}",
        change=percent(abs(figures["change"]), told.language),
        changed=told.money(figures["changed"]),
        value=told.money(figures["value"]),
    )


def _of_criterion_in_the_past(told: _Told) -> str:
    return told.say(
        label=quoted(told.criterion.label.in_(told.language), told.language),
        facts=facts_in_words(told.reason.facts, told.policy, told.language),
        share=points_of_percent(told.reason.contribution, told.language),
    )


def _of_fact_in_the_past(told: _Told) -> str:
    name, fact, language = told.reason.about, told.reason.fact, told.language
    label = told.policy.fields[name].label_in(name, language)
    share = points_of_percent(told.reason.contribution, language)
    if fact is None:
        return told.say("unknown", label=label, share=share)
    shown = shown_fact(fact, name, told.policy, language)
    return told.say(label=label, fact=shown, share=share)


def _met(told: _Told) -> str:
    points = points_in_words(told.reason.contribution, told.language)
    return told.say(label=told.criterion.label.in_(told.language), points=points)


def _to_complete(told: _Told) -> str:
    low, high = (told.reason.figures.get(one, 0.0) for one in ("lowest", "highest"))
    return told.say(
        label=told.criterion.label.in_(told.language),
        needs=told.needs,
        low=points_alone(low, told.language),
        high=points_in_words(high, told.language, signed=False),
    )


def _lost(told: _Told) -> str:
    figures, language = told.reason.figures, told.language
    return told.say(
        label=told.criterion.label.in_(language),
        points=points_alone(figures["points"], language),
        best=points_alone(figures["best"], language),
        lost=points_in_words(-told.reason.contribution, language, signed=False),
    )


def apart(one: float, other: float, language: Language) -> tuple[str, str]:
    r"""Return two shares, with as many decimals as it takes to tell them apart, two at most.

    >>> apart(0.231, 0.234, "en"), apart(0.2, 0.4, "en"), apart(0.5, 0.5, "en")
    (('23.1%', '23.4%'), ('20%', '40%'), ('50%', '50%'))
    """
    for digits in (0, 1, 2):
        shown = (percent(one, language, digits=digits), percent(other, language, digits=digits))
        if one == other or shown[0] != shown[1]:
            return shown
    return shown


def _figure(told: _Told) -> float:
    return told.reason.fact if isinstance(told.reason.fact, float) else 0.0


_OPEN = {"lowest": -inf, "highest": inf}
_WRITERS: Mapping[ReasonCode, Callable[[_Told], str]] = {
    ReasonCode.KNOCKOUT_FIRED: _fired,
    ReasonCode.KNOCKOUT_UNKNOWN: _unknown,
    ReasonCode.KNOCKOUT_WAIVED: _waived,
    ReasonCode.CONDITION: _condition,
    ReasonCode.EXPLORATION: _exploration,
    ReasonCode.TOO_LITTLE_KNOWN: lambda told: told.say(needs=told.needs),
    ReasonCode.UNLIKE_PAST_DEALS: _unlike,
    ReasonCode.P_WIN_BELOW_THRESHOLD: _p_win_below,
    ReasonCode.POINTS_BELOW_THRESHOLD: _points_below,
    ReasonCode.VALUE_BELOW_THRESHOLD: _value,
    ReasonCode.VALUE_UNKNOWN: _value,
    ReasonCode.CLOSE_CALL: _close_call,
    ReasonCode.VALUE_SENSITIVE: _sensitive,
    ReasonCode.MODEL_CRITERION: _of_criterion_in_the_past,
    ReasonCode.MODEL_FACT: _of_fact_in_the_past,
    ReasonCode.CRITERION_MET: _met,
    ReasonCode.CRITERION_TO_COMPLETE: _to_complete,
    ReasonCode.POINTS_LOST: _lost,
}
