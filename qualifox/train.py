"""``qualifox train``: from closed deals to a registered model."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualifox.home import home_folder
from qualifox.options import (
    AcknowledgeOption,
    AsOfOption,
    DealsOption,
    EffortOption,
    JsonOption,
    LanguageOption,
    PolicyOption,
    QueryOption,
    SheetOption,
    chosen_day,
    chosen_effort,
    chosen_language,
)
from qualifox.terminal import out, print_json, progress, say

if TYPE_CHECKING:
    from training.train import Trained


def train(
    *,
    policy: PolicyOption,
    deals: DealsOption,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Fixes every draw.")] = 0,
    splits: Annotated[
        int | None, typer.Option(min=1, help="Grouped splits, where deals carry no dates.")
    ] = None,
    effort: EffortOption = "normal",
    acknowledge_leak: AcknowledgeOption = False,
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Learn from closed deals: judge, register, and promote what the gate lets through."""
    from features.policy import load_policy
    from models.registry import Registry
    from reports.promotion_words import verdict_sentence
    from reports.training_words import training_lines
    from training.train import train as train_model

    tongue, day, loaded = chosen_language(language), chosen_day(as_of), load_policy(policy)
    tried = chosen_effort(effort)
    with progress() as tell:
        trained = train_model(
            loaded,
            deals,
            lambda: Registry(home_folder()),
            as_of=day,
            seed=seed,
            effort=tried,
            n_splits=splits,
            query=query,
            sheet=sheet,
            tell=tell,
            acknowledged=acknowledge_leak,
        )
    for note in trained.notes:
        say(f"note: {note}")
    if json:
        print_json(_summary(trained))
        return
    for line in training_lines(trained.review, language=tongue):
        out.print(line, markup=False)
    out.print(verdict_sentence(trained.report, tongue), markup=False)
    out.print(f"model {trained.published.name} version {trained.published.number}", markup=False)


def _summary(trained: "Trained") -> dict[str, Any]:
    review = trained.review
    return {
        "model": trained.published.name,
        "version": trained.published.number,
        "artifact": trained.published.artifact,
        "verdict": trained.verdict.value,
        "promotion": trained.report.to_data(),
        "closed_deals": review.closed_deals,
        "won": review.won,
        "twins": review.twins,
        "evaluation": review.evaluation.model_dump(mode="json"),
        "left_out": list(review.left_out),
        "direction_conflicts": [one.model_dump(mode="json") for one in review.conflicts],
    }
