"""``qualifox serve``: the champion, or a policy alone, over HTTP."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from features.errors import ArtifactError, InputError, Problem, QualifoxError
from models.lock import locked
from qualifox.background import Service, find_service, free_port, start_service, stop_service
from qualifox.home import HOME_VARIABLE, home_folder
from qualifox.options import ModelOption, chosen_model
from qualifox.terminal import out, say
from serving.settings import POINTER_VARIABLE, POLICY_VARIABLE, WORKERS_VARIABLE

DEFAULT_PORT = 3000
LOOK_SECONDS = 10.0
CURL = "curl -s -X POST {address}/v1/score -H 'content-type: application/json' -d '{{}}'"


def serve(
    *,
    model: ModelOption = None,
    policy: Annotated[
        Path | None,
        typer.Option(help="Serve this policy alone; with --model, until there is a champion."),
    ] = None,
    host: Annotated[
        str, typer.Option(help="The address; other than loopback needs a key.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = DEFAULT_PORT,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes answer.")] = 1,
    background: Annotated[bool, typer.Option("--background", help="Return once ready.")] = False,
) -> None:
    """Answer over HTTP, until stopped; a new champion is followed while it runs."""
    _require_keys(host)
    chosen = _what_to_serve(model, policy) | {WORKERS_VARIABLE: str(workers)}
    if background:
        service = serve_in_background(chosen, port)
        out.print(CURL.format(address=service.address), markup=False)
        return
    say(f"http://{host}:{port}  (Ctrl-C stops)")
    command = _command(host, port, chosen)
    environment = _environment(chosen) | {"QUALIFOX_LISTENS_ON": host}
    os.execve(command[0], command, environment)  # noqa: S606


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
        command, environment = _command("127.0.0.1", port, chosen), _environment(chosen)
        return start_service(home, command, environment, port, serves)


def champion_variables(model: str | None) -> dict[str, str]:
    """Return where the service finds the champion, after a trial of what the registry names."""
    from models.registry import Registry
    from qualifox.follow import look, pointer_of

    home = home_folder()
    name = chosen_model(Registry(home), model).name
    done = look(home, name)
    if done.pointer is None:
        raise ArtifactError(f"{name}: its champion was refused: {done.refused}")
    if done.refused:
        number = done.pointer.champion.number
        say(f"refused: {done.refused}; version {number} goes on answering")
    return {POINTER_VARIABLE: str(pointer_of(home, name))}


def _what_to_serve(model: str | None, policy: Path | None) -> dict[str, str]:
    if policy is None:
        return champion_variables(model)
    from features.policy import load_policy

    name = load_policy(policy).name
    alone = {POLICY_VARIABLE: str(policy.resolve())}
    if model is None:
        return alone
    if model != name:
        what, hint = f"this is the policy '{name}', and not '{model}'", "name the same one twice"
        raise InputError([Problem(where="--policy", what=what, hint=hint)])
    return alone | _followed(name)


def _followed(name: str) -> dict[str, str]:
    """Return the pointer of a model that may have no champion yet."""
    from qualifox.follow import pointer_of

    home = home_folder()
    try:
        return champion_variables(name)
    except QualifoxError as error:
        say(f"the policy answers alone: {str(error).splitlines()[0]}")
    return {POINTER_VARIABLE: str(pointer_of(home, name))}


def _require_keys(host: str) -> None:
    from serving.edge.composition import keys_file
    from serving.edge.settings import EdgeSettings
    from serving.keys.bind import require_keys
    from serving.keys.store import read_keys

    settings = EdgeSettings.of(os.environ)
    has_keys = bool(read_keys(keys_file({HOME_VARIABLE: str(home_folder())})))
    require_keys(host, has_keys=has_keys, is_open=settings.loopback_without_key)


def _command(host: str, port: int, chosen: Mapping[str, str]) -> list[str]:
    """Return the command of the service, with a follower beside it where it follows a model."""
    service = [
        *(sys.executable, "-m", "bentoml", "serve", "serving.service:QualifoxService"),
        *("--host", host, "--port", str(port), "--working-dir", str(home_folder())),
    ]
    if POINTER_VARIABLE not in chosen:
        return service
    name = Path(chosen[POINTER_VARIABLE]).name.removesuffix(".json")
    home = str(home_folder())
    follower = [sys.executable, "-m", "qualifox.following", home, name, str(LOOK_SECONDS)]
    return [sys.executable, "-m", "qualifox.launch", *follower, "--", *service]


def _environment(chosen: dict[str, str]) -> dict[str, str]:
    home = home_folder()
    home.mkdir(parents=True, exist_ok=True)
    quiet = {"BENTOML_DO_NOT_TRACK": "true", "BENTOML_HOME": str(home / "bentoml")}
    # One deal is scored by one thread; more would only spin and wait for each other.
    return {**os.environ, **quiet, "OMP_NUM_THREADS": "1", HOME_VARIABLE: str(home), **chosen}
