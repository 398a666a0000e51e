"""``python -m qualifox`` is ``qualifox``."""

from qualifox.cli import main

main()
