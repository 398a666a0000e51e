"""The rules of the house that no linter knows."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("features", "models", "reports", "training", "serving", "simulation", "qualifox")
ANY_ROOM = "|".join(ROOMS)
SOURCES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
LONGEST_FILE = 300
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "handle", "process", "misc"}
TEXTS = ("README.md", "ARCHITECTURE.md")


def tree_of(source):
    return ast.parse(source.read_text(encoding="utf-8"))


def module_of(source):
    return str(source.relative_to(ROOT).with_suffix("")).replace(os.sep, ".")


def says(*names):
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: str(s.relative_to(ROOT)))
def test_a_file_is_short_and_opens_by_saying_what_it_is(source):
    assert len(source.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    assert ast.get_docstring(tree_of(source))


def test_no_room_or_file_has_a_name_that_names_nothing():
    names = {source.stem for source in SOURCES} | {source.parent.name for source in SOURCES}
    assert not names & FORBIDDEN_NAMES


def test_no_other_distribution_owns_our_names():
    owners = packages_distributions()
    for room in ROOMS:
        assert set(owners.get(room, [])) <= {"qualifox"}


def test_public_names_are_sorted_and_real():
    for room in ROOMS:
        tree = tree_of(ROOT / room / "__init__.py")
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                names = ast.literal_eval(node.value)
                assert names == sorted(names)
                module = __import__(room)
                assert all(hasattr(module, name) for name in names)


def test_importing_does_nothing(tmp_path):
    """Every module loads in an empty folder with a bare environment, and no file appears."""
    modules = [
        str(source.relative_to(ROOT).with_suffix(""))
        .replace(os.sep, ".")
        .removesuffix(".__init__")
        for source in SOURCES
        if source.stem != "__main__" and source.name != "service.py"  # BentoML makes its home
    ]
    script = "import importlib\n" + "".join(f"importlib.import_module({m!r})\n" for m in modules)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MLFLOW_DISABLE_TELEMETRY": "true",  # else MLflow makes a file when it loads
        "MPLCONFIGDIR": str(tmp_path.parent),
    }
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


def test_the_serving_process_answers_without_mlflow():
    script = "import sys, serving.service, serving.worker\nassert 'mlflow' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True,
                          check=False, env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_every_dependency_has_a_floor():
    project = tomllib.loads(says("pyproject.toml"))["project"]
    for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        assert ">=" in line, line


def test_the_lock_has_hashes_and_no_addresses():
    lock = says("constraints.txt")
    pinned = re.findall(r"^[A-Za-z0-9_.-]+==", lock, flags=re.MULTILINE)
    assert len(pinned) > 100
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert not re.search(r"https?://|file:|--index|--find-links", lock)


def test_the_version_is_the_same_everywhere():
    from models.version import CODE_VERSION

    assert tomllib.loads(says("pyproject.toml"))["project"]["version"] == CODE_VERSION
    assert f"[{CODE_VERSION}]" in says("CHANGELOG.md")


def test_every_room_file_and_command_is_written_down():
    from qualifox.cli import app

    readme, architecture = (says(name) for name in TEXTS)
    for room in ROOMS:
        assert room in architecture
    for mentioned in re.findall(rf"`((?:{ANY_ROOM})/[a-z_]+\.py)`", architecture):
        assert (ROOT / mentioned).exists(), mentioned
    for command in app.registered_commands:
        assert command.callback
        assert f"qualifox {command.callback.__name__.replace('_', '-')}" in readme


def test_every_decision_is_one_page():
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    for page in pages:
        assert len(page.read_text(encoding="utf-8").splitlines()) <= 60


def test_the_models_room_holds_code_only():
    assert {file.suffix for file in (ROOT / "models").iterdir() if file.is_file()} <= {
        ".py", ".typed",
    }  # fmt: skip


def test_every_source_file_is_used_or_mirrored_by_a_test():
    """The commands are left out: they are called by their names in the integration tests."""
    tests = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("*.py"))
    imported = set(re.findall(rf"(?:from|import) ((?:{ANY_ROOM})[a-z_.]*)", tests))
    for package, names in re.findall(rf"from ((?:{ANY_ROOM})[a-z_.]*) import ([a-z_, ]+)", tests):
        imported |= {f"{package}.{name.strip()}" for name in names.split(",")}
    mirrored = {file.stem.removeprefix("test_") for file in (ROOT / "tests").rglob("test_*.py")}
    for source in SOURCES:
        module = module_of(source)
        if source.stem not in {"__init__", "__main__"} and source.parent.name != "qualifox":
            assert module in imported or source.stem in mirrored, module
