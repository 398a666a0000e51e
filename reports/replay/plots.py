"""The two figures of a replay's efficiency: where lines, letters and points stand on the paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import hypot
from typing import Literal, TypeAlias

from reports.replay.efficiency import Curve, OperatingPoint, OrderName, Track
from reports.replay.parts import Figure
from reports.replay.report import Replay
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
    work: Figure
    kept: Figure
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
    everybody = told.deals == found.population.pursued
    stands = (told.if_stopped, told.if_pursued)
    on_deals, on_hours = (_points(stands, one) for one in (_on_deals, _on_hours))
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
    spots = [(point.work.value, point.kept.value) for point in points]
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


Reading: TypeAlias = tuple[Figure | None, Figure | None]
"""The share of the work, and what is kept with it."""


def _on_deals(point: OperatingPoint) -> Reading:
    return point.deals, point.wins


def _on_hours(point: OperatingPoint) -> Reading:
    return point.hours, point.value


def _points(
    stands: tuple[OperatingPoint, OperatingPoint], reading: Callable[[OperatingPoint], Reading]
) -> tuple[Point, ...]:
    found = [
        _point(work, kept, if_pursued=bool(place))
        for place, (work, kept) in enumerate(map(reading, stands))
        if work is not None and kept is not None
    ]
    return tuple(found[:1] if found and _spot(found[0]) == _spot(found[-1]) else found)


def _spot(point: Point) -> tuple[str, str]:
    return point.x, point.y


def _point(work: Figure, kept: Figure, *, if_pursued: bool) -> Point:
    x, y = across(work.value), up(kept.value)
    ends = _ends(work, across), _ends(kept, up)
    wide = [Bar(x1=low, y1=y, x2=high, y2=y) for low, high in ends[0]]
    high = [Bar(x1=x, y1=low, x2=x, y2=high) for low, high in ends[1]]
    return Point(if_pursued=if_pursued, x=x, y=y, work=work, kept=kept, bars=(*wide, *high))


def _ends(figure: Figure, along_axis: Callable[[float], str]) -> Iterator[tuple[str, str]]:
    """Yield where the interval of a figure ends on paper, if it has one."""
    if figure.low is not None and figure.high is not None:
        yield along_axis(_within(figure.low)), along_axis(_within(figure.high))


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0)
