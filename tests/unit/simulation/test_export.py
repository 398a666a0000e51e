"""The file that a CRM would export."""

import csv
from datetime import date

import pytest

from simulation import MarketSettings, simulate, write_deals


@pytest.fixture(scope="module")
def market():
    return simulate(MarketSettings(n_deals=500, start=date(2024, 2, 1), months=8))


@pytest.fixture
def path(market, tmp_path):
    write_deals(market, tmp_path / "deals.csv")
    return tmp_path / "deals.csv"


def test_the_file_is_utf_8_with_line_feeds_and_says_nothing_of_the_truth(path, market):
    content = path.read_bytes()
    assert b"\r" not in content
    assert not content.startswith(b"\xef\xbb\xbf")
    assert "Île-de-France" in content.decode("utf-8")
    header = content.decode("utf-8").split("\n", 1)[0].split(",")
    assert header == list(market.deals.columns)
    assert set(header) & set(market.truth.columns) == {"deal_id"}


def test_blanks_are_empty_and_numbers_are_whole(path, market):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 500
    for row, deal in zip(rows, market.deals.to_dict("records"), strict=True):
        for name, text in row.items():
            unknown = deal[name] is None or deal[name] != deal[name] or str(deal[name]) == "<NA>"
            assert text == ("" if unknown else str(deal[name]))


def test_days_are_iso_days_within_the_window(market):
    for name in ("qualified_on", "closed_on"):
        days = market.deals[name].dropna()
        assert all(date.fromisoformat(day).isoformat() == day for day in days.unique())
        assert days.min() >= "2024-02-01"
        assert days.max() <= market.settings.last_day.isoformat()


def test_deals_have_an_id_each_and_share_accounts_and_sellers(market):
    deals = market.deals
    assert deals.deal_id.is_unique
    assert (deals.deal_id == market.truth.deal_id).all()
    assert deals.account.str.fullmatch(r"A\d{6}").all()
    assert 60 < deals.account.nunique() <= 125
    assert deals.seller.nunique() == market.settings.n_sellers
