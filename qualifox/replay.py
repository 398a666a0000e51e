"""``qualifox replay``: what a policy would have done with the company's own past deals."""

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
    PolicyOption,
    QueryOption,
    SheetOption,
    chosen_day,
    chosen_language,
    chosen_model,
)
from qualifox.terminal import progress

if TYPE_CHECKING:
    from features.policy import Policy

CURRENT = "current"


def replay(
    *,
    policy: PolicyOption,
    deals: DealsOption,
    against: Annotated[
        str | None,
        typer.Option(help="The policy to compare with: a file, or 'current', the champion's."),
    ] = None,
    query: QueryOption = None,
    sheet: SheetOption = None,
    as_of: AsOfOption = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Fixes every draw.")] = 0,
    page: PageOption = None,
    json: JsonOption = False,
    language: LanguageOption = "en",
) -> None:
    """Run past deals through a policy, as they were known at the time: what it saves and costs."""
    from features.policy import load_policy
    from reports.replay.page import render_replay
    from reports.replay.table import replay_lines
    from training.intake import read_deals
    from training.replay.report import read_alike
    from training.replay.report import replay as run_replay

    tongue, day, loaded = chosen_language(language), chosen_day(as_of), load_policy(policy)
    other = None if against is None else read_alike(_other(against, loaded), loaded)
    with progress() as tell:
        files = [
            read_deals(
                deals, one, as_of=day, needs_outcome=True, query=query, sheet=sheet, tell=tell
            )
            for one in (loaded, other)
            if one is not None
        ]
        beside = None if other is None else (files[1], other)
        found = run_replay(files[0], loaded, as_of=day, against=beside, seed=seed, tell=tell)
    deliver(found, tongue, page=page, render=render_replay, json=json, lines=replay_lines)


def _other(against: str, policy: "Policy") -> "Policy":
    """Return the policy of the champion, or of a file."""
    from features.policy import load_policy
    from models.artifact import load_artifact
    from models.registry import Registry

    if against != CURRENT:
        return load_policy(Path(against))
    registry = Registry(home_folder())
    return load_artifact(registry.fetch(chosen_model(registry, policy.name))).policy
