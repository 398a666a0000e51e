"""Verdicts are columns: one number a deal, whatever is unknown."""

from dataclasses import fields
from datetime import date

import numpy as np

from features import Deal, DealTable
from models.qualifier import Qualifier
from models.verdicts import Verdicts


def test_every_column_has_one_entry_a_deal(policy):
    deals = [Deal(as_of=date(2026, 1, 5), facts=facts) for facts in ({}, {"authority": "High"})]
    verdicts = Qualifier(policy).judge(DealTable.of(deals, policy.fields))
    assert isinstance(verdicts, Verdicts)
    columns = [getattr(verdicts, one.name) for one in fields(verdicts)]
    assert {len(one) for one in columns if isinstance(one, np.ndarray)} == {len(deals)}
