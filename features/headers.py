"""Headers compared as people mean them: without case, accents, apostrophes or the object's name.

One report of one company writes ``Étape`` one month and ``Etape`` the next; a warehouse writes
``property_amount`` for what the page calls ``Amount``.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_NOT_A_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
_PREFIXES = re.compile(
    r"(?:deal|affaire)\s+[-\u2010-\u2015]\s*(?=\S)"  # Pipedrive: "Deal - Value"
    r"|property_(?=[^\W_])"  # HubSpot in a warehouse
    r"|properties\.(?=[^\W_])"  # HubSpot's API
    r"|opportunity[\s_]+(?=\w)",  # Salesforce: "Opportunity Owner"
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Return a text as words: no marks, no case, everything else one space.

    >>> plain("Date de clôture (réelle)"), plain("hs_is_closed_won"), plain("✅ Gagnée")
    ('date de cloture reelle', 'hs is closed won', 'gagnee')
    """
    if text.isascii():  # most texts, and much quicker
        return _NOT_A_LETTER_OR_DIGIT.sub(" ", text).strip().lower()
    bare = without_marks(without_marks(text).casefold())  # folding may bring marks back
    return _NOT_A_LETTER_OR_DIGIT.sub(" ", bare).strip()


def normal(header: str) -> str:
    """Return a header as words, without the name of the object it belongs to.

    Idempotent, and never empty unless the header has no letter and no digit.

    >>> normal("Affaire - Raison de la perte"), normal("Opportunity Owner"), normal("Deal Name")
    ('raison de la perte', 'owner', 'deal name')
    >>> normal("properties.amount"), normal("property_amount"), normal("Opportunity")
    ('amount', 'amount', 'opportunity')
    """
    name = unicodedata.normalize("NFKC", header).strip(" \t_-")
    while found := _PREFIXES.match(name):
        name = name[found.end() :]
    return _without_object(plain(name))


def _without_object(words: str) -> str:
    """Drop what only showed once the marks were gone."""
    while found := _PREFIXES.match(words):
        words = words[found.end() :]
    return words


def without_marks(text: str) -> str:
    """Return a text without its accents and other marks.

    >>> without_marks("Élu à Besançon")
    'Elu a Besancon'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))


class HeaderIndex:
    """The headers of one file, found by any name that means the same.

    >>> index = HeaderIndex(["Étape", "Deal - Value", "Etape"])
    >>> index.find(["Value"]), index.find(["étape"]), index.find(["Owner"])
    (('Deal - Value',), ('Étape', 'Etape'), ())
    """

    def __init__(self, headers: Sequence[str]) -> None:
        self._by_name: dict[str, list[str]] = {}
        for header in headers:
            name = normal(header)
            if name:
                self._by_name.setdefault(name, []).append(header)

    def find(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return every header that one of the names means, each once."""
        wanted = dict.fromkeys(map(normal, names))
        return tuple(header for name in wanted for header in self._by_name.get(name, ()))
