"""A new artifact is read by a process of its own before anybody hears of it."""

import subprocess
import sys
from pathlib import Path

from features.errors import ArtifactError

TRIAL = "import sys; from pathlib import Path; from models.artifact import load_artifact; "
TRIAL += "load_artifact(Path(sys.argv[1]))"


def try_in_a_process_of_its_own(folder: Path) -> None:
    """Load the artifact elsewhere: a damaged tree file kills the process that reads it.

    Raises
    ------
    ArtifactError
        When it cannot be read back.
    """
    trial = subprocess.run(  # noqa: S603 (our own interpreter and code)
        [sys.executable, "-c", TRIAL, str(folder)], capture_output=True, text=True, check=False
    )
    if trial.returncode:
        raise ArtifactError(f"the new artifact cannot be read back:\n{trial.stderr[-2000:]}")
