"""One answer of a record, read for the field that it belongs to, as a file's column is.

What comes out is what the strict reader of facts takes: :mod:`features.facts` reads it again, so a
fact from a CRM is checked no less than one that was sent in the policy's own names.
"""

from features.crm.day_text import Order, day_of
from features.crm.number_text import Marks, number_of
from features.crm.record import Entry, Scalar
from features.crm.words import NO, YES
from features.facts import means_not_applicable, means_unknown
from features.fields import (
    BooleanField,
    CategoryField,
    DateField,
    NumberField,
    PolicyField,
    TextField,
    WrongFactError,
)
from features.fields.base import shown
from features.phrase import Phrase


def answer_of(
    entry: Entry, field: PolicyField, *, numbers: Marks | None = None, dates: Order | None = None
) -> Scalar:
    """Return what an entry says as a fact in JSON; None where it means unknown.

    Raises
    ------
    WrongFactError
        When the field cannot hold it.

    Examples
    --------
    >>> field = BooleanField(type="boolean")
    >>> answer_of(Entry("Oui"), field), answer_of(Entry(""), field)
    (True, None)
    """
    words = isinstance(field, CategoryField | TextField)
    value = text_of(entry.shown) if words else entry.value
    if means_unknown(value, field) or means_unknown(entry.shown, field):
        return None
    if means_not_applicable(value, field) or means_not_applicable(entry.shown, field):
        return entry.shown if means_not_applicable(entry.shown, field) else value
    if isinstance(field, NumberField):
        return _number(value, field, numbers)
    if isinstance(field, BooleanField):
        return _yes_or_no(value)
    if isinstance(field, DateField):
        return _day(value, field, dates)
    return _words(str(value), field)


def _number(value: Scalar, field: NumberField, numbers: Marks | None) -> float:
    number = number_of(value.strip(), numbers) if isinstance(value, str) else value
    return field.check(number)  # type: ignore[return-value]  # a number field holds numbers


def _yes_or_no(value: Scalar) -> bool:
    word = str(text_of(value)).strip().lower()
    if word in YES or word in NO:
        return word in YES
    what = Phrase("{value} is not yes or no", value=shown(value))
    raise WrongFactError(what, "write yes or no, or leave it out")


def _day(value: Scalar, field: DateField, dates: Order | None) -> str:
    day = day_of(str(text_of(value)).strip(), dates)
    field.check(day)
    return day.isoformat()


def _words(text: str, field: PolicyField) -> str:
    try:
        return str(field.check(text))
    except WrongFactError as wrong:
        answers = [one.strip() for one in text.split(";") if one.strip()]
        if isinstance(field, CategoryField) and len(answers) > 1:
            hint = "these are several answers at once, and the field holds one of them"
            raise WrongFactError(wrong.what, hint) from None
        raise


def text_of(value: Scalar) -> str | None:
    """Return a value as it would stand in a file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    return value if isinstance(value, str) or value is None else str(value)
