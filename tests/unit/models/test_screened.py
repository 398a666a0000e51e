"""What a screening leaves out unless it is asked for."""

from features.table import DealTable
from models.screened import Screened


def test_reasons_are_there_where_asked_for(qualifier, shop_deals):
    deals, _ = shop_deals
    table = DealTable.of(deals[:5], qualifier.policy.fields)
    brief, whole = (qualifier.screen(table, reasons=asked) for asked in (False, True))
    assert isinstance(brief, Screened)
    assert brief.fired is None
    assert brief.strongest is None
    assert whole.fired is not None
    assert whole.fired.shape == (len(qualifier.policy.knockouts), 5)
    assert whole.strongest is not None
    assert len(whole.strongest.counts) == 5
