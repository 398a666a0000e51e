"""Laws of the track record: nothing of the future, not itself, the same numbers always."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from features.track_record import SHRINKAGE_DEALS, TrackRecord

ROLES = ("account", "product")
FIRST_DAY = date(2025, 1, 1)
LABELS = ("a", "b", "é", None, "")
TO_THE_FIRST_FAILURE = settings(
    report_multiple_bugs=False, database=None, phases=(Phase.explicit, Phase.generate)
)


@dataclass(frozen=True)
class Past:
    """Deals with their labels, days and outcomes; ``closed_on`` is None while open."""

    labels: tuple[tuple[str | None, str | None], ...]
    opened_on: tuple[date, ...]
    as_of: tuple[date, ...]
    closed_on: tuple[date | None, ...]
    won: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.won)

    def columns(self) -> dict[str, list[str | None]]:
        return {role: [pair[i] for pair in self.labels] for i, role in enumerate(ROLES)}

    def days(self, name: str) -> Any:
        return np.array(getattr(self, name), dtype="datetime64[D]")

    def take(self, rows: Any) -> "Past":
        names = ("labels", "opened_on", "as_of", "closed_on", "won")
        return Past(*(tuple(getattr(self, name)[row] for row in rows) for name in names))


def pasts() -> st.SearchStrategy[Past]:
    """Return pasts within forty days, so that days and labels often meet."""
    return st.builds(some_past, st.integers(0, 10**9), st.integers(0, 40))


def some_past(seed: int, size: int) -> Past:
    random = Random(seed)
    opened = [FIRST_DAY + timedelta(days=random.randrange(30)) for _ in range(size)]
    as_of = [day + timedelta(days=random.randrange(4)) for day in opened]
    closed = [day + timedelta(days=random.randrange(12)) for day in as_of]
    return Past(
        labels=tuple((random.choice(LABELS), random.choice(LABELS)) for _ in range(size)),
        opened_on=tuple(opened),
        as_of=tuple(as_of),
        closed_on=tuple(day if random.random() < 0.85 else None for day in closed),
        won=tuple(random.random() < 0.5 for _ in range(size)),
    )


def record_of(past: Past) -> TrackRecord:
    return TrackRecord.of(past.columns(), past.days("closed_on"), past.won)


def known_when_opened(past: Past) -> TrackRecord:
    """The mistake to catch: counts a deal from the day it was opened."""
    return TrackRecord.of(past.columns(), past.days("opened_on"), past.won)


def known_the_same_day(past: Past) -> TrackRecord:
    """The mistake to catch: counts what closes on the day itself (<= for <)."""
    return TrackRecord.of(
        past.columns(), past.days("closed_on") - np.timedelta64(1, "D"), past.won
    )


def features_of(past: Past, record: TrackRecord) -> np.ndarray[Any, Any]:
    return record.features(past.columns(), past.days("as_of"))


def same(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    return one.shape == other.shape and one.tobytes() == other.tobytes()


def without_the_future(past: Past, day: date, seed: int) -> Past:
    """Return the past with what closes on a day or later deleted, changed, or made up anew."""
    random = Random(seed)
    kept = [
        row for row in range(len(past)) if known_before(past, row, day) or random.random() < 0.7
    ]
    left = past.take(kept)
    later = [not known_before(left, row, day) for row in range(len(left))]
    ends = [day + timedelta(days=random.randrange(9)) for _ in later]
    closed = [
        end if late else day for late, end, day in zip(later, ends, left.closed_on, strict=True)
    ]
    won = [random.random() < 0.5 if late else w for late, w in zip(later, left.won, strict=True)]
    invented = some_past(seed, 5)
    return Past(
        labels=left.labels + invented.labels,
        opened_on=left.opened_on + invented.opened_on,
        as_of=left.as_of + invented.as_of,
        closed_on=(*closed, *(day + timedelta(days=random.randrange(9)) for _ in invented.won)),
        won=(*won, *invented.won),
    )


def known_before(past: Past, row: int, day: date) -> bool:
    closed_on = past.closed_on[row]
    return closed_on is not None and closed_on < day


def brute_force(past: Past, asked: dict[str, str | None], day: date) -> list[float]:
    """Return one deal's features, by a loop with none of the product's code."""
    known = [row for row in range(len(past)) if known_before(past, row, day)]
    base = sum(past.won[row] for row in known) / len(known) if known else float("nan")
    features: list[float] = []
    for i, role in enumerate(ROLES):
        label = asked[role]
        mine = [row for row in known if label and past.labels[row][i] == label]
        won_on = [past.closed_on[row] for row in mine if past.won[row]]
        wins = float(len(won_on))
        rate = (wins + SHRINKAGE_DEALS * base) / (len(mine) + SHRINKAGE_DEALS)
        ago = float((day - max(d for d in won_on if d)).days) if won_on else float("nan")
        features += [float(len(mine)), wins, rate, ago]
    return features


def assert_blind_to_the_future(build: Any) -> None:
    """Hold a way to build records to the law that no later closing changes what was known."""

    @TO_THE_FIRST_FAILURE
    @given(pasts(), st.integers(0, 45), st.integers(0, 10**9))
    def law(past: Past, offset: int, seed: int) -> None:
        day = FIRST_DAY + timedelta(days=offset)
        asked: dict[str, list[str | None]] = {role: list(LABELS) for role in ROLES}
        days = [day] * len(LABELS)
        before = build(past).features(asked, days)
        assert same(before, build(without_the_future(past, day, seed)).features(asked, days))

    law()


def assert_equal_to_a_loop(build: Any) -> None:
    """Hold a way to build records to the loop."""

    @TO_THE_FIRST_FAILURE
    @given(pasts())
    def law(past: Past) -> None:
        columns = past.columns()
        rows = [{role: columns[role][row] for role in ROLES} for row in range(len(past))]
        expected = [brute_force(past, r, d) for r, d in zip(rows, past.as_of, strict=True)]
        found = features_of(past, build(past))
        np.testing.assert_array_equal(found, np.array(expected).reshape(found.shape))

    law()


def test_nothing_from_the_day_on_changes_what_was_known():
    assert_blind_to_the_future(record_of)


def test_the_numbers_are_those_of_a_loop():
    assert_equal_to_a_loop(record_of)


@pytest.mark.parametrize("mistaken", [known_when_opened, known_the_same_day])
@pytest.mark.parametrize("law", [assert_blind_to_the_future, assert_equal_to_a_loop])
def test_the_laws_catch_a_record_that_knows_too_early(law, mistaken):
    with pytest.raises(AssertionError):
        law(mistaken)


@given(pasts(), st.randoms(use_true_random=False))
def test_the_order_of_deals_does_not_matter(past, random):
    order = random.sample(range(len(past)), len(past))
    other = record_of(past.take(order))
    assert same(features_of(past, record_of(past)), features_of(past, other))
    assert other.to_data() == record_of(past).to_data()


@given(pasts())
def test_save_and_load_is_the_identity(past):
    record = record_of(past)
    text = json.dumps(record.to_data(), allow_nan=False)
    loaded = TrackRecord.from_data(json.loads(text))
    assert same(features_of(past, record), features_of(past, loaded))
    assert json.dumps(loaded.to_data()) == text


@given(pasts())
def test_one_deal_and_a_column_give_the_same(past):
    record, whole = record_of(past), features_of(past, record_of(past))
    ones = [features_of(past.take([row]), record) for row in range(len(past))]
    assert same(whole, np.concatenate([whole[:0], *ones]))


@given(pasts(), st.integers(0, 40))
def test_feedback_is_the_same_as_building_anew(past, cut):
    first, rest = past.take(range(len(past))[:cut]), past.take(range(len(past))[cut:])
    refreshed = record_of(first).with_closed(rest.columns(), rest.days("closed_on"), rest.won)
    assert refreshed.to_data() == record_of(past).to_data()
    assert same(features_of(past, refreshed), features_of(past, record_of(past)))


@given(pasts(), st.integers(0, 10**6))
def test_no_deal_sees_itself_however_late_its_day_is(past, seed):
    """Turning its own outcome over changes nothing for a deal, even asked years after."""
    if not len(past):
        return
    row = seed % len(past)
    turned = replace(past, won=tuple(w != (i == row) for i, w in enumerate(past.won)))
    late = [date(2030, 1, 1)] * len(past)
    found, other = (
        record_of(one).features(one.columns(), late, closed_on=one.days("closed_on"))[row]
        for one in (past, turned)
    )
    assert same(found, other)
