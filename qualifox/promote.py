"""``qualifox promote``: whether the challenger may answer for the company."""

from typing import TYPE_CHECKING, Annotated

import typer

from features.errors import InputError, Problem
from qualifox.home import home_folder
from qualifox.options import (
    AcknowledgeOption,
    AsOfOption,
    DryRunOption,
    JsonOption,
    LanguageOption,
    PolicyOption,
    QueryOption,
    SheetOption,
    chosen_day,
    chosen_language,
)
from qualifox.terminal import out, print_json, progress, say

if TYPE_CHECKING:
    from features.policy import Policy
    from models.registry import Published, Registry
    from reports.promotion import GateReport

CHECK_FAILED = 1


def promote(
    *,
    policy: PolicyOption,
    deals: Annotated[
        str | None,
        typer.Option(
            "--deals", help="The closed deals that judge; by default the verdict of the training."
        ),
    ] = None,
    dry_run: DryRunOption = False,
    acknowledge_leak: AcknowledgeOption = False,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Fixes every draw.")] = 0,
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> int:
    """Judge the challenger beside the champion; exit 0 where it answers, 1 where it does not."""
    from features.policy import load_policy
    from models.lock import locked
    from models.registry import Registry
    from reports.promotion_words import promotion_lines
    from training.promotion.promote import LOCK, promote_as_judged
    from training.promotion.promote import promote as promote_by
    from training.train import read_teaching

    tongue, day, loaded = chosen_language(language), chosen_day(as_of), load_policy(policy)
    registry = Registry(home_folder())
    challenger = _challenger(registry, loaded)
    report: GateReport | None = None
    if deals is None:
        with locked(registry.home, LOCK):
            report = promote_as_judged(
                registry, challenger, acknowledged=acknowledge_leak, dry_run=dry_run
            )
        if report is None:
            what = "the challenger was never judged beside this champion"
            hint = "--deals FILE judges it"
            raise InputError([Problem(where="--deals", what=what, hint=hint)])
    else:
        with progress() as tell:
            teaching = read_teaching(
                loaded,
                deals,
                as_of=day,
                seed=seed,
                effort=challenger.effort,
                query=query,
                sheet=sheet,
                tell=tell,
            )
            tell("judge", 0.0)
            with locked(registry.home, LOCK):
                report = promote_by(
                    registry, challenger, teaching, acknowledged=acknowledge_leak, dry_run=dry_run
                )
    if json:
        print_json({**report.to_data(), "dry_run": dry_run})
    else:
        for line in promotion_lines(report, tongue):
            out.print(line, markup=False)
    if dry_run:
        say("dry run: no alias was changed")
    return 0 if report.promotes else CHECK_FAILED


def _challenger(registry: "Registry", policy: "Policy") -> "Published":
    """Return the challenger; it must have been trained under the policy that is named."""
    challenger = registry.get(policy.name, "challenger")
    if challenger.policy != policy.fingerprint:
        what = f"version {challenger.number} was trained under another state of this policy"
        hint = "train under this one: qualifox train --policy FILE --deals FILE"
        raise InputError([Problem(where="--policy", what=what, hint=hint)])
    return challenger
