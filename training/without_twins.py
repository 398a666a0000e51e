"""Deals of which each stands for its twins, where a policy asks for that."""

from dataclasses import replace

import pandas as pd

from training.deals_on_file import DealsOnFile
from training.readers.column_kinds import typed_frame
from training.twins import Twins, divided, find_twins, identifying


def without_twins(deals: DealsOnFile) -> DealsOnFile:
    """Return the deals of which none equals an earlier one in all but its id and its dates.

    Deals that ended differently are no twins. How many were left out stands among the notes.
    """
    if deals.outcomes is None:
        return deals
    frame = typed_frame(deals.raw).iloc[deals.kept].reset_index(drop=True)
    ids = () if deals.columns.id is None else (deals.columns.id,)
    alike = find_twins(frame, {*identifying(frame), *ids})
    ended = Twins(divided(alike.groups, pd.Series(deals.outcomes.astype(str))), alike.ignored)
    if not ended.n_twins:
        return deals
    told = f"{ended.n_twins:,} twins left out: equal to an earlier deal in all but id and dates"
    return replace(deals.take(ended.first), notes=(*deals.notes, told))
