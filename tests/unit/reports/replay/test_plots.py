"""What is drawn lies on the paper, letters can be read, and intervals are those of the report."""

from itertools import combinations

from reports.replay.parts import Figure
from reports.replay.plots import APART, GROUND, HEIGHT, LEFT, WIDTH, across, plots_of, up
from tests.unit.reports.replay_reports import efficiency, next_to_nothing, replay


def numbers(points):
    return [tuple(map(float, one.split(","))) for one in points.split()]


def test_every_line_rises_from_nothing_to_everything_on_the_paper():
    for plot in plots_of(replay()):
        for line in plot.lines:
            drawn = numbers(line.points)
            assert drawn[0] == (LEFT, GROUND)
            assert drawn[-1] == (LEFT + WIDTH, GROUND - HEIGHT)
            assert all(LEFT <= x <= LEFT + WIDTH for x, _ in drawn)
            assert all(GROUND - HEIGHT <= y <= GROUND for _, y in drawn)


def test_letters_stand_on_their_lines_apart_from_each_other_and_from_the_policy():
    for plot in plots_of(replay()):
        spots = [(float(line.letter_x), float(line.letter_y)) for line in plot.lines]
        for line, spot in zip(plot.lines, spots, strict=True):
            assert spot in numbers(line.points)
        taken = spots + [(float(one.x), float(one.y)) for one in plot.points]
        for (x, y), (u, v) in combinations(taken, 2):
            if (x, y) in spots or (u, v) in spots:
                assert (x - u) ** 2 + (y - v) ** 2 >= (APART - 0.2) ** 2
        assert [line.letter for line in plot.lines] == sorted(line.letter for line in plot.lines)


def test_the_policy_stands_where_the_report_says_with_its_own_interval():
    plot = plots_of(replay())[0]
    stopped, pursued = plot.points
    assert (stopped.x, stopped.y) == (across(0.42), up(0.81))
    wide, high = pursued.bars
    assert (wide.x1, wide.x2) == (across(0.5), across(0.64))
    assert (high.y1, high.y2) == (up(0.89), up(1.0))
    assert (wide.y1, high.x1) == (wide.y2, high.x2) == (pursued.y, pursued.x)


def test_bars_stay_on_the_paper_and_there_is_none_without_an_interval():
    told = efficiency()
    far = Figure(value=0.9, low=-0.2, high=1.3)
    stopped = told.if_stopped.model_copy(update={"deals": far, "wins": Figure(value=0.81)})
    found = replay(efficiency=told.model_copy(update={"if_stopped": stopped}))
    (wide,) = plots_of(found)[0].points[0].bars
    assert (wide.x1, wide.x2) == (across(0.0), across(1.0))


def test_it_says_where_the_lines_are_over_fewer_deals_than_were_pursued():
    assert plots_of(replay())[0].same_deals
    assert not plots_of(replay(efficiency=efficiency(110)))[0].same_deals


def test_without_figures_nothing_is_drawn():
    assert plots_of(next_to_nothing()) == ()
