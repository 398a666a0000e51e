"""Deals, knockouts and policies of a replay, as people name them, and why a deal is stopped."""

from collections.abc import Iterator
from typing import Literal

from features.texts import Language, Text
from reports.figures import in_both, money_text
from reports.numbers import NOTHING, counted, decimal
from reports.policy_words import listed
from reports.replay.parts import Figure, NamedDeal, StoppedBy
from reports.replay.report import Combination, OtherCombinations, PolicyReplay, Replay
from reports.replay.words import WORDS, word
from reports.typography import honest_share


def deal_name(deal: NamedDeal) -> str:
    """Return what a deal is called: its name, its id, or where it stands in the file."""
    return deal.name or deal.id or deal.where or NOTHING


def why(reason: StoppedBy, currency: str | None) -> Text:
    """Return why a deal is stopped, or what must be found out of it first."""
    label = reason.label or Text(en=reason.id, fr=reason.id)
    if reason.kind == "knockout":
        return label
    if reason.kind == "unknown_knockout":
        return in_both(lambda tongue: word("why_unknown", tongue, label=label.in_(tongue)))
    key = f"why_{reason.kind}"
    if reason.kind == "expected_value" and reason.reached is None:
        key = "why_value_unknown"
    return in_both(
        lambda tongue: word(
            key,
            tongue,
            reached=_reached(reason, reason.reached, currency, tongue),
            threshold=_reached(reason, reason.threshold, currency, tongue),
        )
    )


def judged(value_back: Figure) -> Literal["costs", "saves", "cannot_tell"]:
    """Return what the money says of a knockout: above zero, it costs more than it saves."""
    if value_back.low is not None and value_back.low > 0:
        return "costs"
    if value_back.high is not None and value_back.high < 0:
        return "saves"
    return "cannot_tell"


def combinations(
    policy: PolicyReplay, language: Language
) -> Iterator[tuple[str, Combination | OtherCombinations]]:
    """Yield the combinations of two knockouts and more, then the rest, with their names."""
    labels = {one.id: one.label.in_(language) for one in policy.knockouts}
    several = [one for one in policy.combinations if len(one.knockouts) > 1]
    for one in several:
        yield listed([labels.get(name, name) for name in one.knockouts], language), one
    others = policy.other_combinations
    if others is not None and several:
        nouns = (WORDS["other_combination"], WORDS["other_combinations"])
        yield counted(others.combinations, *nouns, language), others


def other_policy(found: Replay, language: Language) -> str:
    """Return what the other policy is called: by its name too where the titles are the same."""
    other = found.against
    if other is None:
        return ""
    title = other.title.in_(language)
    same = title == found.policy.title.in_(language)
    version = word("version", language, version=other.version) if other.version else other.name
    return f"{title} ({version})" if same else title


def _reached(
    reason: StoppedBy, figure: float | None, currency: str | None, language: Language
) -> str:
    if figure is None:
        return NOTHING
    if reason.kind == "p_win":
        return honest_share(figure, language)
    if reason.kind == "expected_value":
        return money_text(figure, currency).in_(language)
    return decimal(figure, language)
