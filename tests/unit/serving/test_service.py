"""What BentoML's first process loads is a shell: it starts workers and answers nothing."""

import subprocess
import sys

LOADED = "import sys, serving.service; print(*sorted({n.split('.')[0] for n in sys.modules}))"
HEAVY = {"lightgbm", "sklearn", "pandas", "scipy", "sqlalchemy", "models", "features", "reports"}


def test_the_shell_loads_nothing_that_answers():
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "bentoml" in loaded
    assert not loaded & HEAVY
