"""``qualifox rollback``: give the champion's seat back to the one before."""

from typing import Annotated

import typer

from qualifox.home import home_folder
from qualifox.options import DryRunOption, JsonOption, ModelOption, chosen_model
from qualifox.terminal import out, print_json, say


def rollback(
    *,
    model: ModelOption = None,
    to: Annotated[
        str | None, typer.Option("--to", help="The version; by default the champion before.")
    ] = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Make the champion before this one the champion again; no verdict brings this one back."""
    from models.champions import chosen_predecessor, roll_back
    from models.lock import locked
    from models.registry import Registry
    from training.promotion.promote import LOCK

    registry = Registry(home_folder())
    name = chosen_model(registry, model).name
    with locked(registry.home, LOCK):
        chosen = chosen_predecessor(registry, name, to)
        before = registry.get(name) if dry_run else roll_back(registry, chosen)
    if json:
        told = {"model": name, "from": before.number, "to": chosen.number, "dry_run": dry_run}
        print_json({**told, "provisional": chosen.provisional})
    elif before.number == chosen.number:
        out.print(f"{name}: version {chosen.number} is the champion already", markup=False)
    else:
        state = " (provisional)" if chosen.provisional else ""
        out.print(f"{name}: champion {before.number} -> {chosen.number}{state}", markup=False)
    if dry_run:
        say("dry run: no alias was changed")
