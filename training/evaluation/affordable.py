"""How many parameters so many closed deals can feed without learning noise by heart."""

from math import expm1, log1p

from reports.evaluation import Affordable

SHRINKAGE = 0.9
"""The part of what was learned that must survive on new deals."""


def affordable(gain: float, deals: int, columns: int) -> Affordable:
    """Return what a number of deals affords (Riley et al. 2019, criterion of shrinkage).

    Parameters
    ----------
    gain
        How much lower the model's held-out log-loss is than the base rate's, in nats a deal; from
        it follows Cox and Snell's R2. Measured on deals not seen, it is no overestimate.
    deals
        How many deals teach.
    columns
        How many columns the matrix has.

    Examples
    --------
    >>> from math import log
    >>> affordable(-log(1 - 0.20) / 2, 1200, 30).deals_needed
    1194
    >>> affordable(-log(1 - 0.15) / 2, 1650, 30).deals_needed
    1646
    >>> affordable(-0.01, 500, 30).parameters
    0
    """
    r2 = -expm1(-2 * max(gain, 0.0))
    if r2 <= 0:
        return Affordable(r2=0.0, deals=deals, parameters=0, columns=columns, deals_needed=None)
    a_parameter = 1 / ((SHRINKAGE - 1) * log1p(-min(r2 / SHRINKAGE, 1 - 1e-9)))
    return Affordable(
        r2=r2,
        deals=deals,
        parameters=int(deals / a_parameter),
        columns=columns,
        deals_needed=int(-(-columns * a_parameter // 1)),
    )
