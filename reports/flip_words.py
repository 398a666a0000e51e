"""The smallest changes that flip a recommendation, in sentences, in French and in English."""

from datetime import date
from typing import Any

from features.deal import NOT_APPLICABLE, Fact
from features.policy import Policy
from features.texts import Language
from models.flips.flips import Change, Flip, Flips
from models.what_if import WhatIf
from reports.field_words import shown_fact
from reports.numbers import money, percent, whole
from reports.policy_words import listed
from reports.sentences import RECOMMENDATIONS
from reports.typography import pair, quoted, typeset

_FLIP = pair("{recommendation} if {changes}", "{recommendation} si {changes}")
_IF_P_WIN = pair(" (probability {p_win})", " (probabilité {p_win})")
_IF_WORTH = pair(
    " (probability {p_win}, worth {value} on average)",
    " (probabilité {p_win}, rapporte {value} en moyenne)",
)
_BECOMES = pair(
    "{label} becomes {after} (now {before})", "{label} devient {after} (actuel : {before})"
)
_TURNS_OUT = pair("{label} turns out to be {after}", "{label} s'avère être {after}")
_UNKNOWN = pair("unknown", "non renseigné")
_NOTHING = pair(
    "No change of up to {n} facts that people can change, or that are unknown, would flip it "
    "({tried} combinations tried)",
    "Aucun changement de {n} réponses au plus, modifiables ou non renseignées, ne la renverserait "
    "({tried} combinaisons essayées)",
)
_SOME = pair(
    "The smallest changes that would flip it, of up to {n} facts that people can change or that "
    "are unknown ({tried} combinations tried)",
    "Les plus petits changements qui la renverseraient, de {n} réponses au plus, modifiables ou "
    "non renseignées ({tried} combinaisons essayées)",
)
_CUT_SHORT = pair(
    "; the search stopped there, so there may be others",
    " ; la recherche s'est arrêtée là, il peut y en avoir d'autres",
)
_SAME = pair("{now}, as before", "{now}, comme avant")
_OTHER = pair("{before} → {after}", "{before} → {after}")
_CHANGED = pair("{label}: {before} → {after}", "{label} : {before} → {after}")


def flips_in_words(flips: Flips, language: Language) -> str:
    """Return what was looked for and how far, before the flips themselves."""
    text = (_SOME if flips.found else _NOTHING).in_(language)
    told = text.format(n=whole(flips.most_changes, language), tried=whole(flips.tried, language))
    return told if flips.is_complete else told + _CUT_SHORT.in_(language)


def flip_in_words(flip: Flip, policy: Policy, language: Language) -> str:
    """Return one set of changes, and what would then be said of the deal."""
    changes = [change_in_words(change, policy, language) for change in flip.changes]
    told = _FLIP.in_(language).format(
        recommendation=RECOMMENDATIONS[flip.recommendation].in_(language),
        changes=listed(changes, language),
    )
    if flip.p_win is None:
        return told
    p_win = percent(flip.p_win, language)
    if flip.expected_value is None:
        return told + _IF_P_WIN.in_(language).format(p_win=p_win)
    value = money(flip.expected_value, policy.economics.currency, language)
    return told + _IF_WORTH.in_(language).format(p_win=p_win, value=value)


def change_in_words(change: Change, policy: Policy, language: Language) -> str:
    """Return one change: of a fact that is known, or how an unknown one would turn out."""
    label = quoted(policy.fields[change.field].label_in(change.field, language), language)
    after = shown_fact(change.after, change.field, policy, language)
    if change.before is None:
        return _TURNS_OUT.in_(language).format(label=label, after=after)
    before = shown_fact(change.before, change.field, policy, language)
    return _BECOMES.in_(language).format(label=label, after=after, before=before)


def flips_data(flips: Flips, policy: Policy, language: Language) -> dict[str, Any]:
    """Return the flips as plain data with their sentences."""
    return {
        "now": flips.now.value,
        "towards": [one.value for one in flips.towards],
        "tried": flips.tried,
        "most_changes": flips.most_changes,
        "is_complete": flips.is_complete,
        "text": flips_in_words(flips, language),
        "found": [_flip_data(flip, policy, language) for flip in flips.found],
    }


def what_if_in_words(told: WhatIf, policy: Policy, language: Language) -> tuple[str, ...]:
    """Return what changes, fact by fact, and then what that does to the recommendation."""
    before, after = (
        RECOMMENDATIONS[one.recommendation].in_(language) for one in (told.before, told.after)
    )
    text = _SAME if before == after else _OTHER
    lines = []
    for name in told.changed:
        facts = (told.deal.facts.get(name), told.other.facts.get(name))
        was, now = (_shown_or_unknown(fact, name, policy, language) for fact in facts)
        label = typeset(policy.fields[name].label_in(name, language), language)
        lines.append(_CHANGED.in_(language).format(label=label, before=was, after=now))
    return (*lines, text.in_(language).format(now=after, before=before, after=after))


def _flip_data(flip: Flip, policy: Policy, language: Language) -> dict[str, Any]:
    return {
        "changes": [
            {"field": one.field, "before": _plain(one.before), "after": _plain(one.after)}
            for one in flip.changes
        ],
        "recommendation": flip.recommendation.value,
        "move": flip.move,
        "p_win": flip.p_win,
        "expected_value": flip.expected_value,
        "text": flip_in_words(flip, policy, language),
    }


def _plain(fact: Fact | None) -> object:
    """Return a fact as JSON has it: as it would be given."""
    if fact is NOT_APPLICABLE:
        return {"not_applicable": True}
    return fact.isoformat() if isinstance(fact, date) else fact


def _shown_or_unknown(fact: Fact | None, name: str, policy: Policy, language: Language) -> str:
    return _UNKNOWN.in_(language) if fact is None else shown_fact(fact, name, policy, language)
