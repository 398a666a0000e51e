"""``qualifox doctor``: what this installation has, a line each, and whether it works."""

import ctypes
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from features.errors import QualifoxError
from models.version import CODE_VERSION
from qualifox.home import home_folder
from qualifox.options import JsonOption, ModelOption, chosen_model
from qualifox.terminal import out, print_json

PACKAGES = ("bentoml", "lightgbm", "mlflow", "numpy", "pandas", "pydantic", "scikit-learn")
Check = tuple[str, Callable[[], str]]


def doctor(
    *,
    policy: Annotated[Path | None, typer.Option(help="A policy file to check as well.")] = None,
    model: ModelOption = None,
    json: JsonOption = False,
) -> None:
    """Check versions, paths, policy, registry and model; exit 1 when one of them fails."""
    findings = [_finding(name, check) for name, check in _checks(policy, model)]
    if json:
        print_json([{"check": name, "ok": ok, "found": text} for name, ok, text in findings])
    else:
        for name, ok, text in findings:
            out.print(f"{'ok  ' if ok else 'FAIL'}  {name}: {text}", markup=False)
    if not all(ok for _, ok, _ in findings):
        raise typer.Exit(1)


def _finding(name: str, check: Callable[[], str]) -> tuple[str, bool, str]:
    try:
        return name, True, check()
    except (QualifoxError, OSError, ImportError, PackageNotFoundError) as error:
        return name, False, str(error)


def _checks(policy: Path | None, model: str | None) -> Iterator[Check]:
    yield "qualifox", lambda: f"{CODE_VERSION} on Python {sys.version.split()[0]}"
    for package in PACKAGES:
        yield package, lambda package=package: version(package)  # type: ignore[misc]
    yield "libgomp", _libgomp
    yield "home", _home
    if policy is not None:
        yield "policy", lambda: _policy(policy)
    yield "registry", _registry
    yield "model", lambda: _model(model)


def _libgomp() -> str:
    try:
        ctypes.CDLL("libgomp.so.1")
    except OSError:
        hint = "apt-get install libgomp1 (LightGBM needs it)"
        raise QualifoxError(f"not found\n  hint: {hint}") from None
    return "found"


def _home() -> str:
    home = home_folder()
    home.mkdir(parents=True, exist_ok=True)
    probe = home / ".doctor"
    probe.write_text("", encoding="utf-8")
    probe.unlink()
    return f"{home} (writable)"


def _policy(path: Path) -> str:
    from features.policy import load_policy

    found = load_policy(path)
    return f"{found.name}, {len(found.criteria)} criteria, {len(found.knockouts)} knockouts"


def _registry() -> str:
    from models.registry import Registry

    names = Registry(home_folder()).model_names()
    return f"{len(names)} models: {', '.join(names)}" if names else "no model yet"


def _model(name: str | None) -> str:
    from models.artifact import load_artifact
    from models.registry import Registry

    registry = Registry(home_folder())
    champion = chosen_model(registry, name)
    load_artifact(registry.fetch(champion))
    return f"{champion.name} version {champion.number} loads"
