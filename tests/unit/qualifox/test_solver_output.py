"""What is printed below Python goes to stderr while a solver works, and to stdout after."""

import subprocess
import sys

SCRIPT = """
import ctypes
from qualifox.solver_output import solver_on_stderr
c = ctypes.CDLL(None)
print("before")
with solver_on_stderr():
    c.puts(b"chatter")
c.puts(b"after")
c.fflush(None)
print("data")
"""


def test_it_goes_to_stderr_and_back():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    assert done.stdout == "before\nafter\ndata\n"
    assert done.stderr == "chatter\n"
