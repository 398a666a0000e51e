"""``qualifox refused``: what is known of the deals that the policy refuses."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from qualifox.terminal import say

if TYPE_CHECKING:
    from models.qualifier import Qualifier
    from training.overrides import Book

InUseOption = Annotated[
    Path | None,
    typer.Option("--policy", help="The policy in use; by default that of the champion."),
]
STORE = "mlflow.db"


def refused(
    *,
    deals: DealsOption,
    policy: InUseOption = None,
    model: ModelOption = None,
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    page: PageOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Show what is known of refused deals, rule by rule: drawn ones, and no evidence without."""
    from reports.refused.page import render_refused
    from reports.refused.table import refused_lines
    from training.intake import read_deals
    from training.refused import refused_report

    tongue, day = chosen_language(language), chosen_day(as_of)
    qualifier = judging(policy, model)
    on_file = read_deals(
        deals, qualifier.policy, as_of=day, needs_outcome=True, query=query, sheet=sheet
    )
    found = refused_report(on_file, qualifier, as_of=day, book=book_at_hand())
    if on_file.propensity is None and found.share:
        say(
            "the file does not say which deals were drawn: deals.propensity in the policy names "
            "the column with the chance that each had of being worked"
        )
    deliver(found, tongue, page=page, render=render_refused, json=json, lines=refused_lines)


def judging(policy: Path | None, model: str | None) -> "Qualifier":
    """Return the policy in use with the champion of its name, where there is one."""
    from features.policy import load_policy
    from models.artifact import load_artifact
    from models.qualifier import Qualifier

    in_use = None if policy is None else load_policy(policy)
    home = home_folder()
    if in_use is not None and model is None and not (home / STORE).exists():
        return Qualifier(in_use)
    from models.registry import Registry

    registry = Registry(home)
    if in_use is not None and model is None and registry.find(in_use.name) is None:
        return Qualifier(in_use)
    name = model or (None if in_use is None else in_use.name)
    champion = load_artifact(registry.fetch(chosen_model(registry, name)))
    return champion if in_use is None else Qualifier(in_use, champion.model)


def book_at_hand() -> "Book":
    """Return the book of overrides; what in it cannot be read is told."""
    from training.overrides import read_book

    book = read_book(home_folder())
    for place in book.damaged:
        say(f"{place}: this line is damaged, and left out")
    return book
