"""``qualifox effort``: where pursuit hours went, and what the unwinnable deals took of them."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import InputError, Problem
from qualifox.delivery import PageOption, deliver
from qualifox.home import home_folder
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
    chosen_model,
)
from qualifox.terminal import progress

if TYPE_CHECKING:
    from features.policy import Policy
    from reports.effort.report import Effort


def effort(
    *,
    deals: DealsOption,
    policy: Annotated[
        Path | None,
        typer.Option(help="The policy file; by default that of the champion of --model."),
    ] = None,
    model: ModelOption = None,
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    by_seller: Annotated[
        bool,
        typer.Option("--by-seller", help="Tell sellers apart too, those of few deals pooled."),
    ] = False,
    page: PageOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Show where pursuit hours went by expected value and team, and the unwinnable deals' part."""
    from reports.effort.page import render_effort
    from reports.effort.table import effort_lines

    tongue, day = chosen_language(language), chosen_day(as_of)
    chosen = _policy(policy, model)
    found = _found(deals, chosen, query=query, sheet=sheet, as_of=day, by_seller=by_seller)
    deliver(found, tongue, page=page, render=render_effort, json=json, lines=effort_lines)


def _policy(file: Path | None, model: str | None) -> "Policy":
    """Return the policy of a file, or that under which the champion was trained."""
    from features.policy import load_policy
    from models.artifact import load_artifact
    from models.registry import Registry

    if file is not None and model is not None:
        what = "--policy and --model both say which policy"
        raise InputError([Problem(where="--model", what=what, hint="give one of them")])
    if file is not None:
        return load_policy(file)
    registry = Registry(home_folder())
    return load_artifact(registry.fetch(chosen_model(registry, model))).policy


def _found(
    deals: str,
    policy: "Policy",
    *,
    query: str | None,
    sheet: str | None,
    as_of: date,
    by_seller: bool,
) -> "Effort":
    from training.effort.probabilities import unseen_p_win
    from training.effort.report import effort_of
    from training.intake import read_deals

    with progress() as tell:
        on_file = read_deals(
            deals, policy, as_of=as_of, needs_outcome=True, query=query, sheet=sheet, tell=tell
        )
        p_win, source = unseen_p_win(on_file, policy, tell=tell)
    return effort_of(on_file, policy, p_win, as_of=as_of, source=source, by_seller=by_seller)
