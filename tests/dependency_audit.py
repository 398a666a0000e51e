"""``python -m tests.dependency_audit``: the pinned versions beside the advisories that are known.

Asks the advisories over the network through pip-audit. Exits 1 where a pinned version has a known
fault. Where the network does not answer, it says so and exits 0: then only what is written down
in advisories.toml has been looked at.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", flags=re.MULTILINE)
SECONDS = 180
UNREACHED = "the advisories could not be reached: only those of advisories.toml were looked at"


def pinned(text: str) -> dict[str, str]:
    r"""Return the version of each package of a constraints file.

    >>> pinned("numpy==2.4.6 \\\n    --hash=sha256:00\nBentoML==1.4.39")
    {'numpy': '2.4.6', 'bentoml': '1.4.39'}
    """
    return {name.lower(): version for name, version in PINNED.findall(text)}


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers that can be compared.

    >>> numbers("1.4.39") < numbers("1.10.0")
    True
    """
    return tuple(int(part) for part in re.findall(r"\d+", version))


def known_faults(versions: dict[str, str], advisories: str) -> list[str]:
    """Return what is written down of pinned versions that are older than their mending."""
    return [
        f"{one['package']} {versions[one['package']]}: {', '.join(one['ids'])}; "
        f"mended in {one['fixed']}"
        for one in tomllib.loads(advisories)["advisory"]
        if one["package"] in versions and numbers(versions[one["package"]]) < numbers(one["fixed"])
    ]


def faults_by_network() -> list[str] | None:
    """Return what pip-audit finds, None where nobody answered."""
    command = [sys.executable, "-m", "pip_audit", "-r", "constraints.txt", "--no-deps",
               "--disable-pip", "--format", "json", "--progress-spinner", "off"]  # fmt: skip
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS
        )
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    return told(found)


def told(found: list[dict[str, Any]]) -> list[str] | None:
    """Return the faults of pip-audit's answer, None where nothing was looked up."""
    looked_up = [one for one in found if "skip_reason" not in one]
    if not looked_up:
        return None
    faults = []
    for one in looked_up:
        faults += [f"{one['name']} {one['version']}: {fault['id']}" for fault in one["vulns"]]
    return faults


def main() -> int:
    """Print what is found; 1 where a pinned version has a known fault."""
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    advisories = (ROOT / "tests" / "advisories.toml").read_text(encoding="utf-8")
    faults, by_network = known_faults(pinned(constraints), advisories), faults_by_network()
    if by_network is None:
        sys.stdout.write(f"{UNREACHED}\n")
    faults += by_network or []
    sys.stdout.write("\n".join(faults or ["no known faults"]) + "\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
