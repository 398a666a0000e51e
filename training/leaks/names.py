"""What the name of a column gives away, in English and French; never enough on its own."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

NameKind: TypeAlias = Literal["outcome", "course", "judgement"]

_PATTERNS: Mapping[NameKind, str] = {
    "outcome": (
        r"won|lost|loss|win|outcome|result|converted|award(?:ed)?|clos(?:e|ed|ing|ure)|"
        r"reasons?|probability|forecast(?: category)?|weighted|stage|status|"
        r"gagnee?s?|perdue?s?|perte|gain|issue|resultat|cloturee?|fermeture|motif|raison|"
        r"probabilite|prevision|pondere|etape|phase|statut"
    ),
    "course": (
        r"(?:total )?days (?:in|since|through|open|to clos\w+|identified|qualified)\b.*|"
        r"(?:time|age) in \w+|days in sales stage|elapsed(?: \w+)*|duration|velocity|cycle|"
        r"(?:stage )?change count|number of changes|ratio days|"
        r"age (?:in )?days|duree|delai ecoule|jours (?:dans|depuis|ecoules)\b.*|anciennete|"
        r"nombre de changements|cycle de vente"
    ),
    "judgement": (
        r"scores?|index|rating|grade|quality|lead profile|tags?|last \w+|modified(?: \w+)?|"
        r"updated?(?: \w+)?|next step|signed|signature|contract|invoice|purchase order|final|"
        r"actual|indice|note|qualite|etiquettes?|derniere? \w+|modifiee?|mise? a jour|"
        r"prochaine etape|signee?|contrat|facture|bon de commande|finale?|reel(?:le)?"
    ),
}
_FINDERS = {kind: re.compile(rf"\b(?:{pattern})\b") for kind, pattern in _PATTERNS.items()}
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class TellingName(NamedTuple):
    """What kind of later knowledge a name speaks of, and the words that say so."""

    kind: NameKind
    words: str


def telling_name(column: str) -> TellingName | None:
    """Return what a name gives away, or None.

    >>> telling_name("Total Days Identified Through Closing").kind
    'course'
    >>> telling_name("Motif de la perte").words
    'motif'
    >>> telling_name("DaysToDeadline") is None
    True
    """
    plain = normalised(column)
    kinds: tuple[NameKind, ...] = ("course", "outcome", "judgement")
    for kind in kinds:
        found = _FINDERS[kind].search(plain)
        if found:
            return TellingName(kind, found.group())
    return None


def normalised(column: str) -> str:
    """Return a name without accents, case, camels and punctuation.

    >>> normalised("Étape_de l’Affaire"), normalised("closeDate")
    ('etape de l affaire', 'close date')
    """
    apart = unicodedata.normalize("NFKD", _CAMEL.sub(" ", column))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()
    return _NOT_A_WORD.sub(" ", plain).strip()
