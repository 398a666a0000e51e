"""What a screening concludes about many deals, and why in short."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.strongest import Strongest
from models.verdicts import Verdicts


@dataclass(frozen=True, slots=True)
class Screened:
    """What is concluded about many deals, and what weighs most.

    ``fired`` has shape (n_knockouts, n_deals), in the policy's order; ``strongest`` is what past
    deals say. Both are None where they were not asked for, the last one also where no deal closed.
    """

    verdicts: Verdicts
    fired: NDArray[np.bool_] | None = None
    strongest: Strongest | None = None
