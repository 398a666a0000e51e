"""Answers of one column that are written differently and are probably one: "GTXPro", "GTX Pro"."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from features.headers import without_marks
from reports.data_report import AlikeAnswers

MOST_SPELLINGS = 5
_SEPARATOR = r"[\s_.,;:'’/\-\u2010-\u2015]+"
_BETWEEN = re.compile(rf"(?<=[^\W\d_]){_SEPARATOR}(?=[^\W_])|(?<=[^\W_]){_SEPARATOR}(?=[^\W\d_])")
"""What stands between letters, or a letter and a digit: "10-20" is not "1020", "A-" is not "A"."""


def alike_answers(name: str, column: "pd.Series[Any]") -> tuple[AlikeAnswers, ...]:
    """Return the answers of a column that differ only in case, spaces, accents or punctuation.

    The commonest spelling comes first. Nothing is changed: a policy may tell them apart.

    >>> column = pd.Series(["GTX Pro", "GTXPro", "GTX Pro", "A-", "A", "Élu", "elu"])
    >>> [one.spellings for one in alike_answers("product", column)]
    [('GTX Pro', 'GTXPro'), ('elu', 'Élu')]
    """
    counts = {str(text): int(n) for text, n in column.value_counts().items() if n}
    return tuple(
        AlikeAnswers(
            column=name,
            spellings=tuple(sorted(group, key=lambda text: (-counts[text], text)))[
                :MOST_SPELLINGS
            ],
            deals=sum(counts[text] for text in group),
        )
        for group in _groups(counts).values()
        if len(group) > 1
    )


def _groups(texts: Iterable[str]) -> Mapping[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault(_bare(text), []).append(text)
    return groups


def _bare(text: str) -> str:
    folded = text if text.isascii() else without_marks(text)
    return _BETWEEN.sub("", " ".join(folded.casefold().split()))
