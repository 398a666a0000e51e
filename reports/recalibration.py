"""What became of a recalibration, as data: one number added to all log-odds, or why it was not."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict

from reports.monitoring import InterceptShift, Refit, Verdict


class RecalibrationCode(StrEnum):
    """Whether the champion was recalibrated, and why not; the values are stable."""

    RECALIBRATED = "recalibrated"
    NOT_CALLED_FOR = "not_called_for"
    NO_BETTER = "no_better"
    ROLLED_BACK = "rolled_back"


class Recalibration(BaseModel):
    """What was done to a champion by its outcomes.

    ``champion`` is the number of the version that was watched, ``version`` that of the one which
    takes its place, None where none was made; for ``rolled_back`` it is the one that was taken
    back. ``shift`` was fitted on all outcomes that count, the last of which closed on ``until``;
    ``refit`` is what the same did out of sample. ``dry_run`` says that nothing was written.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str
    champion: str
    code: RecalibrationCode
    verdict: Verdict
    shift: InterceptShift | None = None
    refit: Refit | None = None
    until: str | None = None
    version: str | None = None
    dry_run: bool = False

    @property
    def exit_code(self) -> int:
        """What a command should end with: 1 where it was asked for and refused."""
        return int(self.code in {RecalibrationCode.NO_BETTER, RecalibrationCode.ROLLED_BACK})

    def to_data(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return self.model_dump(mode="json")
