"""``qualifox override``: decide otherwise than recommended, on the record; and what came of it."""

from datetime import date
from typing import Annotated

import typer

from features.errors import InputError, Problem
from qualifox.home import home_folder
from qualifox.options import (
    AsOfOption,
    JsonOption,
    LanguageOption,
    ModelOption,
    QueryOption,
    SheetOption,
    chosen_day,
    chosen_language,
)
from qualifox.refused import InUseOption, book_at_hand, judging
from qualifox.terminal import out, print_json, say

OPTIONS = ("by", "why", "until", "recommended", "done")


def override(
    deal: Annotated[str | None, typer.Argument(help="The id of the deal.")] = None,
    *,
    by: Annotated[str | None, typer.Option(help="Who decides: a role, not a name.")] = None,
    why: Annotated[str | None, typer.Option(help="Why, in a sentence.")] = None,
    until: Annotated[
        str | None, typer.Option(help="The last day on which it stands, like 2026-03-31.")
    ] = None,
    recommended: Annotated[
        str, typer.Option(help="What was recommended: go, conditional_go, find_out or no_go.")
    ] = "no_go",
    done: Annotated[str, typer.Option(help="What is done instead: go or no_go.")] = "go",
    list_all: Annotated[
        bool, typer.Option("--list", help="Print the book as it stands, and add nothing.")
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Tell what became of overridden deals.")
    ] = False,
    deals: Annotated[
        str | None, typer.Option(help="With --report: the deals and how they ended.")
    ] = None,
    policy: InUseOption = None,
    model: ModelOption = None,
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Write down a decision against the recommendation: who, why, until when; or read the book."""
    from reports.overrides.table import book_lines, override_lines
    from training.intake import read_deals
    from training.override_report import override_report

    tongue, day = chosen_language(language), chosen_day(as_of)
    _require_one(deal, deals, list_all=list_all, report=report)
    if list_all:
        book = book_at_hand()
        if json:
            print_json([one.to_data() for one in book.overrides])
            return
        for part in book_lines(book.overrides, tongue):
            out.print(part)
    elif report and deals is not None:
        qualifier = judging(policy, model)
        on_file = read_deals(
            deals, qualifier.policy, as_of=day, needs_outcome=True, query=query, sheet=sheet
        )
        found = override_report(on_file, book_at_hand(), qualifier, as_of=day)
        if json:
            print_json(found.to_data())
            return
        for part in override_lines(found, tongue):
            out.print(part)
    else:
        given = (deal, by, why, until, recommended, done)
        _add(dict(zip(("deal", *OPTIONS), given, strict=True)), day, json=json)


def _require_one(deal: str | None, deals: str | None, *, list_all: bool, report: bool) -> None:
    """Refuse a command that asks for nothing, or for several things at once."""
    asked = [name for name, said in (("DEAL", deal is not None), ("--list", list_all),
                                     ("--report", report)) if said]  # fmt: skip
    hint = "qualifox override DEAL --by ROLE --why TEXT --until DAY, or --list, or --report"
    if len(asked) != 1:
        what = f"{' and '.join(asked)} at once" if asked else "nothing to write down or to read"
        raise InputError([Problem(where="override", what=what, hint=hint)])
    if report and deals is None:
        what, hint = "'--report' needs the deals and how they ended", "--report --deals FILE"
        raise InputError([Problem(where="--deals", what=what, hint=hint)])


def _add(given: dict[str, str | None], decided_on: date, *, json: bool) -> None:
    """Write an override into the book, unless something is wrong with it."""
    from features.override import override_of
    from training.overrides import append_override

    said = {name: value for name, value in given.items() if value is not None}
    try:
        one = override_of({**said, "decided_on": decided_on}, "")
    except InputError as error:
        raise InputError([_as_option(problem) for problem in error.problems]) from None
    place = append_override(home_folder(), one)
    if json:
        print_json(one.to_data())
    say(f"{one.deal}: {one.done} until {one.until}, instead of {one.recommended}; in {place}")


def _as_option(problem: Problem) -> Problem:
    """Return a problem under the name of the option it comes from."""
    name = problem.where.lstrip(".")
    where = f"--{name}" if name in OPTIONS else name.upper()
    hint = problem.hint if not (problem.hint or "").startswith("an override has") else None
    return Problem(where=where, what=problem.what, hint=hint or f"give {where}")
