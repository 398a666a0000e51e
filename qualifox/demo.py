"""``qualifox demo``, ``simulate`` and ``stop``: the demo company from its deals to an answer."""

import json
import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from features.deal import NotApplicable
from features.errors import InputError, Problem, did_you_mean, printable
from qualifox.background import stop_service
from qualifox.home import home_folder
from qualifox.options import PolicyOption
from qualifox.terminal import out, say

if TYPE_CHECKING:
    from features.policy import Policy
    from models.registry import Registry

DEMO_DEALS, DEMO_SEED = 3_000, 7


def simulate(
    *,
    out_file: Annotated[Path, typer.Option("--out", help="The CSV file to write.")],
    deals: Annotated[int, typer.Option(min=100, max=1_000_000)] = DEMO_DEALS,
    seed: Annotated[int, typer.Option(min=0)] = DEMO_SEED,
    example: Annotated[
        str | None, typer.Option(help="Write the deals of this example policy instead.")
    ] = None,
) -> None:
    """Write the deals of a simulated company that sells complex offers."""
    from simulation import (
        MarketSettings,
        example_names,
        simulate,
        write_deals,
        write_example,
    )

    if example is not None and example not in example_names():
        what = f"there is no example '{printable(example)}'"
        hint = did_you_mean(example, example_names())
        raise InputError([Problem(where="--example", what=what, hint=hint)])
    out_file.parent.mkdir(parents=True, exist_ok=True)
    if example is not None:
        write_example(example, out_file)
        say(f"the invented deals of {example}: {out_file}")
        return
    write_deals(simulate(MarketSettings(n_deals=deals, seed=seed)), out_file)
    say(f"{deals} deals of a simulated company: {out_file}")


def demo(*, policy: PolicyOption, port: int = 3000) -> None:
    """Set the demo company up, train on it, serve it, and show a request to try."""
    from features.policy import load_policy
    from models.registry import Registry
    from qualifox.serve import champion_variables, serve_in_background
    from qualifox.train import train

    loaded, home = load_policy(policy), home_folder()
    deals = home / "demo" / f"deals-{DEMO_DEALS}-{DEMO_SEED}.csv"
    if not deals.exists():
        simulate(out_file=deals)
    if not was_trained(Registry(home), loaded):
        train(policy=policy, deals=str(deals))
    service = serve_in_background(champion_variables(loaded.name), port)
    facts = _open_deal(deals, loaded)
    answer = service.ask("/v1/score", facts)
    say(f"serving on {service.address} (make stop ends it); try:")
    out.print(request_to_try(service.address, facts), markup=False)
    say(f"it answers: {answer['recommendation_text']}, p_win {answer['p_win']:.2f}")


def was_trained(registry: "Registry", policy: "Policy") -> bool:
    """Return whether a model was trained under this state of a policy, and one of it answers.

    Most changes of a policy make a model that is no better and stays challenger: then training
    once more would say the same again.
    """
    champion = registry.find(policy.name)
    challenger = registry.find(policy.name, "challenger")
    trained = {one.policy for one in (champion, challenger) if one is not None}
    return champion is not None and policy.fingerprint in trained


def stop() -> None:
    """Stop the service that runs in the background."""
    say("stopped" if stop_service(home_folder()) else "nothing was running")


def request_to_try(address: str, facts: dict[str, object]) -> str:
    """Return a command line that scores a deal.

    >>> print(request_to_try("http://127.0.0.1:3000", {"budget": True}).split(" -d ")[1])
    '{"budget": true}'
    """
    body = shlex.quote(json.dumps(facts, ensure_ascii=False))
    return f"curl -s {address}/v1/score -H 'content-type: application/json' -d {body}"


def _open_deal(deals: Path, policy: "Policy") -> dict[str, object]:
    """Return some facts of an open deal of the file, the fullest of them."""
    from qualifox.options import chosen_day
    from training.intake import read_deals
    from training.outcomes.outcome import Outcome

    on_file = read_deals(deals, policy, as_of=chosen_day(None), needs_outcome=True)
    ended = () if on_file.outcomes is None else on_file.outcomes
    rows = [row for row, outcome in enumerate(ended) if outcome is Outcome.OPEN]
    open_deals = [on_file.table.deal(row).facts for row in rows]
    fullest = max(open_deals, key=len, default={})
    return {name: _written(fact) for name, fact in fullest.items()}


def _written(fact: object) -> object:
    """Return a fact as a request would say it."""
    if isinstance(fact, NotApplicable):
        return {"not_applicable": True}
    return fact.isoformat() if isinstance(fact, date) else fact
