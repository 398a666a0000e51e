"""What one policy does more or less than another over the same deals, in sentences."""

from collections.abc import Iterator

from features.texts import Text
from reports.figures import in_both, money_text
from reports.numbers import decimal
from reports.replay.parts import Figure
from reports.replay.report import Replay, SwapSet
from reports.typography import filled, pair

_STOPPED = pair(
    "Deals stopped: {gain} ({low} to {high}).", "Affaires arrêtées : {gain} ({low} à {high})."
)
_WINS = pair("Wins kept: {gain} ({low} to {high}).", "Gains gardés : {gain} ({low} à {high}).")
_HOURS = pair(
    "Hours saved: {gain} ({low} to {high}).", "Heures épargnées : {gain} ({low} à {high})."
)
_NET = pair(
    "Money left by what is kept: {gain} ({low} to {high}).",
    "Reste de ce qui est gardé : {gain} ({low} à {high}).",
)
_BETTER = pair(
    "Whole interval above zero: more money is left than under the other policy.",
    "Tout l'intervalle est au-dessus de zéro : il reste plus d'argent qu'avec l'autre politique.",
)
_WORSE = pair(
    "Whole interval below zero: less money is left than under the other policy.",
    "Tout l'intervalle est sous zéro : il reste moins d'argent qu'avec l'autre politique.",
)
_EITHER = pair(
    "The interval holds zero: which policy leaves more money cannot be told from this past.",
    "L'intervalle contient zéro : ce passé ne dit pas quelle politique laisse plus d'argent.",
)


def gain_sentences(found: Replay) -> tuple[Text, ...]:
    """Return the gains of this policy over the other with their intervals; empty without one."""
    return () if found.swap is None else tuple(_gains(found.swap, found.currency))


def _gains(swap: SwapSet, currency: str | None) -> Iterator[Text]:
    yield _told(_STOPPED, swap.stopped_gain)
    yield _told(_WINS, swap.wins_kept_gain)
    if swap.hours_saved_gain is not None:
        yield _told(_HOURS, swap.hours_saved_gain)
    net = swap.net_benefit_gain
    if net is None:
        return
    ends = {"low": net.low, "high": net.high, "gain": net.value}
    money = {name: _money(end, currency, signed=name == "gain") for name, end in ends.items()}
    yield filled(_NET, money)
    yield _judged(net)


def _told(template: Text, gain: Figure) -> Text:
    ends = {"low": gain.low, "high": gain.high, "gain": gain.value}
    return filled(template, {name: _number(end) for name, end in ends.items()})


def _judged(net: Figure) -> Text:
    if net.low is not None and net.low > 0:
        return _BETTER
    return _WORSE if net.high is not None and net.high < 0 else _EITHER


def _number(value: float | None) -> Text:
    plus = "+" if value is not None and round(value) > 0 else ""
    return in_both(lambda language: plus + decimal(value, language, digits=0))


def _money(value: float | None, currency: str | None, *, signed: bool) -> Text:
    if value is None:
        return _number(None)
    told = money_text(value, currency)
    plus = "+" if signed and round(value) > 0 else ""
    return in_both(lambda language: plus + told.in_(language))
