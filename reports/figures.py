"""Figures of several parts in both languages: hours, money, shares with their interval."""

from collections.abc import Callable

from features.texts import LANGUAGES, Language, Text
from reports.numbers import counted, money, percent_range, quantity
from reports.typography import honest_share


def in_both(write: Callable[[Language], str]) -> Text:
    """Return what is written in each language.

    >>> in_both(lambda language: f"in {language}").fr
    'in fr'
    """
    written = {language: write(language) for language in LANGUAGES}
    return Text(en=written["en"], fr=written["fr"])


def hours_text(hours: float) -> Text:
    r"""Return hours, to the whole one.

    >>> hours_text(2310.4).en, hours_text(1).fr
    ('2,310\xa0hours', '1\xa0heure')
    """
    return in_both(lambda language: quantity(float(round(hours)), "hours", language))


def money_text(amount: float, currency: str | None) -> Text:
    r"""Return an amount of money, to the unit.

    >>> money_text(-48000.2, "EUR").fr
    '−48\u202f000\xa0€'
    """
    return in_both(lambda language: money(amount, currency, language))


def counted_text(count: int, one: Text, other: Text) -> Text:
    r"""Return a count with its noun.

    >>> deal, deals = Text(en="deal", fr="affaire"), Text(en="deals", fr="affaires")
    >>> counted_text(1, deal, deals).fr
    '1\xa0affaire'
    """
    return in_both(lambda language: counted(count, one, other, language))


def share_with_range(
    value: float | None, low: float | None, high: float | None, language: Language
) -> str:
    r"""Return a share with its interval, where there is one.

    >>> share_with_range(0.19, 0.14, 0.25, "en"), share_with_range(0.19, None, None, "fr")
    ('19% (14–25%)', '19\xa0%')
    """
    ends = percent_ends(low, high, language)
    told = honest_share(value, language)
    return f"{told} ({ends})" if ends else told


def percent_ends(low: float | None, high: float | None, language: Language) -> str:
    """Return an interval of shares; nothing where there is none, or it is less than can be seen.

    >>> percent_ends(0.4, 0.6, "en"), percent_ends(0.4, 0.4, "en"), percent_ends(None, 1.0, "en")
    ('40–60%', '', '')
    """
    if low is None or high is None or round(low, 2) == round(high, 2):
        return ""
    return percent_range(low, high, language)
