"""Fields and their facts as the reader writes them, in French and in English."""

from collections.abc import Iterable, Mapping
from datetime import date

from features.deal import NOT_APPLICABLE, Fact
from features.fields import DerivedField, NumberField
from features.policy import Policy
from features.texts import Language
from reports.numbers import quantity, written_day
from reports.remembered import remembered
from reports.typography import pair

_NOT_APPLICABLE = pair("not applicable", "sans objet")
_YES_NO = {True: pair("yes", "oui"), False: pair("no", "non")}
_FACT = pair("{label}: {fact}", "{label} : {fact}")
_NOT_KNOWN = pair("not known", "non renseigné")


def field_labels(names: Iterable[str], policy: Policy, language: Language) -> str:
    """Return the labels of some fields, as a list in a sentence."""
    return ", ".join(policy.fields[name].label_in(name, language) for name in names)


def shown_fact(fact: Fact, name: str, policy: Policy, language: Language) -> str:
    """Return a fact as the reader writes it; categories stand as the CRM has them."""
    field = policy.fields[name]
    if isinstance(fact, bool):
        return _YES_NO[fact].in_(language)
    if isinstance(fact, str):
        return fact
    if fact is NOT_APPLICABLE:
        return _NOT_APPLICABLE.in_(language)
    if isinstance(fact, date):
        return written_day(fact, language)
    unit = field.unit if isinstance(field, NumberField | DerivedField) else None
    return quantity(fact, unit, language)


def facts_in_words(facts: Mapping[str, Fact | None], policy: Policy, language: Language) -> str:
    """Return some facts with their labels, and which of them are not known."""
    return ", ".join(
        [
            _with_label(shown_fact(fact, name, policy, language), name, policy, language)
            if isinstance(fact, float)  # of which there are too many to remember
            else _labelled(policy, name, fact, language)
            for name, fact in facts.items()
        ]
    )


@remembered
def _labelled(policy: Policy, name: str, fact: Fact | None, language: Language) -> str:
    told = _NOT_KNOWN.in_(language)
    if fact is not None:
        told = shown_fact(fact, name, policy, language)
    return _with_label(told, name, policy, language)


def _with_label(fact: str, name: str, policy: Policy, language: Language) -> str:
    label = policy.fields[name].label_in(name, language)
    return _FACT.in_(language).format(label=label, fact=fact)
