"""What a replay says in sentences: what would have been stopped, saved and lost."""

from collections.abc import Iterator

from features.texts import Language, Text
from reports import numbers
from reports.figures import counted_text, hours_text, in_both, money_text
from reports.replay.parts import Figure
from reports.replay.report import NamedDeal, PolicyReplay, ProbabilitySource, Replay
from reports.replay.words import HOURS, WORDS
from reports.typography import day, filled, honest_share, pair

Gaps = dict[str, float | str | Text]

_STOPPED = pair(
    "This policy would have stopped {stopped:count} of {pursued} ({share})",
    "Cette politique aurait arrêté {stopped:count} des {pursued} ({share})",
)
_LOST = pair(" and lost {wins}", " et perdu {wins}")
_FULL_STOP = pair(".", ".")
_NOTHING_STOPPED = pair(
    "This policy would have stopped none of {pursued}.",
    "Cette politique n'aurait arrêté aucune des {pursued}.",
)
_PURSUIT = (
    pair("pursuit", "affaire poursuivie"),
    pair("pursuits", "affaires poursuivies"),
)
_SHARE = pair("{share}, 90% interval {ends}", "{share}, intervalle à 90 % {ends}")
_SAVED = pair(", saved {hours}", ", épargné {hours}")
_SAVED_BETWEEN = pair(", saved {hours} ({low} to {high})", ", épargné {hours} ({low} à {high})")
_WORTH = pair(", which had left {money}", ", qui avaient laissé {money}")
_ASKED = pair(
    "About {asked} it would have asked first; won among these: {won:count}. What would have been "
    "found, nobody knows.",
    "Pour {asked} elle aurait d'abord posé une question ; gagnées parmi elles : {won:count}. Ce "
    "qu'on aurait appris, personne ne le sait.",
)
_LEFT = pair(
    "What it keeps would have left {kept}; pursuing all left {net}",
    "Ce qu'elle garde aurait laissé {kept} ; tout poursuivre a laissé {net}",
)
_BETWEEN = pair("between {low} and {high}", "entre {low} et {high}")
_ENDS = pair(" (90% interval {low} to {high})", " (intervalle à 90 % {low} à {high})")
_STOPPED_LEFT = pair(
    "All that it stops, wins and losses together, left {net}",
    "Tout ce qu'elle arrête, gains et pertes ensemble, a laissé {net}",
)
_WIN_RATE = pair(
    "Won of what it keeps: {rate}; of all pursued: {before:share}.",
    "Gagnées parmi ce qu'elle garde : {rate} ; parmi toutes : {before:share}.",
)
_POPULATION = pair(
    "{pursued} to their end, decided from {first} to {last}: {won:count} won, {lost:count} lost, "
    "{no_decision:count} without a decision.",
    "{pursued} jusqu'à leur terme, décidées du {first} au {last} : {won:count} gagnées, "
    "{lost:count} perdues, {no_decision:count} sans décision.",
)
_UNDATED = pair(
    "{pursued} to their end: {won:count} won, {lost:count} lost, {no_decision:count} without a "
    "decision.",
    "{pursued} jusqu'à leur terme : {won:count} gagnées, {lost:count} perdues, "
    "{no_decision:count} sans décision.",
)
_NO_HOURS = pair(
    "Of {deals} the hours are not known: they count in no sum of hours.",
    "De {deals} les heures ne sont pas connues : elles ne comptent dans aucune somme d'heures.",
)
_NO_MONEY = pair(
    "Of {deals} the money is not known: they count in no sum of money.",
    "De {deals} l'argent n'est pas connu : elles ne comptent dans aucune somme d'argent.",
)
_COUNTS_NONE = pair(
    "The policy counts no money: nothing is said of value.",
    "La politique ne compte pas d'argent : rien n'est dit de la valeur.",
)
_ROLLING = pair(
    "At each of {origins:count} days, from {first} to {last}, a model learned from what had "
    "closed before that day and judged what was decided from then on: {deals}. No model saw a "
    "deal that it judges.",
    "À chacun de {origins:count} jours, du {first} au {last}, un modèle a appris de ce qui "
    "était clos avant ce jour et jugé ce qui fut décidé ensuite : {deals}. Aucun modèle n'a vu "
    "une affaire qu'il juge.",
)
_CROSS = pair(
    "The file has no days. So a model learned from the deals of other accounts, {origins:count} "
    "times over, and judged the rest: {deals}. Some of what it learned from is later than what it "
    "judges.",
    "Le fichier n'a pas de dates. Un modèle a donc appris des affaires d'autres clients, "
    "{origins:count} fois, et jugé le reste : {deals}. Une part de ce dont il a appris est "
    "postérieure à ce qu'il juge.",
)
_NO_MODEL = pair(
    "There was too little to learn from: the points of the policy decide everywhere.",
    "Il y avait trop peu pour apprendre : les points de la politique décident partout.",
)
_WITHOUT = pair(
    "{deals} were decided before there was enough to learn from; there the points decide, as they "
    "would have then.",
    "{deals} ont été décidées avant qu'il y ait assez pour apprendre ; là les points décident, "
    "comme ils l'auraient fait alors.",
)
_ONLY_PURSUED = pair(
    "All this speaks of deals that were pursued. How others would have ended, nobody knows.",
    "Tout cela parle d'affaires qui furent poursuivies. Des autres, personne ne sait comment "
    "elles auraient fini.",
)


def headline(found: Replay) -> Text:
    """Return the one sentence: what the policy would have stopped, saved and lost."""
    policy, pursued = found.policy, counted_text(found.population.pursued, *_PURSUIT)
    saved, share = policy.if_pursued.saved, policy.if_pursued.deals_saved_share
    if not saved.deals.value:
        return filled(_NOTHING_STOPPED, {"pursued": pursued})
    stopped: Gaps = {
        "stopped": saved.deals.value,
        "pursued": pursued,
        "share": in_both(lambda language: share_of(share, language)),
    }
    wins = counted_text(len(policy.lost_wins), WORDS["win"], WORDS["wins"])
    return _joined(
        filled(_STOPPED, stopped),
        _saved(saved.hours),
        filled(_LOST, {"wins": wins}),
        _worth(policy.lost_wins, found.currency),
        _FULL_STOP,
    )


def more_sentences(found: Replay) -> tuple[Text, ...]:
    """Return what belongs beside the first sentence: what is asked, what is left, the win rate."""
    return tuple(_more(found.policy, found))


def basis_sentences(found: Replay) -> tuple[Text, ...]:
    """Return which deals and hours the figures rest on, and what is missing."""
    return tuple(_basis(found))


def source_sentences(source: ProbabilitySource) -> tuple[Text, ...]:
    """Return where the probabilities come from."""
    return tuple(_source(source))


def population_sentence(found: Replay) -> Text:
    """Return which deals are replayed."""
    told = found.population
    gaps: Gaps = {
        "pursued": counted_text(told.pursued, *_PURSUIT),
        "won": told.won,
        "lost": told.lost,
        "no_decision": told.no_decision,
    }
    if told.first_day is None or told.last_day is None:
        return filled(_UNDATED, gaps)
    return filled(_POPULATION, gaps | {"first": day(told.first_day), "last": day(told.last_day)})


def share_of(figure: Figure | None, language: Language) -> str:
    """Return a share with its interval in words; a dash where it is not known."""
    if figure is None:
        return numbers.NOTHING
    share = honest_share(figure.value, language)
    if figure.low is None or figure.high is None:
        return share
    ends = numbers.percent_range(figure.low, figure.high, language)
    return _SHARE.in_(language).format(share=share, ends=ends)


def _joined(*parts: Text | None) -> Text:
    """Return the parts that there are, one after the other."""
    told = [part for part in parts if part is not None]
    return in_both(lambda language: "".join(part.in_(language) for part in told))


def _saved(hours: Figure | None) -> Text | None:
    if hours is None:
        return None
    told: Gaps = {"hours": hours_text(hours.value)}
    if hours.low is None or hours.high is None:
        return filled(_SAVED, told)
    low, high = (_rounded(end) for end in (hours.low, hours.high))
    return filled(_SAVED_BETWEEN, told | {"low": low, "high": high})


def _rounded(value: float) -> Text:
    return in_both(lambda language: numbers.decimal(value, language, digits=0))


def _worth(wins: tuple[NamedDeal, ...], currency: str | None) -> Text | None:
    values = [one.value for one in wins if one.value is not None]
    return filled(_WORTH, {"money": money_text(sum(values), currency)}) if values else None


def _more(policy: PolicyReplay, found: Replay) -> Iterator[Text]:
    asked = policy.find_out
    if asked.deals.value:
        deals = _deals(asked.deals.value)
        yield filled(_ASKED, {"asked": deals, "won": asked.won.value})
    stopped = policy.if_pursued.saved
    if stopped.value is not None and stopped.deals.value:
        yield _with_ends(_STOPPED_LEFT, {}, stopped.value, found.currency)
    if policy.net_benefit is not None:
        least, most = policy.net_benefit.if_stopped.value, policy.net_benefit.if_pursued.value
        everything = policy.net_benefit.pursue_all
        kept = _between(least, most, found.currency)
        yield _with_ends(_LEFT, {"kept": kept}, everything, found.currency)
    rate, before = policy.if_pursued.win_rate, found.everything
    if rate is not None and before.deals.value:
        share = before.won.value / before.deals.value
        yield filled(
            _WIN_RATE, {"rate": in_both(lambda tongue: share_of(rate, tongue)), "before": share}
        )


def _between(one: float, other: float, currency: str | None) -> Text:
    low, high = sorted((one, other))
    if low == high:
        return money_text(low, currency)
    return filled(_BETWEEN, {"low": money_text(low, currency), "high": money_text(high, currency)})


def _with_ends(template: Text, gaps: Gaps, net: Figure, currency: str | None) -> Text:
    told = filled(template, gaps | {"net": money_text(net.value, currency)})
    return _joined(told, _money_ends(net, currency), _FULL_STOP)


def _money_ends(figure: Figure, currency: str | None) -> Text | None:
    if figure.low is None or figure.high is None:
        return None
    ends = {"low": money_text(figure.low, currency), "high": money_text(figure.high, currency)}
    return filled(_ENDS, ends)


def _basis(found: Replay) -> Iterator[Text]:
    yield filled(
        HOURS[found.hours], {"actual": found.hours_actual, "estimated": found.hours_estimated}
    )
    if found.hours != "none" and found.hours_unknown:
        yield filled(_NO_HOURS, {"deals": _deals(found.hours_unknown)})
    if not found.counts_money:
        yield _COUNTS_NONE
    elif found.money_unknown:
        yield filled(_NO_MONEY, {"deals": _deals(found.money_unknown)})
    yield _ONLY_PURSUED


def _source(source: ProbabilitySource) -> Iterator[Text]:
    gaps: Gaps = {"origins": source.origins, "deals": _deals(source.deals)}
    if source.method == "none":
        yield _NO_MODEL
        return
    if source.method == "cross_fit" or source.first_origin is None or source.last_origin is None:
        yield filled(_CROSS, gaps)
    else:
        days = {"first": day(source.first_origin), "last": day(source.last_origin)}
        yield filled(_ROLLING, gaps | days)
    if source.without:
        yield filled(_WITHOUT, {"deals": _deals(source.without)})


def _deals(count: float) -> Text:
    return counted_text(round(count), WORDS["deal"], WORDS["deals"])
