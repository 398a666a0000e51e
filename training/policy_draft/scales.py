"""Words that stand in an order: only where every answer of a column is on one scale."""

import re
from collections.abc import Mapping, Sequence

from features.headers import plain

_NUMBERED = re.compile(r"^\s*\d{1,2}\s*[.):–-]\s*(?=\D)")

_SCALES: tuple[tuple[str, ...], ...] = (
    ("very low", "low", "mid|medium|moderate|average", "high", "very high"),
    ("very small", "small", "mid|medium|mid size|medium sized", "big|large",
     "very large|very big"),
    ("xs", "s", "m", "l", "xl"),
    ("cold", "warm", "hot"),
    ("very poor", "poor", "fair", "good", "very good|excellent"),
    ("unimportant|not important", "average important|somewhat important", "important",
     "very important"),
    ("tres faible", "faible", "moyen|moyenne", "eleve|elevee|fort|forte",
     "tres eleve|tres elevee|tres fort|tres forte"),
    ("bas|basse", "moyen|moyenne", "haut|haute"),
    ("tres petit|tres petite", "petit|petite", "moyen|moyenne", "grand|grande",
     "tres grand|tres grande"),
    ("froid|froide", "tiede", "chaud|chaude"),
    ("mauvais|mauvaise", "moyen|moyenne", "bon|bonne", "tres bon|tres bonne|excellent|excellente"),
    ("sans importance|pas important", "assez important|moyennement important", "important",
     "tres important"),
)  # fmt: skip
"""Each from the lowest to the highest, as :func:`features.headers.plain` writes the words."""


def _ranks(scale: Sequence[str]) -> Mapping[str, int]:
    return {word: rank for rank, words in enumerate(scale) for word in words.split("|")}


_RANKS = tuple(map(_ranks, _SCALES))


def in_order(answers: Sequence[str]) -> tuple[str, ...] | None:
    """Return the answers from the lowest to the highest, None unless all are on one scale.

    >>> in_order(["Mid", "High", "Low"]), in_order(["02.Medium", "01.High"])
    (('Low', 'Mid', 'High'), ('02.Medium', '01.High'))
    >>> in_order(["Élevé", "Faible"]), in_order(["Low", "High", "Other"]), in_order(["A", "B"])
    (('Faible', 'Élevé'), None, None)
    """
    words = [plain(_NUMBERED.sub("", answer)) for answer in answers]
    for ranks in _RANKS:
        places = [ranks.get(word) for word in words]
        known = [place for place in places if place is not None]
        if len(words) > 1 and len(set(known)) == len(words):
            return tuple(answer for _, answer in sorted(zip(known, answers, strict=True)))
    return None
