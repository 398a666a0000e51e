"""``qualifox plan``: which open deals to work with the hours there are."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import InputError, Problem
from qualifox.delivery import PageOption, deliver
from qualifox.judges import chosen_qualifier
from qualifox.options import (
    AsOfOption,
    DealsOption,
    JsonOption,
    LanguageOption,
    ModelOption,
    QueryOption,
    SheetOption,
    chosen_day,
    chosen_language,
)
from qualifox.solver_output import solver_on_stderr
from qualifox.terminal import say

if TYPE_CHECKING:
    from models.qualifier import Qualifier
    from reports.plan.report import Plan


def plan(
    *,
    deals: DealsOption,
    hours: Annotated[
        list[str] | None,
        typer.Option(
            help="The hours there are, 400, or of a role, presales=120; may be repeated."
        ),
    ] = None,
    most_deals: Annotated[
        int | None, typer.Option(help="How many deals may be worked at most.", min=0)
    ] = None,
    model: ModelOption = None,
    policy: Annotated[
        Path | None, typer.Option(help="Plan under this policy alone, without a model.")
    ] = None,
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    page: PageOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Choose the open deals to work with the hours there are, and say what each no makes room for.

    Without --hours they are those of the policy (capacity_hours).
    """
    from reports.plan.page import render_plan
    from reports.plan.table import plan_lines

    tongue, day = chosen_language(language), chosen_day(as_of)
    given = hours_given(hours or [])
    qualifier = chosen_qualifier(model, policy)
    found = _planned(deals, qualifier, given, most_deals, as_of=day, query=query, sheet=sheet)
    deliver(found, tongue, page=page, render=render_plan, json=json, lines=plan_lines)


def hours_given(texts: list[str]) -> dict[str | None, float]:
    """Return the hours that options give, by role; None is the hours in all.

    >>> hours_given(["400", "presales=120"])
    {None: 400.0, 'presales': 120.0}
    """
    given: dict[str | None, float] = {}
    problems = []
    for text in texts:
        role, _, number = text.rpartition("=")
        try:
            hours = float(number)
        except ValueError:
            what, hint = f"'{text}' is no number of hours", "write 400, or presales=120"
            problems.append(Problem(where="--hours", what=what, hint=hint))
            continue
        name = role.strip() or None
        if name in given:
            whose = "in all" if name is None else f"of '{name}'"
            problems.append(Problem(where="--hours", what=f"the hours {whose} are given twice"))
        given[name] = hours
    if problems:
        raise InputError(problems)
    return given


def _planned(
    deals: str,
    qualifier: "Qualifier",
    given: dict[str | None, float],
    most_deals: int | None,
    *,
    as_of: date,
    query: str | None,
    sheet: str | None,
) -> "Plan":
    from models.portfolio.capacity import capacity_of
    from reports.plan.planning import plan_of
    from training.intake import read_deals
    from training.open_deals import open_deals

    capacity = capacity_of(qualifier.policy.economics, given, most_deals)
    on_file = read_deals(
        deals, qualifier.policy, as_of=as_of, needs_outcome=False, query=query, sheet=sheet
    )
    if on_file.missing:
        say(f"not in the file, so unknown: {', '.join(on_file.missing)}")
    still_open = open_deals(on_file, as_of)
    closed = len(on_file.table) - len(still_open.table)
    if closed:
        say(f"left out: {closed} that are closed, or decided after {as_of}")
    names = None if still_open.names is None else still_open.names.tolist()
    with solver_on_stderr():
        return plan_of(qualifier, still_open.table, capacity, as_of=as_of, names=names)
