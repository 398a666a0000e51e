"""The decision log as a source of deals, for the commands that learn from it or look at it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import InputError, Problem, QualifoxError
from features.texts import Language
from qualifox.home import home_folder
from qualifox.terminal import say

if TYPE_CHECKING:
    from features.policy import Policy
    from serving.decision_log.database import Database
    from serving.decision_log.past import Which
    from training.logged.source import LoggedSource

MaybeDealsOption = Annotated[
    str | None,
    typer.Option("--deals", help="The deals: CSV, CSV.gz, Parquet, Excel, or a database URL."),
]
FromLogOption = Annotated[
    bool,
    typer.Option("--from-log", help="Take the deals of the decision log, alone or with --deals."),
]
FactsOption = Annotated[
    str,
    typer.Option("--facts", help="What was known at the first decision, or at the last."),
]
WHICH: tuple["Which", ...] = ("first", "last")


@contextmanager
def log_database() -> Iterator["Database"]:
    """Yield the database of the log (QUALIFOX_LOG), its tables as this code knows them.

    Raises
    ------
    QualifoxError
        When there is no log yet, or it cannot be opened or read.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from serving.decision_log.log import DecisionLog
    from serving.decision_log.settings import LogSettings

    settings = LogSettings.of(os.environ, home_folder())
    scheme, _, place = settings.url.partition("///")
    if scheme.startswith("sqlite") and not Path(place).exists():  # opening it would make one
        hint = "QUALIFOX_LOG names another; qualifox serve writes it"
        raise QualifoxError(f"{place}: there is no decision log yet\n  hint: {hint}")
    log = DecisionLog.open(settings)
    try:
        yield log.database
    except SQLAlchemyError as error:
        cause = type(getattr(error, "orig", error)).__name__
        hint = "is the database there, and may this user read it?"
        raise QualifoxError(f"the decision log cannot be read: {cause}\n  hint: {hint}") from None
    finally:
        log.close()


def deals_of_log(
    policy: "Policy",
    *,
    beside: str | None = None,
    query: str | None = None,
    sheet: str | None = None,
    facts: str = "first",
    with_open: bool = False,
    language: Language = "en",
) -> "LoggedSource":
    """Return the deals of the log as a source, and say what was left out.

    Raises
    ------
    QualifoxError
        When there is nothing to read, or it cannot be read.
    """
    from serving.decision_log.past import logged_past
    from training.logged.source import logged_source

    which = chosen_facts(facts)
    with log_database() as database:
        past = logged_past(database.reading, which, with_open=with_open)
    found = logged_source(past, policy, beside=beside, query=query, sheet=sheet)
    for note in found.notes:
        say(note.in_(language))
    return found


def chosen_facts(text: str) -> "Which":
    """Return the decision that an option names."""
    for which in WHICH:
        if text == which:
            return which
    what, hint = f"'{text}' is no decision of a deal", "one of: first, last"
    raise InputError([Problem(where="--facts", what=what, hint=hint)])


def require_source(deals: str | None, *, from_log: bool) -> None:
    """Refuse a command that is told no source of deals."""
    if deals is None and not from_log:
        hint = "give a file, or --from-log for the decision log, or both"
        raise InputError([Problem(where="--deals", what="no deals are given", hint=hint)])
