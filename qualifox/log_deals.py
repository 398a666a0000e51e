"""``qualifox log deals``: the deals of the decision log as the policy's own file of deals."""

from pathlib import Path
from typing import Annotated

import typer

from qualifox.logged import FactsOption, MaybeDealsOption, deals_of_log
from qualifox.options import (
    JsonOption,
    LanguageOption,
    PolicyOption,
    QueryOption,
    SheetOption,
    chosen_language,
)
from qualifox.terminal import out, print_json


def deals(
    *,
    policy: PolicyOption,
    to: Annotated[Path, typer.Option("--to", help="The file to write: CSV, or .parquet.")],
    beside: MaybeDealsOption = None,
    facts: FactsOption = "first",
    with_open: Annotated[
        bool, typer.Option("--open", help="The deals that have not closed, too.")
    ] = False,
    query: QueryOption = None,
    sheet: SheetOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Write the closed deals of the log as a file that train, retrain and review read unchanged.

    Each deal is as it was known when it was decided, with its outcome as it was told last.
    """
    from features.policy import load_policy
    from training.logged.writing import write_deals

    source = deals_of_log(
        load_policy(policy),
        beside=beside,
        query=query,
        sheet=sheet,
        facts=facts,
        with_open=with_open,
        language=chosen_language(language),
    )
    write_deals(source.raw.table, to)
    if json:
        print_json({"file": str(to), "rows": len(source.raw), **source.counts})
    else:
        out.print(str(to), markup=False)
