"""The two figures of a replay's efficiency: where lines, letters and points stand on the paper."""

from collections.abc import Callable
from dataclasses import dataclass
from math import hypot
from typing import Literal, TypeAlias

from reports.efficiency import Curve, OperatingPoint, OrderName, Track
from reports.replay import Replay
from reports.replay_parts import Effect, Figure
from reports.review_page import along

PlotName: TypeAlias = Literal["wins_by_deals", "value_by_hours"]
Spot: TypeAlias = tuple[float, float]
"""A place by its share of the work and of what is kept."""

LEFT, WIDTH, GROUND, HEIGHT = 56.0, 444.0, 424.0, 404.0
"""The area of a figure on a paper of 520 by 480."""
FIRST_LETTER, NEXT_LETTER = 0.18, 0.09
"""At which share of the work the letters of the lines would best stand, one after the other."""
APART = 20.0
"""How far apart letters and points must be on paper to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One order on paper: its letter, the points of its line, and where the letter stands."""

    letter: str
    order: OrderName
    points: str
    letter_x: str
    letter_y: str
    track: Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """An interval through a point; each end on paper."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where the policy stands, if what it asks about is pursued or stopped."""

    if_pursued: bool
    x: str
    y: str
    work: float
    kept: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """One figure: ``deals`` says over how many; ``same_deals`` whether these are all pursued."""

    name: PlotName
    deals: int
    lines: tuple[Line, ...]
    points: tuple[Point, ...]
    same_deals: bool


def plots_of(found: Replay) -> tuple[Plot, ...]:
    """Return the figures: wins by deals, and value by hours where both are known."""
    told = found.efficiency
    if told is None:
        return ()
    effects = (found.policy.if_stopped, found.policy.if_pursued)
    everybody = told.deals == found.population.pursued
    stands = (told.if_stopped, told.if_pursued)
    on_deals, on_hours = (_points(stands, effects, one) for one in (_on_deals, _on_hours))
    wins = Plot(
        name="wins_by_deals",
        deals=told.deals,
        lines=_lines(told.curves, lambda curve: curve.wins_by_deals, on_deals),
        points=on_deals,
        same_deals=everybody,
    )
    value = Plot(
        name="value_by_hours",
        deals=min(told.hours_deals, told.money_deals),
        lines=_lines(told.curves, lambda curve: curve.value_by_hours, on_hours),
        points=on_hours,
        same_deals=everybody,
    )
    return tuple(one for one in (wins, value) if one.lines)


def across(share: float) -> str:
    """Return how far right a share of the work stands.

    >>> across(0.5)
    '278'
    """
    return along(share, LEFT, WIDTH)


def up(share: float) -> str:
    """Return how far down a share of what is kept stands; the paper counts from above.

    >>> up(0.0), up(1.0)
    ('424', '20')
    """
    return along(share, GROUND, -HEIGHT)


def _lines(
    curves: tuple[Curve, ...],
    track_of: Callable[[Curve], Track | None],
    points: tuple[Point, ...],
) -> tuple[Line, ...]:
    tracks = [(curve.order, track_of(curve)) for curve in curves]
    drawn = [(order, track) for order, track in tracks if track is not None]
    taken = _taken(points)
    lines = []
    for place, (order, track) in enumerate(drawn):
        spot = _free(track, FIRST_LETTER + NEXT_LETTER * place, taken)
        taken.append(spot)
        lines.append(_line("ABCDEFGHIJ"[place], order, track, spot))
    return tuple(lines)


def _line(letter: str, order: OrderName, track: Track, spot: Spot) -> Line:
    last = len(track.kept) - 1
    return Line(
        letter=letter,
        order=order,
        points=" ".join(f"{across(n / last)},{up(kept)}" for n, kept in enumerate(track.kept)),
        letter_x=across(spot[0]),
        letter_y=up(spot[1]),
        track=track,
    )


def _taken(points: tuple[Point, ...]) -> list[Spot]:
    """Return where no letter may stand: on the points, and on the words beside the last."""
    spots = [(point.work, point.kept) for point in points]
    words = [(dx / WIDTH, dy / HEIGHT) for dx in (20, 40, 60, 80) for dy in (-16,)]
    return spots + [(spots[-1][0] + dx, spots[-1][1] + dy) for dx, dy in words if spots]


def _free(track: Track, best: float, taken: list[Spot]) -> Spot:
    """Return the place on a line nearest to the best one that is apart from what stands there."""
    last = len(track.kept) - 1
    spots = [(n / last, kept) for n, kept in enumerate(track.kept)]
    by_distance = sorted(spots, key=lambda spot: abs(spot[0] - best))
    free = (spot for spot in by_distance if all(_distance(spot, one) >= APART for one in taken))
    return next(free, by_distance[0])


def _distance(one: Spot, other: Spot) -> float:
    return hypot((one[0] - other[0]) * WIDTH, (one[1] - other[1]) * HEIGHT)


Reading: TypeAlias = tuple[float | None, float | None, Figure | None, Figure | None]
"""The share of the work and what is kept, and the figures whose intervals are theirs."""


def _on_deals(point: OperatingPoint, effect: Effect) -> Reading:
    return point.deals, point.wins, effect.deals_saved_share, effect.wins_kept_share


def _on_hours(point: OperatingPoint, effect: Effect) -> Reading:
    return point.hours, point.value, effect.hours_saved_share, effect.won_value_kept_share


def _points(
    stands: tuple[OperatingPoint, OperatingPoint],
    effects: tuple[Effect, Effect],
    reading: Callable[[OperatingPoint, Effect], Reading],
) -> tuple[Point, ...]:
    found = []
    for if_pursued, (stand, effect) in enumerate(zip(stands, effects, strict=True)):
        work, kept, saved, keeps = reading(stand, effect)
        if work is not None and kept is not None:
            bars = (*_wide(work, kept, saved), *_high(work, kept, keeps))
            x, y = across(work), up(kept)
            found.append(
                Point(if_pursued=bool(if_pursued), x=x, y=y, work=work, kept=kept, bars=bars)
            )
    return tuple(found[:1] if found and found[0].x == found[-1].x else found)


def _wide(work: float, kept: float, saved: Figure | None) -> tuple[Bar, ...]:
    """Return the interval of the work, which is the rest of what is saved."""
    ends = _ends_around(saved)
    if ends is None:
        return ()
    low, high = (_within(work - end) for end in reversed(ends))
    return (Bar(x1=across(low), y1=up(kept), x2=across(high), y2=up(kept)),)


def _high(work: float, kept: float, keeps: Figure | None) -> tuple[Bar, ...]:
    ends = _ends_around(keeps)
    if ends is None:
        return ()
    low, high = (_within(kept + end) for end in ends)
    return (Bar(x1=across(work), y1=up(low), x2=across(work), y2=up(high)),)


def _ends_around(figure: Figure | None) -> tuple[float, float] | None:
    """Return how far below and above a figure its interval reaches."""
    if figure is None or figure.low is None or figure.high is None:
        return None
    return figure.low - figure.value, figure.high - figure.value


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
