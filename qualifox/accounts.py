"""``qualifox accounts``: customers by what they buy and could buy, the shortest term first."""

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

if TYPE_CHECKING:
    from models.accounts import RankedBy
    from reports.accounts.report import Accounts


def accounts(
    *,
    deals: DealsOption,
    model: ModelOption = None,
    policy: Annotated[
        Path | None, typer.Option(help="Rank under this policy alone, without a model.")
    ] = None,
    by: Annotated[
        str, typer.Option(help="total, bought, soon, later, long (their open deals), reachable.")
    ] = "total",
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    page: PageOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Rank accounts by revenue and reachable potential, from the shortest to the longest term."""
    from reports.accounts.page import render_accounts
    from reports.accounts.table import accounts_lines

    tongue, day, ranked_by = chosen_language(language), chosen_day(as_of), chosen_ranking(by)
    found = _ranked(deals, model, policy, ranked_by, as_of=day, query=query, sheet=sheet)
    deliver(found, tongue, page=page, render=render_accounts, json=json, lines=accounts_lines)


def chosen_ranking(text: str) -> "RankedBy":
    """Return the figure that an option names."""
    from models.accounts import RANKED_BY

    for name in RANKED_BY:
        if text == name:
            return name
    what, hint = f"'{text}' is nothing to rank by", f"one of: {', '.join(RANKED_BY)}"
    raise InputError([Problem(where="--by", what=what, hint=hint)])


def _ranked(
    deals: str,
    model: str | None,
    policy: Path | None,
    by: "RankedBy",
    *,
    as_of: date,
    query: str | None,
    sheet: str | None,
) -> "Accounts":
    from training.accounts import accounts_of
    from training.intake import read_deals

    qualifier = chosen_qualifier(model, policy)
    on_file = read_deals(
        deals, qualifier.policy, as_of=as_of, needs_outcome=True, query=query, sheet=sheet
    )
    return accounts_of(on_file, qualifier, as_of=as_of, by=by)
