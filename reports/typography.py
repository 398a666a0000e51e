"""Texts in both languages: the spaces that French puts before its signs, numbers in their gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from features.texts import LANGUAGES, Language, Text, set_in_french
from reports.numbers import decimal, percent, whole


def typeset(text: str, language: Language) -> str:
    r"""Return a text whose signs stay with their words.

    >>> typeset("Le budget est-il débloqué ?", "fr")
    'Le budget est-il débloqué\xa0?'
    """
    return set_in_french(text) if language == "fr" else text


def pair(en: str, fr: str) -> Text:
    r"""Return a text in both languages, whose French spaces before ``: ; ? !`` do not break.

    >>> pair("Why?", "Pourquoi ?").fr
    'Pourquoi\xa0?'
    """
    return Text(en=en, fr=typeset(fr, "fr"))


def quoted(text: str, language: Language) -> str:
    r"""Return a text in the language's quotation marks.

    >>> quoted("Budget", "en"), quoted("Budget", "fr")
    ('“Budget”', '«\xa0Budget\xa0»')
    """
    return typeset(f"« {text} »", language) if language == "fr" else f"“{text}”"


def filled(template: Text, gaps: Mapping[str, float | str | Text]) -> Text:
    r"""Return a text with its gaps filled, numbers as the reader of each language writes them.

    A gap says how: ``{n:count}``, ``{rate:share}``, ``{auc:two}`` decimals; words go in as is.

    >>> filled(pair("{n:count} deals", "{n:count} affaires"), {"n": 1200}).fr
    '1\u202f200 affaires'
    """
    written = {
        language: template.in_(language).format(
            **{name: _Gap(what, language) for name, what in gaps.items()}
        )
        for language in LANGUAGES
    }
    return Text(en=written["en"], fr=written["fr"])


def honest_share(share: float | None, language: Language) -> str:
    r"""Return a percentage that says 100 only of all and 0 only of none.

    >>> honest_share(0.999, "en"), honest_share(1.0, "en"), honest_share(0.42, "fr")
    ('99.9%', '100%', '42\xa0%')
    """
    plain = share is None or share in {0.0, 1.0} or round(share, 2) not in {0.0, 1.0}
    return percent(share, language, digits=0 if plain else 1)


def quarter(period: str) -> Text:
    """Return a quarter as people write it.

    >>> quarter("2017Q1").fr
    'T1 2017'
    """
    year, number = period.split("Q")
    return Text(en=f"Q{number} {year}", fr=f"T{number} {year}")


def day(iso: str) -> Text:
    r"""Return an ISO day as people write it.

    >>> day("2017-03-01").en, day("2017-03-01").fr
    ('Mar 1, 2017', '1 mars 2017')
    """
    written = {
        one: str(format_date(date.fromisoformat(iso), format="medium", locale=one))
        for one in LANGUAGES
    }
    return Text(en=written["en"], fr=written["fr"])


@dataclass(frozen=True, slots=True)
class _Gap:
    """A number or a word that knows how it is written."""

    what: float | str | Text
    language: Language

    def __format__(self, spec: str) -> str:
        if isinstance(self.what, str):
            return self.what
        if isinstance(self.what, Text):
            return self.what.in_(self.language)
        if spec == "share":
            return honest_share(self.what, self.language)
        if spec == "count":
            return whole(round(self.what), self.language)
        return decimal(self.what, self.language, digits=2)
