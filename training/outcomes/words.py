"""What words say of how a deal ended, in English and in French: data of ``words.yaml``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from features.headers import normal, plain
from features.policy.yaml_source import read_yaml
from training.outcomes.outcome import Outcome

PLACE = Path(__file__).with_name("words.yaml")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_CLOSING = re.compile(
    r"\b(w[io]n|los[te]|loss|closed|signed|cancel+ed|dead|rejected|declined|withdrawn|duplicate|disqualified"
    r"|gagn\w*|perdu\w*|perte|clo[st]\w*|sign[ei]\w*|annule\w*|refus\w*|abandon\w*|rejet\w*|declin\w*|retir\w*|doublon)\b"
)


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    en: tuple[str, ...] = Field(strict=False)
    fr: tuple[str, ...] = Field(strict=False)


class _Flags(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    yes: tuple[str, ...] = Field(strict=False)
    no: tuple[str, ...] = Field(strict=False)


class _Headers(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    outcome: tuple[str, ...] = Field(strict=False)
    stage: tuple[str, ...] = Field(strict=False)
    won: tuple[str, ...] = Field(strict=False)
    closed: tuple[str, ...] = Field(strict=False)


class _WordsFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    won: _Words
    lost: _Words
    no_decision: _Words
    declined_by_us: _Words
    open: _Words
    flags: _Flags
    headers: _Headers


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """The words, ready to be asked.

    ``meanings``
        the outcome of each word, as :func:`features.headers.plain` writes it;
    ``yes``, ``no``
        the words of a flag;
    ``headers``
        normal headers that announce an outcome in words (``outcome``), a ``stage``, or a flag of
        what was ``won`` or ``closed``.
    """

    meanings: Mapping[str, Outcome]
    yes: frozenset[str]
    no: frozenset[str]
    headers: Mapping[str, frozenset[str]]

    def meaning(self, text: str) -> Outcome | None:
        """Return what a text says of how a deal ended, None when it is not one of the words.

        What stands in brackets at the end is set aside, as HubSpot names the pipeline there.

        >>> words = known_words()
        >>> words.meaning("Fermée Gagnée ✅"), words.meaning("Closed lost (Sales Pipeline)")
        (<Outcome.WON: 'won'>, <Outcome.LOST: 'lost'>)
        >>> words.meaning("Closed Won in error") is None
        True
        """
        found = self.meanings.get(plain(text))
        return found or self.meanings.get(plain(_IN_BRACKETS.sub("", text)))

    def flag(self, text: str) -> bool | None:
        """Return what a text says as an answer of yes or no, None when it is neither.

        >>> known_words().flag("Vrai"), known_words().flag("0"), known_words().flag("maybe")
        (True, False, None)
        """
        word = plain(text)
        return True if word in self.yes else False if word in self.no else None


def sounds_closed(text: str) -> bool:
    """Return whether a stage that is not one of the words may well be the end of a deal.

    >>> sounds_closed("Closed - signed by both"), sounds_closed("Technical review")
    (True, False)
    """
    return _CLOSING.search(plain(text)) is not None


@cache
def known_words() -> OutcomeWords:
    """Return the words of the house."""
    source = read_yaml(PLACE.read_bytes(), PLACE.name)
    file = _WordsFile.model_validate(source.data)
    return OutcomeWords(
        meanings={
            plain(word): outcome
            for outcome in Outcome
            for word in (*getattr(file, outcome.value).en, *getattr(file, outcome.value).fr)
        },
        yes=_plain(file.flags.yes),
        no=_plain(file.flags.no),
        headers={
            kind: frozenset(map(normal, getattr(file.headers, kind)))
            for kind in _Headers.model_fields
        },
    )


def _plain(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(plain, words))
