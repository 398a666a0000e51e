"""The files beside a pointer: verdicts, the workers' words, the follower's, and the bell."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything about one followed policy lies.

    >>> Places(Path("/home/served/shop.json")).trials.name
    'shop.trials'
    """

    pointer: Path

    @property
    def folders(self) -> Path:
        """Where the versions lie, each in its folder."""
        return self.pointer.parent

    @property
    def trials(self) -> Path:
        """What trials have shown."""
        return self._beside("trials")

    @property
    def bell(self) -> Path:
        """Whoever replaces this file asks the follower to look at once."""
        return self._beside("bell")

    @property
    def follower(self) -> Path:
        """What the follower says of its last look."""
        return self._beside("follower")

    @property
    def workers(self) -> Path:
        """What every worker says of itself."""
        return self._beside("workers")

    def _beside(self, ending: str) -> Path:
        return self.pointer.parent / f"{self.pointer.name.removesuffix('.json')}.{ending}"
