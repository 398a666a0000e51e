"""``qualifox follow``: what the registry calls champion becomes what the service answers with.

The service has no MLflow; this looks at the registry for it. `qualifox.following` says when.
"""

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from features.errors import InputError, Problem, QualifoxError
from qualifox.home import be_quiet, home_folder
from qualifox.options import JsonOption, ModelOption
from qualifox.terminal import out, print_json, say

if TYPE_CHECKING:
    from models.registry import Registry
    from serving.champion.succession import Candidate, Succession

CHECK_FAILED = 1
SHORT_TIMEOUTS = {"MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1", "MLFLOW_HTTP_REQUEST_TIMEOUT": "5"}
"""A registry that is down must not hold a look up: its default is four minutes."""
UNITS = {"s": 1, "m": 60, "h": 3600}


def follow(
    *,
    model: ModelOption = None,
    once: Annotated[bool, typer.Option("--once", help="Look once, and say what became.")] = False,
    every: Annotated[str, typer.Option(help="How often to look, like 10s or 5m.")] = "10s",
    anew: Annotated[
        bool, typer.Option("--anew", help="Bring back what the service was told to take back.")
    ] = False,
    json: JsonOption = False,
) -> int:
    """Bring the champion of the registry to the service: checked, tried, then pointed at.

    Exit 0: what the registry names is in the seat, or was taken back. Exit 1: it was refused, or
    the registry cannot be read; what answered goes on answering.
    """
    seconds = duration(every)
    if not once:
        return _follow_on(_name_of(model), seconds)
    name = _name_of(model)
    done = look(home_folder(), name, anew=anew)
    if json:
        print_json(_data(name, done))
    else:
        out.print(line_of(name, done), markup=False)
    return CHECK_FAILED if done.refused else 0


def _follow_on(name: str, seconds: float) -> NoReturn:
    """Become the follower, which is small: it imports nothing."""
    words = [sys.executable, "-m", "qualifox.following", str(home_folder()), name, str(seconds)]
    os.execv(words[0], words)  # noqa: S606


def look(home: Path, name: str, *, anew: bool = False) -> "Succession":
    """Try what the registry calls champion and challenger, and point the service at it.

    Raises
    ------
    QualifoxError
        When the registry cannot be read; nothing has changed then.
    """
    from serving.champion.places import Places
    from serving.champion.succession import succeed

    for key, text in SHORT_TIMEOUTS.items():
        os.environ.setdefault(key, text)
    champion, challenger = _candidates(home, name)
    return succeed(Places(pointer_of(home, name)), champion, challenger, anew=anew)


def pointer_of(home: Path, name: str) -> Path:
    """Return the pointer file of a model."""
    return home / "served" / f"{name}.json"


def line_of(name: str, done: "Succession") -> str:
    """Return what became of a look, in one line."""
    seat = done.pointer.champion.number if done.pointer else "none"
    parts = [f"{name}: version {seat} is in the seat"]
    if done.pointer is not None and done.pointer.held_back:
        parts.append(f"{done.pointer.held_back[:16]} was taken back")
    if done.refused:
        parts.append(f"the champion of the registry was refused: {done.refused}")
    if done.challenger_refused:
        parts.append(f"the challenger was refused: {done.challenger_refused}")
    return "; ".join(parts)


def duration(text: str) -> float:
    """Return a duration in seconds; raises `InputError` unless it is one.

    >>> duration("10s"), duration("5m")
    (10.0, 300.0)
    """
    found = re.fullmatch(r"(\d{1,6})([smh])", text)
    if found is None or not int(found[1]):
        what = f"'{text[:20]}' is no duration"
        raise InputError([Problem(where="--every", what=what, hint="write it like 10s or 5m")])
    return float(int(found[1]) * UNITS[found[2]])


def _candidates(home: Path, name: str) -> tuple["Candidate", "Candidate | None"]:
    if not (home / "mlflow.db").exists():  # opening it would make a new one
        raise QualifoxError(f"the registry {home / 'mlflow.db'} is not there")
    from models.registry import Registry

    try:
        registry = Registry(home)
        champion = registry.get(name)
        challenger = registry.find(name, "challenger")
        if challenger is not None and challenger.artifact in {"", champion.artifact}:
            challenger = None
        shadow = None if challenger is None else _candidate(registry, challenger)
        return _candidate(registry, champion), shadow
    except QualifoxError:
        raise
    except Exception as error:  # noqa: BLE001 (whatever MLflow and its database make of a fault)
        reason = (str(error) or repr(error)).splitlines()[0][:200]
        raise QualifoxError(f"the registry cannot be read: {reason}") from None


def _candidate(registry: "Registry", published: Any) -> "Candidate":
    from serving.champion.succession import Candidate

    folder = registry.fetch(published)
    return Candidate(folder=folder, version=published.artifact, number=published.number)


def _name_of(model: str | None) -> str:
    if model is not None:
        return model
    from models.registry import Registry
    from qualifox.options import chosen_model

    return chosen_model(Registry(home_folder()), None).name


def _data(name: str, done: "Succession") -> dict[str, Any]:
    pointer = done.pointer
    return {
        "model": name,
        "version": pointer.champion.number if pointer else None,
        "artifact": pointer.champion.version if pointer else None,
        "challenger": pointer.challenger.number if pointer and pointer.challenger else None,
        "held_back": pointer.held_back if pointer else None,
        "moved": done.moved,
        "refused": done.refused,
        "challenger_refused": done.challenger_refused,
    }


def main(arguments: list[str]) -> int:
    """Look once for the follower: home, model, and perhaps ``--anew``."""
    be_quiet()
    home, name, *more = arguments
    try:
        done = look(Path(home), name, anew="--anew" in more)
    except (QualifoxError, OSError) as error:
        say(f"error: {error}")
        return CHECK_FAILED
    out.print(line_of(name, done), markup=False)
    return CHECK_FAILED if done.refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
