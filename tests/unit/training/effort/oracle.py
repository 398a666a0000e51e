"""The effort report again, deal by deal in plain Python: slow, and short enough to be read."""

from collections import Counter, defaultdict
from datetime import date
from math import inf, isclose

from numpy import quantile

from tests.unit.training.effort.files import AS_OF, COST_PER_HOUR, MARGIN

ENDS = {"w": "won", "l": "lost", "n": "no_decision", "d": "declined_by_us"}


def number(text):
    return None if text == "" else float(text)


def state(row):
    """What became of a deal as of the day: what closes later is still open."""
    if row.closed > str(AS_OF) or row.ended in {"", "o"}:
        return "open"
    return ENDS[row.ended]


def days_from(start, end):
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def slowest(made):
    """How long 99 of 100 deals took at most, of those whose both days are known."""
    ended = [one for one in made if state(one) != "open" and one.closed and one.decided]
    lived = [days_from(one.decided, one.closed) for one in ended]
    lived = [days for days in lived if days >= 0]
    return quantile(lived, 0.99) if lived else inf


def is_pursuit(row):
    return state(row) in {"won", "lost", "no_decision"}


def hours(row, *, written):
    return number(row.hours if written else row.estimated)


def margin(row):
    amount = number(row.amount)
    return None if amount is None else MARGIN * amount


def value(row, p_win):
    """The expected value at a probability; None where it is not known."""
    brings, taken = margin(row), number(row.estimated)
    if brings is None or taken is None or p_win is None:
        return None
    return p_win * brings - COST_PER_HOUR * taken


def is_negative(row):
    found, certain = value(row, row.p_win), value(row, 1.0)
    return (found is not None and found < 0) or (certain is not None and certain < 0)


def band(row):
    """The bands that need no other deal: the rest are thirds of what is left."""
    certain = value(row, 1.0)
    if certain is not None and certain < 0:
        return "never_pays"
    if is_negative(row):
        return "below_break_even"
    return "unknown" if value(row, row.p_win) is None else "third"


def why(row, *, money, threshold=None):
    if row.bad == "yes":
        return "knocked_out"
    if money:
        return "below_zero" if is_negative(row) else None
    if threshold is not None and row.p_win is not None and row.p_win < threshold:
        return "below_threshold"
    return None


def quarter(row):
    if row.decided == "":
        return None
    return f"{row.decided[:4]}Q{(int(row.decided[5:7]) - 1) // 3 + 1}"


def grouped(rows, key):
    found = defaultdict(list)
    for one in rows:
        found[key(one)].append(one)
    return found


class Count:
    """All deals of a file, counted one by one under one reading of hours and money."""

    def __init__(self, made, *, written, money, threshold):
        self.made, self.written, self.money = made, written, money
        self.pursued = [one for one in made if is_pursuit(one)]
        self.why = {one.id: why(one, money=money, threshold=threshold) for one in self.pursued}
        self.quarters = grouped(self.pursued, quarter)
        self.slowest = slowest(made)

    def of_reason(self, *reasons):
        return [one for one in self.pursued if self.why[one.id] in reasons]

    def unwinnable(self, rows):
        return [one for one in rows if self.why[one.id]]

    def wins(self):
        return {one.id: self.why[one.id] for one in self.unwinnable(self.pursued)
                if state(one) == "won"}  # fmt: skip

    def parts(self, found):
        """Yield each part of a report: its name, its sums, its deals, and those of its share."""
        yield "pursued", found.pursued, self.pursued, self.pursued
        yield "all", found.unwinnable.spent, self.unwinnable(self.pursued), self.pursued
        for one in found.unwinnable.reasons:
            yield one.why, one.spent, self.of_reason(one.why), self.pursued
        for one in found.quarters:
            rows = self.quarters[one.period]
            yield f"{one.period}", one.pursued, rows, self.pursued
            yield f"in {one.period}", one.unwinnable, self.unwinnable(rows), rows
        bands = grouped(self.pursued, band) if self.money else {}
        for one in found.bands if self.money else ():
            if one.name in {"never_pays", "below_break_even", "unknown"}:
                yield one.name, one.spent, bands.get(one.name, []), self.pursued

    def stands_apart(self, told):
        hours_of = [self.hours(one) for one in self.made if self.kind(one) == told.kind]
        known = [one for one in hours_of if one is not None]
        counts = (told.deals, told.unknown_hours) == (len(hours_of), hours_of.count(None))
        return counts and isclose(told.hours, sum(known))

    def kind(self, row):
        """How a deal is counted apart: one open for longer than nearly all took is unrecorded."""
        found = state(row)
        if found != "open" or not row.decided:
            return found
        return "unrecorded" if days_from(row.decided, str(AS_OF)) > self.slowest else "open"

    def hours(self, row):
        return hours(row, written=self.written)

    def agrees(self, spent, rows, of):
        """Whether the sums told of some deals are theirs."""
        told = [one for one in map(self.hours, rows) if one is not None]
        below = sum(self.hours(one) or 0.0 for one in of)
        ended = Counter(map(state, rows))
        likely = [one for one in rows if one.p_win is not None]
        checks = [
            spent.deals == len(rows),
            spent.unknown_hours == len(rows) - len(told),
            isclose(spent.hours, sum(told)),
            (spent.won, spent.lost, spent.no_decision)
            == (ended["won"], ended["lost"], ended["no_decision"]),
            spent.estimated == len(likely),
            spent.estimated_won == sum(state(one) == "won" for one in likely),
            isclose(spent.expected_won, sum(one.p_win for one in likely), abs_tol=1e-12),
            (spent.share is None) == (below == 0),
            spent.share is None or isclose(spent.share, sum(told) / below, abs_tol=1e-12),
        ]
        return all(checks) and self.agrees_on_money(spent, rows, told)

    def agrees_on_money(self, spent, rows, told):
        if not self.money:
            return spent.money is None and spent.brought is None
        brought = [margin(one) for one in rows if state(one) == "won"]
        return (
            isclose(spent.money, COST_PER_HOUR * sum(told))
            and spent.unknown_money == spent.unknown_hours
            and spent.unknown_brought == brought.count(None)
            and isclose(spent.brought, sum(one for one in brought if one is not None))
        )
