"""What a plan says in sentences: what to work, how good the choice is, and what to believe."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from features.texts import LANGUAGES, Language, Text
from reports import numbers
from reports.plan.report import DealName, NoRoom, OpenDeal, Plan, PlannedExploration
from reports.plan.words import word
from reports.typography import pair
from reports.value_words import NOT_COUNTED

Gaps: TypeAlias = Callable[[Language], Mapping[str, str]]

_VERDICT = pair(
    "Work {chosen} of {deals}: expected value {value} in {hours}.",
    "Travailler {chosen} des {deals} : valeur attendue {value} en {hours}.",
)
_NOTHING = pair(
    "No deal can be chosen of {deals}.", "Aucune affaire ne peut être retenue sur {deals}."
)
_BEST = pair(
    "There is no better choice: that is proven.", "Il n'y a pas de meilleur choix : c'est prouvé."
)
_NEAR = pair(
    "No choice is worth more than {bound}: this one is within {gap} of it.",
    "Aucun choix ne vaut plus de {bound} : celui-ci en est à moins de {gap}.",
)
_COMPARABLE = pair(
    "At the win rates of comparable past deals they would bring {value}. What is chosen because "
    "it looks best may bring less than it promises: of the two, count on the lower. Neither knows "
    "whether the market has moved since; qualifox monitor does.",
    "Aux taux de gain des affaires passées comparables, elles rapporteraient {value}. Ce qu'on "
    "retient parce qu'il paraît le meilleur peut rapporter moins que promis : des deux, mieux "
    "vaut compter sur le plus bas. Aucun ne sait si le marché a bougé depuis ; qualifox monitor, "
    "si.",
)
_WINS = pair(
    "{wins} wins expected, {low} to {high} in nine cases of ten, worth {low_value} to "
    "{high_value}, if the probabilities are right and each deal ends by itself.",
    "{wins} gains attendus, de {low} à {high} neuf fois sur dix, soit {low_value} à {high_value}, "
    "si les probabilités sont justes et que chaque affaire suit son propre cours.",
)
_ASSUMED = pair(
    "No model decides yet: the probabilities are the points of the policy around a win rate that "
    "is assumed. Take the order for what it is, and the sums for less.",
    "Aucun modèle ne décide encore : les probabilités sont les points de la politique autour d'un "
    "taux de gain supposé. L'ordre vaut ce qu'il vaut, et les sommes moins encore.",
)
_APART = pair(
    "Apart: {find_out} to find out first, {unknown} of unknown value or hours, {no_value} that "
    "cost more than they bring, {refused} refused.",
    "À part : {find_out} à compléter d'abord, {unknown} de valeur ou d'heures inconnues, "
    "{no_value} qui coûtent plus qu'elles ne rapportent, {refused} refusées.",
)
_DRAWN = pair(
    "Exploration: {deals} to be worked all the same, in {hours}.",
    "Exploration : {deals}, à travailler malgré le refus, en {hours}.",
)
_NONE_DRAWN = pair(
    "Exploration: no refused deal was drawn.",
    "Exploration : aucune affaire refusée n'a été tirée au sort.",
)
_COSTS = pair(
    "It costs {cost}: without the draw the deals chosen would bring {foregone} more, and the draw "
    "is expected to bring {value}.",
    "Cela coûte {cost} : sans le tirage, les affaires retenues rapporteraient {foregone} de plus, "
    "et le tirage devrait rapporter {value}.",
)
_PAYS = pair(
    "It is expected to cost nothing: without the draw the deals chosen would bring {foregone} "
    "more, and the draw is expected to bring {value}.",
    "Cela ne devrait rien coûter : sans le tirage, les affaires retenues rapporteraient "
    "{foregone} de plus, et le tirage devrait rapporter {value}.",
)
_UNKNOWN_VALUE = pair(
    "The value of {unknown} is unknown, and not counted.",
    "La valeur de {unknown} est inconnue, et n'est pas comptée.",
)
_LEFT_OUT_OF_DRAW = pair(
    "Left out of the draw for want of room or of known hours: {left_out}.",
    "Écartées du tirage, faute de place ou d'heures connues : {left_out}.",
)
_WERE_DRAWN = (
    pair("refused deal was drawn", "affaire refusée a été tirée au sort"),
    pair("refused deals were drawn", "affaires refusées ont été tirées au sort"),
)
_DRAWN_DEALS = (
    pair("drawn deal", "affaire tirée au sort"),
    pair("drawn deals", "affaires tirées au sort"),
)
_NOT_COUNTED = pair("Not counted: {parts}.", "Non compté : {parts}.")
_OPEN_DEALS = (pair("open deal", "affaire ouverte"), pair("open deals", "affaires ouvertes"))
SMALLEST_GAP = 1e-4
TENTHS_BELOW = 100


def verdict_sentence(plan: Plan) -> Text:
    """Return what to do, in one sentence."""
    template = _VERDICT if plan.chosen else _NOTHING
    return _written(
        template,
        lambda language: {
            "chosen": numbers.whole(len(plan.chosen), language),
            "deals": numbers.counted(plan.deals, *_OPEN_DEALS, language),
            "value": numbers.money(plan.value, plan.currency, language),
            "hours": hours_in_words(plan.hours, language),
        },
    )


def further_sentences(plan: Plan) -> tuple[Text, ...]:
    """Return how good the choice is, what to believe of it, and what stands apart."""
    told = [_proof(plan)] if plan.chosen else []
    if plan.assumed:
        told.append(_ASSUMED)
    if plan.chosen:
        told += [*_comparable(plan), _wins(plan)]
    if plan.exploration is not None:
        told.append(_explored(plan, plan.exploration))
    told.append(_apart(plan))
    if plan.not_counted:
        told.append(_left_out(plan))
    return tuple(told)


def hours_in_words(hours: float, language: Language) -> str:
    r"""Return hours with their noun, as whole as they are.

    >>> hours_in_words(398.04, "fr"), hours_in_words(2.5, "en")
    ('398\xa0heures', '2.5\xa0hours')
    """
    return numbers.quantity(round(hours, 1 if hours < TENTHS_BELOW else 0), "hours", language)


def name_in_words(deal: DealName) -> str:
    """Return a deal as people call it, with its id.

    >>> name_in_words(DealName(id="D7", name="Press shop")), name_in_words(DealName(id="D8"))
    ('Press shop (D7)', 'D8')
    """
    return deal.id if deal.name in {None, "", deal.id} else f"{deal.name} ({deal.id})"


def loss_in_words(one: NoRoom, currency: str | None, language: Language) -> str:
    """Return what working a deal all the same would lose."""
    if one.loss is None:
        return word("too_large", language)
    loss = numbers.money(one.loss, currency, language)
    if one.is_exact:
        return loss
    return word("at_least", language, loss=loss) if round(one.loss) else word("little", language)


def room_in_words(one: NoRoom, language: Language, most: int = 4) -> str:
    """Return which deals a "no" makes room for, by name."""
    if one.loss is None:
        return numbers.NOTHING
    names = [name_in_words(deal) for deal in one.displaced]
    if len(names) > most:
        names = [*names[:most], f"+{numbers.whole(len(names) - most, language)}"]
    return ", ".join(names) or word("hours_left", language)


def bounds_in_words(one: OpenDeal, currency: str | None, language: Language) -> str:
    """Return what a deal could be worth, as far as the policy gives it an end."""
    low, high = (
        None if end is None else numbers.money(end, currency, language)
        for end in (one.lowest, one.highest)
    )
    if low is None and high is None:
        return word("no_bounds", language)
    if low is not None and low == high:
        return low
    key = "up_to" if low is None else "from" if high is None else "from_to"
    return word(key, language, low=low or "", high=high or "")


def _written(template: Text, gaps: Gaps) -> Text:
    told = {one: template.in_(one).format(**gaps(one)) for one in LANGUAGES}
    return Text(en=told["en"], fr=told["fr"])


def _proof(plan: Plan) -> Text:
    if plan.gap == 0:
        return _BEST
    return _written(
        _NEAR,
        lambda language: {
            "bound": numbers.money(plan.bound, plan.currency, language),
            "gap": numbers.percent(max(plan.gap, SMALLEST_GAP) + 5e-5, language, digits=2),
        },
    )


def _comparable(plan: Plan) -> list[Text]:
    value = plan.promise.comparable_value
    if value is None:
        return []
    return [
        _written(
            _COMPARABLE,
            lambda language: {"value": numbers.money(value, plan.currency, language)},
        )
    ]


def _wins(plan: Plan) -> Text:
    found = plan.promise
    return _written(
        _WINS,
        lambda language: {
            "wins": numbers.decimal(found.wins, language, digits=1),
            "low": numbers.whole(found.wins_low, language),
            "high": numbers.whole(found.wins_high, language),
            "low_value": numbers.money(found.value_low, plan.currency, language),
            "high_value": numbers.money(found.value_high, plan.currency, language),
        },
    )


def _explored(plan: Plan, found: PlannedExploration) -> Text:
    """Return what is drawn, what exploring costs, and what is not in either."""
    parts = [_DRAWN, _PAYS if found.cost <= 0 else _COSTS] if plan.drawn else [_NONE_DRAWN]
    parts += [_UNKNOWN_VALUE] if found.unknown else []
    parts += [_LEFT_OUT_OF_DRAW] if found.left_out else []
    template = Text(en=" ".join(part.en for part in parts), fr=" ".join(part.fr for part in parts))
    return _written(
        template,
        lambda language: {
            "deals": numbers.counted(len(plan.drawn), *_WERE_DRAWN, language),
            "hours": hours_in_words(found.hours, language),
            "cost": numbers.money(found.cost, plan.currency, language),
            "foregone": numbers.money(found.foregone, plan.currency, language),
            "value": numbers.money(found.value, plan.currency, language),
            "unknown": numbers.counted(found.unknown, *_DRAWN_DEALS, language),
            "left_out": numbers.whole(found.left_out, language),
        },
    )


def _apart(plan: Plan) -> Text:
    parts = {
        "find_out": plan.find_out,
        "unknown": plan.unknown,
        "no_value": plan.no_value,
        "refused": plan.refused,
    }
    return _written(
        _APART,
        lambda language: {
            name: numbers.whole(len(deals), language) for name, deals in parts.items()
        },
    )


def _left_out(plan: Plan) -> Text:
    return _written(
        _NOT_COUNTED,
        lambda language: {
            "parts": ", ".join(NOT_COUNTED[name].in_(language) for name in plan.not_counted)
        },
    )
