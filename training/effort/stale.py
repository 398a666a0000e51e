"""Open deals whose end nobody recorded."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from training.deals_on_file import DealsOnFile
from training.outcomes.outcome import Outcome
from training.replay.population import STALE


def stale_deals(on_file: DealsOnFile, as_of: date) -> NDArray[np.bool_]:
    """Return the open deals that are older than nearly all were when they closed.

    Nobody where the file does not say when deals opened and closed. Shape (n_deals,).
    """
    nobody = np.zeros(len(on_file.table), dtype=bool)
    opened, closed = on_file.opened_on, on_file.closed_on
    if on_file.outcomes is None or opened is None or closed is None:
        return nobody
    lived = (closed - opened) / np.timedelta64(1, "D")
    lived = lived[np.isfinite(lived) & (lived >= 0)]
    if not len(lived):
        return nobody
    age = (np.datetime64(as_of, "D") - opened) / np.timedelta64(1, "D")
    is_open = np.asarray(on_file.outcomes == Outcome.OPEN, dtype=bool)
    return is_open & (age > np.quantile(lived, STALE))
