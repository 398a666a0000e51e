"""What the log is told: where it is, how much may wait, and how long anybody waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

URL_VARIABLE = "QUALIFOX_LOG"
ASYNC_VARIABLE = "QUALIFOX_LOG_ASYNC"
FILE = "decisions.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """Where the log is kept, and the limits of what waits to be written.

    ``capacity`` counts requests that wait, ``most_at_once`` those of one commit. An append gives
    up after ``patience_s``. With ``async_ack`` an answer is sent before its record is safe: a
    crash then loses up to ``capacity`` decisions, and every answer says so.
    """

    url: str
    capacity: int = 5_000
    most_at_once: int = 500
    patience_s: float = 5.0
    longest_pause_s: float = 1.0
    async_ack: bool = False

    @staticmethod
    def of(environment: Mapping[str, str], home: Path) -> "LogSettings":
        """Return the settings of an environment; by default a SQLite file in the home folder.

        >>> LogSettings.of({}, Path("/home/q")).url
        'sqlite:////home/q/decisions.db'
        """
        return LogSettings(
            url=environment.get(URL_VARIABLE) or f"sqlite:///{home / FILE}",
            async_ack=environment.get(ASYNC_VARIABLE, "").lower() in {"1", "true", "yes"},
        )
