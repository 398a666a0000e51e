"""``qualifox log shadow``: how the challenger would have answered, beside the champion."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from features.errors import InputError, Problem
from qualifox.logged import log_database
from qualifox.options import JsonOption, LanguageOption, QueryOption, SheetOption, chosen_language
from qualifox.terminal import out, print_json

DealsForAccounts = Annotated[
    str | None,
    typer.Option("--deals", help="A file of deals, for whose customers they are."),
]


def shadow(
    *,
    since: Annotated[str | None, typer.Option(help="The first day, like 2026-03-31.")] = None,
    until: Annotated[str | None, typer.Option(help="The day after the last one.")] = None,
    deals: DealsForAccounts = None,
    policy: Annotated[Path | None, typer.Option(help="The policy that reads the file.")] = None,
    query: QueryOption = None,
    sheet: SheetOption = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Fixes every draw.")] = 0,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Compare the challenger in the shadow with the champion, on what both were asked.

    Agreement, the difference of p_win, and where outcomes were told the log-loss and the Brier
    score of each. Intervals go by customer where --deals and --policy say whose the deals are.
    """
    from reports.shadow.words import shadow_lines
    from serving.decision_log.shadows import shadowed_deals
    from training.shadow.report import shadow_report

    tongue = chosen_language(language)
    first, end = (_moment(text, name) for text, name in ((since, "--since"), (until, "--until")))
    accounts = _accounts(deals, policy, query, sheet)
    with log_database() as database:
        found = shadow_report(
            shadowed_deals(database.reading, first, end), accounts=accounts, seed=seed
        )
    if json:
        print_json(found.to_data())
        return
    for line in shadow_lines(found, tongue):
        out.print(line, markup=False)


def _accounts(
    deals: str | None, policy: Path | None, query: str | None, sheet: str | None
) -> dict[str, str]:
    from features.policy import load_policy
    from training.shadow.accounts import accounts_of
    from training.sources.location import read_source

    if deals is None:
        return {}
    if policy is None:
        what, hint = "nothing says how to read the file of deals", "name the policy that does"
        raise InputError([Problem(where="--policy", what=what, hint=hint)])
    return accounts_of(read_source(deals, query=query, sheet=sheet), load_policy(policy))


def _moment(text: str | None, option: str) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        what, hint = f"'{text}' is not a day", "write it like 2026-03-31"
        raise InputError([Problem(where=option, what=what, hint=hint)]) from None
