"""How work says how far it is."""

from collections.abc import Callable

Tell = Callable[[str, float], None]
"""Called with a step's name and the share of it that is done, for a progress bar."""


def in_silence(step: str, done: float) -> None:
    """Tell nobody how far the work is."""
    del step, done
