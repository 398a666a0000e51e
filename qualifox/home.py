"""Where Qualifox keeps what it makes, and the quiet that it asks of the libraries it uses."""

import os
import warnings
from pathlib import Path

HOME_VARIABLE = "QUALIFOX_HOME"


def home_folder() -> Path:
    """Return the one folder for runs, artifacts and logs: ``QUALIFOX_HOME`` or the user's own."""
    chosen = os.environ.get(HOME_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().resolve()
    shared = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return (Path(shared).expanduser() / "qualifox").resolve()


def be_quiet() -> None:
    """Switch the libraries' telemetry off: nothing leaves the machine. Call before they load."""
    os.environ["BENTOML_DO_NOT_TRACK"] = "true"  # "1" is ignored
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["DO_NOT_TRACK"] = "true"
    os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # threads that wait should not spin
    os.environ.setdefault("MLFLOW_LOGGING_LEVEL", "ERROR")
    warnings.filterwarnings("ignore", module=r"(mlflow|bentoml|_bentoml|pydantic).*")
