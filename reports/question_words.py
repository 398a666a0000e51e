"""What to find out next, in sentences: what it costs, what it may save, and how much is behind it.

``Insolvency register: 6 minutes, a 9% chance to save 60 hours; worth €224 after its cost (216
past deals know it)``.
"""

from collections.abc import Sequence
from typing import Any

from features.deal import Fact
from features.policy import Policy
from features.texts import Language
from models.questions.questions import AnswerClass, Question
from reports.field_words import field_labels, shown_fact
from reports.numbers import counted, money, quantity
from reports.policy_words import listed
from reports.typography import honest_share, pair, typeset

MINUTES = 60
_MINUTES = (pair("minute", "minute"), pair("minutes", "minutes"))
_DEALS = (
    pair("past deal knows it", "affaire passée la connaît"),
    pair("past deals know it", "affaires passées la connaissent"),
)
_ABOUT = pair("{label}: {parts}", "{label} : {parts}")
_FREE = pair("at no stated cost", "sans coût indiqué")
_SAVES = pair("a {chance} chance to save {hours}", "{chance} de chances d'économiser {hours}")
_STOPS = pair("a {chance} chance to stop here", "{chance} de chances d'en rester là")
_CHANGES = pair(
    "a {chance} chance to change the recommendation",
    "{chance} de chances de changer la recommandation",
)
_CHANGES_NOTHING = pair(
    "by itself it changes no recommendation", "à elle seule elle ne change pas la recommandation"
)
_WORTH = pair("worth {net} after its cost", "rapporte {net} une fois son coût déduit")
_NOT_WORTH = pair(
    "not worth its cost: it brings {gain} on average",
    "ne vaut pas son coût : elle rapporte {gain} en moyenne",
)
_WORTH_NOTHING = pair(
    "worth nothing in money, whatever the answer", "ne rapporte rien, quelle que soit la réponse"
)
_NO_EVIDENCE = pair("no past deal says what to expect", "aucune affaire passée n'en dit rien")
_ORDERS = {
    "money": pair(
        "In order of what knowing is worth in money, less what it costs to find out. The chances "
        "are those of {deals}",
        "Par ordre de ce que savoir rapporte, moins ce qu'il coûte de l'apprendre. Les chances "
        "sont celles des {deals}",
    ),
    "chance": pair(
        "No money can be counted: in order of the chance to change the recommendation, for what "
        "it costs to find out",
        "Aucun montant ne peut être compté : par ordre des chances de changer la recommandation, "
        "pour ce qu'il coûte de l'apprendre",
    ),
    "none": pair(
        "No closed deal to learn from yet: what may stop the deal comes first, and what is cheap",
        "Aucune affaire close encore : d'abord ce qui peut arrêter l'affaire, et ce qui coûte peu",
    ),
}
_OF_WHOM = {
    True: pair(
        "past deals like this one, pursued or declined",
        "affaires passées qui ressemblent à celle-ci, poursuivies ou déclinées",
    ),
    False: pair(
        "closed deals like this one; these were pursued, so answers that stop a deal are rarer "
        "among them",
        "affaires closes qui ressemblent à celle-ci ; elles ont été poursuivies, les réponses qui "
        "arrêtent une affaire y sont donc plus rares",
    ),
}
_NOTHING = pair("There is nothing left to find out", "Il n'y a plus rien à apprendre")
_IDLE = {
    True: pair(
        "Still to be answered before a go, though no answer by itself is expected to change "
        "anything: {labels}",
        "À renseigner avant un go, bien qu'aucune réponse à elle seule ne doive rien changer : "
        "{labels}",
    ),
    False: pair(
        "By themselves these change nothing, whatever the answer: {labels}",
        "À elles seules, ces réponses ne changent rien, quelles qu'elles soient : {labels}",
    ),
}
_CLASS = pair("{answers} ({chance}): {what}", "{answers} ({chance}) : {what}")
_RANGE = pair("{low} to {high}", "{low} à {high}")
_STOPPED = pair("a knockout stops the deal", "un critère éliminatoire arrête l'affaire")
_PURSUED = pair(
    "pursuing is worth {value} on average", "la poursuivre rapporte {value} en moyenne"
)
_DROPPED = pair("pursuing costs {value} on average", "la poursuivre coûte {value} en moyenne")
_ANOTHER = pair("another recommendation", "une autre recommandation")
_SAME = pair("the same recommendation", "la même recommandation")


def order_in_words(
    questions: Sequence[Question], language: Language, *, n_declined: int = 0
) -> str:
    """Return by what the questions are in order, and what that rests on.

    ``n_declined`` is how many of the reference deals were declined.
    """
    if not questions:
        return _NOTHING.in_(language)
    if any(one.net is not None for one in questions):
        of_whom = _OF_WHOM[n_declined > 0].in_(language)
        return _ORDERS["money"].in_(language).format(deals=of_whom)
    told = any(one.change_chance is not None for one in questions)
    return _ORDERS["chance" if told else "none"].in_(language)


def is_idle(question: Question) -> bool:
    """Return whether an answer is known to change nothing by itself."""
    moves = (question.gain, question.knockout_chance, question.change_chance)
    return question.change_chance is not None and not any(round(one or 0.0, 4) for one in moves)


def idle_in_words(
    questions: Sequence[Question], policy: Policy, language: Language
) -> tuple[str, ...]:
    """Return the questions that are not worth asking alone: those a go needs, and the others."""
    lines = []
    for is_needed, text in _IDLE.items():
        names = tuple(
            one.field for one in questions if is_idle(one) and one.is_needed is is_needed
        )
        if names:
            lines.append(text.in_(language).format(labels=field_labels(names, policy, language)))
    return tuple(lines)


def question_in_words(question: Question, policy: Policy, language: Language) -> str:
    """Return what finding out one fact costs, may save and is worth, with the deals behind it."""
    label = policy.fields[question.field].label_in(question.field, language)
    parts = [effort_in_words(question, policy, language)]
    if question.change_chance is None:
        parts.append(_NO_EVIDENCE.in_(language))
        text = ", ".join(parts)
    else:
        told = [", ".join([*parts, _chance(question, language)])]
        told += [_worth(question, policy, language)] if question.gain is not None else []
        semicolon = typeset(" ; ", "fr") if language == "fr" else "; "
        n = counted(round(question.n), *_DEALS, language)
        text = f"{semicolon.join(told)} ({n})"
    return _ABOUT.in_(language).format(label=typeset(label, language), parts=text)


def effort_in_words(question: Question, policy: Policy, language: Language) -> str:
    """Return what it takes to find a fact out: minutes or hours, and money beside them."""
    cost = policy.fields[question.field].cost
    if cost is None:
        return _FREE.in_(language)
    parts = []
    if 0 < cost.hours < 1:
        minutes = max(1, round(MINUTES * cost.hours))
        parts.append(counted(minutes, *_MINUTES, language))
    elif cost.hours:
        parts.append(quantity(cost.hours, "hours", language))
    if cost.money or not parts:
        parts.append(money(cost.money, policy.economics.currency, language))
    return listed(parts, language)


def question_data(question: Question, policy: Policy, language: Language) -> dict[str, Any]:
    """Return a question as plain data with its sentence; chances are between 0 and 1."""
    field = policy.fields[question.field]
    return {
        "field": question.field,
        "label": field.label_in(question.field, language),
        "question": None if field.question is None else field.question.in_(language),
        "gain": question.gain,
        "cost": question.cost,
        "cost_hours": question.cost_hours,
        "net": question.net,
        "knockout_chance": question.knockout_chance,
        "change_chance": question.change_chance,
        "hours_saved": question.hours_saved,
        "past_deals": question.n,
        "is_needed": question.is_needed,
        "changes_nothing": is_idle(question),
        "text": question_in_words(question, policy, language),
        "answers": [
            _class_data(one, question.field, policy, language) for one in question.classes
        ],
    }


def class_in_words(one: AnswerClass, name: str, policy: Policy, language: Language) -> str:
    """Return what follows from some answers, and how likely they are."""
    if one.stops:
        what = _STOPPED.in_(language)
    elif one.value is not None:
        text = _PURSUED if one.value >= 0 else _DROPPED
        amount = money(abs(one.value), policy.economics.currency, language)
        what = text.in_(language).format(value=amount)
    else:
        what = (_ANOTHER if one.changes else _SAME).in_(language)
    chance, answers = honest_share(one.chance, language), _answers(one, name, policy, language)
    return _CLASS.in_(language).format(answers=answers, chance=chance, what=what)


def _chance(question: Question, language: Language) -> str:
    """Return the chance that matters most: that the deal stops, else that the answer changes."""
    if question.knockout_chance:
        chance = honest_share(question.knockout_chance, language)
        if question.hours_saved is None:
            return _STOPS.in_(language).format(chance=chance)
        hours = quantity(float(round(question.hours_saved)), "hours", language)
        return _SAVES.in_(language).format(chance=chance, hours=hours)
    if question.change_chance:
        chance = honest_share(question.change_chance, language)
        return _CHANGES.in_(language).format(chance=chance)
    return _CHANGES_NOTHING.in_(language)


def _worth(question: Question, policy: Policy, language: Language) -> str:
    gain, net = question.gain or 0.0, question.net or 0.0
    if round(gain) == 0:
        return _WORTH_NOTHING.in_(language)
    currency = policy.economics.currency
    if net <= 0:
        return _NOT_WORTH.in_(language).format(gain=money(gain, currency, language))
    return _WORTH.in_(language).format(net=money(net, currency, language))


def _class_data(one: AnswerClass, name: str, policy: Policy, language: Language) -> dict[str, Any]:
    return {
        "chance": one.chance,
        "value": one.value,
        "stops": one.stops,
        "changes": one.changes,
        "text": class_in_words(one, name, policy, language),
    }


def _answers(one: AnswerClass, name: str, policy: Policy, language: Language) -> str:
    words = [_shown(fact, name, policy, language) for fact in one.answers]
    if one.is_range and len(words) > 1:
        return _RANGE.in_(language).format(low=words[0], high=words[-1])
    return listed(words, language, link="or")


def _shown(fact: Fact, name: str, policy: Policy, language: Language) -> str:
    rounded = float(f"{fact:.3g}") if isinstance(fact, float) and fact != round(fact) else fact
    return shown_fact(rounded, name, policy, language)
