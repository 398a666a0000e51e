"""A fact as people type it: ``budget=yes``, beside the JSON that programs send."""

from collections.abc import Mapping

from features.deal import NOT_APPLICABLE, Fact
from features.errors import Problem, did_you_mean, printable
from features.facts import means_not_applicable, means_unknown
from features.fields import PolicyField, WrongFactError


def fact_from_text(text: str, field: PolicyField) -> Fact | None:
    """Return a text as a fact, read as a cell of a file is; None where it means unknown.

    Raises
    ------
    WrongFactError
        When the field cannot hold it.

    Examples
    --------
    >>> from features.fields import BooleanField
    >>> fact_from_text("yes", BooleanField(type="boolean"))
    True
    """
    if means_unknown(text, field):
        return None
    if means_not_applicable(text, field):
        return NOT_APPLICABLE
    return field.read(text.strip())


def changes_of(
    given: Mapping[str, str | None], fields: Mapping[str, PolicyField]
) -> tuple[dict[str, Fact | None], list[Problem]]:
    """Return the facts that people typed, by field, and every problem in them.

    A text of None makes the fact unknown.
    """
    changes: dict[str, Fact | None] = {}
    problems = []
    for name, text in given.items():
        where = printable(name)
        if name not in fields:
            hint = did_you_mean(name, fields)
            problems.append(Problem(where=where, what="the policy has no such field", hint=hint))
            continue
        try:
            if fields[name].derived:
                fields[name].check(text)  # says what it follows from
            changes[name] = None if text is None else fact_from_text(text, fields[name])
        except WrongFactError as wrong:
            problems.append(Problem(where=where, what=wrong.what, hint=wrong.hint))
    return changes, problems
