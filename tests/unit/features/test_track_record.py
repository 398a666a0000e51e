"""What is known of a label's earlier deals on a day."""

from datetime import date

import numpy as np
import pytest

from features import ArtifactError
from features.track_record import TrackRecord

DAY = date(2025, 6, 1)


def record_of(*closings):
    accounts, days, won = zip(*closings, strict=True)
    return TrackRecord.of({"account": accounts}, days, won)


ACME = record_of(
    ("Acme", date(2025, 1, 10), 1), ("Acme", date(2025, 5, 31), 0), ("Bond", DAY, 1),
    ("Bond", date(2025, 5, 2), 0), (None, date(2025, 5, 3), 0),
)  # fmt: skip


def test_a_closing_is_known_from_the_day_after_it():
    known = ACME.features({"account": ["Acme", "Acme", "Bond"]}, [date(2025, 5, 31), DAY, DAY])
    np.testing.assert_array_equal(known[:, :2], [[1, 1], [2, 1], [1, 0]])
    np.testing.assert_array_equal(known[:, 3], [141, 142, np.nan])


def test_the_rate_is_drawn_towards_the_overall_rate_of_that_day():
    known = ACME.features({"account": ["Acme", "Nobody", None]}, [DAY] * 3)
    base = 1 / 4  # the deal without an account counts, the one that closes today does not
    np.testing.assert_allclose(known[:, 2], [(1 + 10 * base) / 12, base, base])


def test_before_the_first_closing_there_is_no_rate_at_all():
    (known,) = ACME.features({"account": ["Acme"]}, [date(2024, 1, 1)])
    np.testing.assert_array_equal(known, [0, 0, np.nan, np.nan])
    (empty,) = TrackRecord.of({"account": []}, [], []).features({"account": ["Acme"]}, [DAY])
    np.testing.assert_array_equal(empty, [0, 0, np.nan, np.nan])


def test_a_deal_is_asked_no_later_than_its_own_closing():
    (known,) = ACME.features({"account": ["Acme"]}, [DAY], closed_on=[date(2025, 5, 31)])
    assert known[0] == 1
    open_still = np.array(["NaT"], dtype="datetime64[D]")
    assert ACME.features({"account": ["Acme"]}, [DAY], closed_on=open_still)[0, 0] == 2


def test_names_say_role_and_measure_and_a_role_without_a_column_is_unknown():
    record = TrackRecord.of({"account": ["A"], "source": ["Web"]}, [DAY], [1])
    assert record.names[0] == "account_prior_deals"
    assert record.names[-1] == "source_days_since_win"
    values = record.features({"account": ["A"]}, [date(2025, 6, 3)])
    assert values.shape == (1, len(record.names))
    np.testing.assert_array_equal(values[0, 4:], [0, 0, 1, np.nan])


def test_feedback_makes_a_new_snapshot_and_leaves_the_old_one():
    later = ACME.with_closed({"account": ["New"]}, [DAY], [1])
    asked = ({"account": ["New"]}, [date(2025, 6, 2)])
    assert later.features(*asked)[0, 0] == 1
    assert ACME.features(*asked)[0, 0] == 0


@pytest.mark.parametrize(
    ("labels", "days", "won"),
    [
        ({"account": ["A", "B"]}, [DAY], [1]),
        ({"account": ["A"]}, [DAY], [1, 0]),
        ({"account": ["A"]}, [DAY], [0.5]),
        ({"account": ["A"]}, [DAY], [float("nan")]),
        ({"product": ["A"]}, [DAY], [1]),
    ],
)
def test_columns_that_do_not_fit_are_refused(labels, days, won):
    with pytest.raises(ValueError, match=r"labels|outcome"):
        ACME.with_closed(labels, days, won)


@pytest.mark.parametrize(
    "damage",
    [
        {"overall": None},
        {"roles": [["account"]]},
        {"roles": [["account", {"labels": ["b", "a"], "entries": [1, 1], "days": [1, 1],
                                "deals": [1, 1], "wins": [0, 0]}]]},
        {"roles": [["account", {"labels": ["a"], "entries": [2], "days": [2, 1],
                                "deals": [1, 1], "wins": [0, 0]}]]},
        {"roles": [["account", {"labels": ["a"], "entries": [1], "days": [1],
                                "deals": [1], "wins": [2]}]]},
        {"roles": [["account", {"labels": ["a"], "entries": [1], "days": [2**62],
                                "deals": [1], "wins": [1]}]]},
        {"roles": [["account", {"labels": ["a"], "entries": [1], "days": [2**80],
                                "deals": [1], "wins": [1]}]]},
        {"roles": [["account", {"labels": ["a"], "entries": [2], "days": [1],
                                "deals": [1], "wins": [1]}]]},
    ],
)  # fmt: skip
def test_a_damaged_snapshot_is_refused(damage):
    with pytest.raises(ArtifactError, match="track record"):
        TrackRecord.from_data({**ACME.to_data(), **damage})
