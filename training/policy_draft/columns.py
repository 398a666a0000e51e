"""What each column of an export becomes in a draft: a question, a fact for people, or nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from features.crm.preset import LeakClass, Target
from features.headers import normal
from features.texts import Text
from reports.findings import Finding, LeakKind, Severity
from training.mapping.deal_mapping import REASONS, ColumnRole, DealMapping, Role
from training.outcomes.reading import OutcomeReading
from training.readers.column_kinds import ColumnFacts, ColumnKind

MOST_LEVELS = 50
"""Answers from which a category is a label, whose past counts, rather than an answer."""

FEWEST_ACCOUNTS = 12
"""Up to so many answers, a column called "client" says what kind of client, not which."""

_PRODUCTS = frozenset({"product", "product name", "produit", "nom du produit"})
_TOLD_BY_DEALS = frozenset({"deal_id", "deal_name", "created_on", "closed_on", "stage",
                            "loss_reason", "human_probability"})  # fmt: skip
_PEOPLE = frozenset({"owner", "account"})
_DAY_OF_DEALS = Text(
    en="a day of the deal, told under deals", fr="un jour de l'affaire, dit sous deals"
)
_KINDS: Mapping[ColumnKind, Text] = {
    ColumnKind.EMPTY: Text(en="empty", fr="vide"),
    ColumnKind.CONSTANT: Text(en="one value for all deals", fr="une seule valeur partout"),
    ColumnKind.IDENTIFIER: Text(
        en="tells deals apart and describes none", fr="distingue les affaires sans les décrire"
    ),
}
_PERSON = Text(
    en="who the deal is with, or whose it is: nobody is scored for a name",
    fr="avec qui ou à qui est l'affaire : personne n'est noté pour son nom",
)
_LABEL = Text(
    en="{n} different answers: a label, which says little of a new deal",
    fr="{n} réponses différentes : une étiquette, qui dit peu d'une nouvelle affaire",
)


_STRONG = frozenset({LeakKind.PINNED_VALUE, LeakKind.PREDICTS_ALONE})


class Use(StrEnum):
    """What the draft makes of a column."""

    MODEL = "model"
    SHOWN = "shown"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftColumn:
    """A column: what it becomes and, unless the model may learn from it, why not.

    ``doubt`` is what makes a column of the model look almost too good.
    """

    header: str
    kind: ColumnKind
    use: Use
    why: Text | None = None
    target: Target | None = None
    doubt: Text | None = None

    @property
    def has_track_record(self) -> bool:
        """Whether what became of earlier deals of the same label is worth knowing."""
        named = self.target == "account" or normal(self.header) in _PRODUCTS
        return named and self.kind is ColumnKind.CATEGORY and self.use is not Use.OUT

    def out(self, why: Text) -> "DraftColumn":
        """Return the column kept out."""
        return replace(self, use=Use.OUT, why=why)


def draft_columns(
    headers: Sequence[str],
    mapping: DealMapping,
    reading: OutcomeReading,
    facts: Mapping[str, ColumnFacts],
    leaks: Collection[Finding],
) -> tuple[DraftColumn, ...]:
    """Return what becomes of each column, in the order of the file."""
    found = {leak.column: leak for leak in leaks if not leak.made_of}
    return tuple(
        _column(
            role, facts[role.header], found.get(role.header), listed=mapping.preset is not None
        )
        for role in mapping.roles(headers, reading.columns)
    )


def without_kinds_of_account(
    mapping: DealMapping, facts: Mapping[str, ColumnFacts]
) -> DealMapping:
    """Return the mapping without an account that only names say, and whose answers are few."""
    header = mapping.header("account")
    if mapping.preset is not None or header is None or facts[header].n_distinct > FEWEST_ACCOUNTS:
        return mapping
    kept: dict[Target, tuple[str, ...]] = dict(mapping.columns)
    del kept["account"]
    return replace(mapping, columns=kept)


def _column(
    role: ColumnRole, facts: ColumnFacts, leak: Finding | None, *, listed: bool
) -> DraftColumn:
    use, why = _use(role, facts, leak, listed=listed)
    doubt = leak.evidence if leak is not None and use is Use.MODEL else None
    return DraftColumn(
        header=role.header, kind=facts.kind, use=use, why=why, target=role.target, doubt=doubt
    )


def _use(
    role: ColumnRole, facts: ColumnFacts, leak: Finding | None, *, listed: bool
) -> tuple[Use, Text | None]:
    why_out = _why_out(role, facts, leak)
    if why_out is not None:
        return Use.OUT, why_out
    why_shown = _why_shown(role, facts, leak, listed=listed)
    return (Use.MODEL, None) if why_shown is None else (Use.SHOWN, why_shown)


def _why_out(role: ColumnRole, facts: ColumnFacts, leak: Finding | None) -> Text | None:
    """Return why a column becomes no field at all."""
    certain = leak is not None and leak.severity is Severity.CERTAIN
    if role.role is Role.OUTCOME or role.target in _TOLD_BY_DEALS:
        return role.reason or _DAY_OF_DEALS
    if leak is not None and certain:
        return leak.evidence
    if role.leak in {LeakClass.SAYS_THE_OUTCOME, LeakClass.KNOWN_AT_CLOSE}:
        return role.reason
    if role.leak is LeakClass.IDENTIFIES and role.target not in _PEOPLE:
        return role.reason
    return _KINDS.get(facts.kind)


def _why_shown(
    role: ColumnRole, facts: ColumnFacts, leak: Finding | None, *, listed: bool
) -> Text | None:
    """Return why a field is for people only, None where the model may learn from it."""
    if role.target in _PEOPLE:
        return _PERSON
    if leak is not None and not _is_only_strong(leak):
        return leak.evidence
    if role.leak is LeakClass.CHANGES_LATER and listed:
        return REASONS[LeakClass.CHANGES_LATER]
    if facts.kind is ColumnKind.CATEGORY and facts.n_distinct > MOST_LEVELS:
        return _counted(_LABEL, facts.n_distinct)
    return None


def _is_only_strong(leak: Finding) -> bool:
    """Return whether nothing but its strength speaks against a column: no name, blank or day.

    Good questions are strong; a draft without them would learn nothing. It says so instead.
    """
    return all(clue.kind in _STRONG for clue in leak.clues)


def _counted(text: Text, n: int) -> Text:
    return Text(en=text.en.format(n=n), fr=text.fr.format(n=n))
