"""Names and labels of a draft, made from the headers of an export that may be called anything."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from features.crm.preset import Target
from features.errors import printable
from features.fields import RESERVED_NAMES
from features.texts import Text

LONGEST_NAME = 60
LONGEST_LABEL = 80
TAKEN = RESERVED_NAMES | {"as_of", "facts"}
"""Words that mean something else in a condition or in a request."""

_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_CUSTOM = re.compile(r"__c$", re.IGNORECASE)
_FRENCH = re.compile(
    r"\b(de|du|des|la|le|les|et|ou|par|pour|chez|nous|jours|affaire|montant|oui|non)\b|[dl]['’]",
    re.IGNORECASE,
)

_KNOWN: Mapping[Target, Text] = {
    "amount": Text(en="Amount", fr="Montant"),
    "currency": Text(en="Currency", fr="Devise"),
    "pipeline": Text(en="Pipeline", fr="Pipeline"),
    "deal_type": Text(en="Type of deal", fr="Type d'affaire"),
    "source": Text(en="Source of the deal", fr="Origine de l'affaire"),
    "owner": Text(en="Owner", fr="Commercial"),
    "account": Text(en="Customer", fr="Client"),
    "country": Text(en="Country", fr="Pays"),
    "industry": Text(en="Industry", fr="Secteur d'activité"),
    "employees": Text(en="Employees of the customer", fr="Effectif du client"),
    "annual_revenue": Text(en="Revenue of the customer", fr="Chiffre d'affaires du client"),
    "expected_close": Text(en="Expected close", fr="Clôture prévue"),
}


def safe_name(text: str, otherwise: str) -> str:
    """Return a name as policies have them: small letters, digits and underscores.

    >>> safe_name("Chiffre d'affaires (k€)", "field"), safe_name("TotalVisits", "field")
    ('chiffre_d_affaires_k', 'total_visits')
    >>> safe_name("2nd visit", "field"), safe_name("✨", "field"), safe_name("Any", "field")
    ('field_2nd_visit', 'field', 'any_')
    """
    words = _CAMEL.sub(" ", _CUSTOM.sub("", text))
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = _NOT_IN_A_NAME.sub("_", bare).strip("_")
    if not name:
        return otherwise
    if not name[0].isalpha():
        name = f"{otherwise}_{name}"
    name = name[:LONGEST_NAME].rstrip("_")
    return f"{name}_" if name in TAKEN else name


def field_names(headers: Iterable[str]) -> dict[str, str]:
    """Return a name for each header, all different.

    >>> field_names(["Étape", "Etape", "étape !"])
    {'Étape': 'etape', 'Etape': 'etape_2', 'étape !': 'etape_3'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for header in headers:
        name = _free(safe_name(header, "field"), taken)
        names[header] = name
        taken.add(name)
    return names


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        ending = f"_{number}"
        free = name[: LONGEST_NAME - len(ending)].rstrip("_") + ending
    return free


def readable(header: str) -> str:
    """Return a header as people would write it above a question.

    >>> readable("Budgt_alloc"), readable("TotalVisits"), readable("Budget_confirmed__c")
    ('Budgt alloc', 'Total visits', 'Budget confirmed')
    """
    plain = _CUSTOM.sub("", header)
    spaced = _CAMEL.sub("\n", plain) if " " not in plain else plain
    words = "".join(" " if c == "_" else c for c in spaced).split("\n")
    text = " ".join([words[0], *(w if w.isupper() else w.lower() for w in words[1:])])
    text = printable(" ".join(text.split()), LONGEST_LABEL) or printable(header, LONGEST_LABEL)
    return text[:1].upper() + text[1:]


def label_of(header: str, target: Target | None = None) -> Text:
    """Return a label in both languages; a header that nobody has translated stands in quotes.

    >>> label_of("Lead Source").fr, label_of("Délai").en
    ('« Lead Source »', '“Délai”')
    >>> label_of("anything", "amount").fr
    'Montant'
    """
    known = None if target is None else _KNOWN.get(target)
    if known is not None:
        return known
    words = readable(header)
    if not words.isascii() or _FRENCH.search(words):
        return Text(en=f"“{words}”", fr=words)
    return Text(en=words, fr=f"« {words} »")
