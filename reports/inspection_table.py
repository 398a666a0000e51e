"""An inspection in a terminal: what is recognised, then every column, then what is missing."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text as Line

from features.texts import Language
from reports.inspection import InspectedColumn, InspectedOutcome, Inspection
from reports.inspection_words import DEAL, DEALS, OUTCOMES, TARGETS, WORDS
from reports.numbers import counted, whole

MOST_CANDIDATES = 3


def inspection_lines(found: Inspection, language: Language) -> Iterator[str | Table]:
    """Yield an inspection as lines and tables, in the order in which people need them."""
    yield from _head(found, language)
    if found.outcome is not None:
        yield from _outcome(found.outcome, language)
        if found.outcome.words:
            yield _words(found.outcome, language)
    yield _columns(found, language)
    if any(month.unrecorded for month in found.months):
        yield _months(found, language)
    yield from _tail(found, language)


def _said(name: str, language: Language, **values: str) -> str:
    return WORDS[name].in_(language).format(**values)


def _head(found: Inspection, language: Language) -> Iterator[str]:
    deals = counted(found.deals, DEAL, DEALS, language)
    if found.title is None:
        yield _said("not_recognised", language, where=found.where, deals=deals)
    else:
        yield _said("recognised", language, where=found.where, deals=deals, title=found.title)
    if found.candidates:
        names = ", ".join(
            f"{one.title} {whole(one.known, language)}"
            for one in found.candidates[:MOST_CANDIDATES]
        )
        yield _said("candidates", language, names=names)
    yield _said("as_of" if found.as_of else "no_as_of", language, column=found.as_of or "")
    if found.close_is_expected:
        closed = next(column.header for column in found.columns if column.target == "closed_on")
        yield _said("close_is_expected", language, column=closed)


def _outcome(outcome: InspectedOutcome, language: Language) -> Iterator[str]:
    yield _said("outcome", language, how=outcome.how.in_(language))
    counts = ", ".join(
        f"{whole(n, language)} {OUTCOMES[name].in_(language)}"
        for name, n in outcome.counts.items()
        if n or name in {"won", "lost", "open"}
    )
    yield _said("counts", language, counts=counts)
    if outcome.unrecorded:
        yield _said("unrecorded", language, n=whole(outcome.unrecorded, language))
    for reason, n in outcome.left_out:
        yield _said("left_out", language, n=whole(n, language), reason=reason.in_(language))


def _words(outcome: InspectedOutcome, language: Language) -> Table:
    table = _table("words_title", ("word", "means", "deals"), language)
    for word in outcome.words:
        means = OUTCOMES[word.outcome].in_(language)
        table.add_row(Line(word.word), means, whole(word.deals, language))
    return table


def _columns(found: Inspection, language: Language) -> Table:
    table = _table("columns_title", ("column", "is", "use"), language)
    for column in found.columns:
        table.add_row(Line(column.header), _is(column, language), _use(column, language))
    return table


def _is(column: InspectedColumn, language: Language) -> str:
    if column.target is None:
        return "" if column.role != "free" else WORDS["own"].in_(language)
    return TARGETS[column.target].in_(language)


def _use(column: InspectedColumn, language: Language) -> str:
    if column.target == "created_on":
        return WORDS["day"].in_(language)
    if column.leak is None or column.reason is None:
        return WORDS["yes"].in_(language)
    return _said("no", language, leak=column.leak, reason=column.reason.in_(language))


def _months(found: Inspection, language: Language) -> Table:
    table = _table("months_title", ("month", "due", "unrecorded_title"), language)
    for month in found.months:
        name = month.month or WORDS["no_month"].in_(language)
        table.add_row(name, whole(month.deals, language), whole(month.unrecorded, language))
    return table


def _tail(found: Inspection, language: Language) -> Iterator[str]:
    for note in found.notes:
        yield _said("note", language, text=note)
    for warning in found.warnings:
        yield _said("warning", language, text=warning.in_(language))
    if found.rising:
        yield _said("warning", language, text=WORDS["rising"].in_(language))
    yield _said("advice", language, text=found.advice.in_(language))


def _table(title: str, headings: tuple[str, ...], language: Language) -> Table:
    table = Table(
        title=WORDS[title].in_(language), title_justify="left", box=SIMPLE_HEAD, pad_edge=False
    )
    for heading in headings:
        numeric = heading in {"deals", "due", "unrecorded_title"}
        table.add_column(WORDS[heading].in_(language), justify="right" if numeric else "left")
    return table
