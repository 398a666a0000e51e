"""A deal was decided on the day the file says, else when it was opened, else nobody knows."""

from datetime import date

from features import parse_policy
from training.decision_days import decision_days
from training.intake import read_deals

LINES = "1,Won,2025-01-05,2025-03-01,Acme,5,no,Public,Web,2024-12-24\n"


def days_of(text, write, header):
    policy = parse_policy(text.encode())
    place = write(header.replace("Notes", "Made") + LINES)
    return decision_days(read_deals(place, policy, as_of=date(2026, 1, 5), needs_outcome=True),
                         policy)  # fmt: skip


def test_the_day_of_the_facts_comes_first_then_that_of_opening(shop, write, header):
    opened = "account: Account\n  created_on: Made"
    with_both = shop.text.replace("account: Account", opened)
    assert days_of(with_both, write, header).tolist() == [date(2025, 1, 5)]
    only_opened = with_both.replace("  as_of: Seen\n", "")
    assert days_of(only_opened, write, header).tolist() == [date(2024, 12, 24)]
    assert days_of(shop.text.replace("  as_of: Seen\n", ""), write, header) is None
