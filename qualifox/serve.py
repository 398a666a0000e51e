"""``qualifox serve``: the champion, or a policy alone, over HTTP."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from models.lock import locked
from qualifox.background import Service, find_service, free_port, start_service, stop_service
from qualifox.home import HOME_VARIABLE, home_folder
from qualifox.options import ModelOption, chosen_model
from qualifox.terminal import out, say

DEFAULT_PORT = 3000
CURL = "curl -s -X POST {address}/v1/score -H 'content-type: application/json' -d '{{}}'"


def serve(
    *,
    model: ModelOption = None,
    policy: Annotated[
        Path | None, typer.Option(help="Serve this policy alone, without a model.")
    ] = None,
    host: Annotated[
        str, typer.Option(help="The address; other than loopback needs a key.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = DEFAULT_PORT,
    background: Annotated[bool, typer.Option("--background", help="Return once ready.")] = False,
) -> None:
    """Answer over HTTP on loopback, until stopped."""
    _require_keys(host)
    chosen = _what_to_serve(model, policy)
    if background:
        service = serve_in_background(chosen, port)
        out.print(CURL.format(address=service.address), markup=False)
        return
    say(f"http://{host}:{port}  (Ctrl-C stops)")
    environment = _environment(chosen) | {"QUALIFOX_LISTENS_ON": host}
    os.execve(sys.executable, _command(host, port), environment)  # noqa: S606


def serve_in_background(chosen: dict[str, str], port: int) -> Service:
    """Start the service, or find it running with the same model."""
    home, serves = home_folder(), "".join(chosen.values())
    home.mkdir(parents=True, exist_ok=True)
    with locked(home, "service"):
        running = find_service(home)
        if running is not None and running.serves == serves and running.is_ready():
            say(f"already running: {running.address}")
            return running
        stop_service(home)
        port = free_port(port)
        command, environment = _command("127.0.0.1", port), _environment(chosen)
        return start_service(home, command, environment, port, serves)


def champion_variables(model: str | None) -> dict[str, str]:
    """Return where the service finds the champion's folder, after loading it once to see."""
    from models.artifact import load_artifact
    from models.registry import Registry

    registry = Registry(home_folder())
    folder = registry.fetch(chosen_model(registry, model))
    load_artifact(folder)
    return {"QUALIFOX_ARTIFACT": str(folder)}


def _what_to_serve(model: str | None, policy: Path | None) -> dict[str, str]:
    if policy is None:
        return champion_variables(model)
    from features.policy import load_policy

    load_policy(policy)
    return {"QUALIFOX_POLICY": str(policy.resolve())}


def _require_keys(host: str) -> None:
    from serving.edge.composition import keys_file
    from serving.edge.settings import EdgeSettings
    from serving.keys.bind import require_keys
    from serving.keys.store import read_keys

    settings = EdgeSettings.of(os.environ)
    has_keys = bool(read_keys(keys_file({HOME_VARIABLE: str(home_folder())})))
    require_keys(host, has_keys=has_keys, is_open=settings.loopback_without_key)


def _command(host: str, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "bentoml", "serve", "serving.service:QualifoxService"),
        *("--host", host, "--port", str(port), "--working-dir", str(home_folder())),
    ]


def _environment(chosen: dict[str, str]) -> dict[str, str]:
    home = home_folder()
    home.mkdir(parents=True, exist_ok=True)
    quiet = {"BENTOML_DO_NOT_TRACK": "true", "BENTOML_HOME": str(home / "bentoml")}
    # One deal is scored by one thread; more would only spin and wait for each other.
    return {**os.environ, **quiet, "OMP_NUM_THREADS": "1", HOME_VARIABLE: str(home), **chosen}
