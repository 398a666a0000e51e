"""A replay in a terminal: the sentence first, the wins lost by name, then what stops them."""

from collections.abc import Iterable, Iterator
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from features.texts import Language
from reports.figures import share_with_range
from reports.numbers import NOTHING, decimal, percent, whole
from reports.replay.deals import combinations, deal_name, judged, other_policy, why
from reports.replay.gains import gain_sentences
from reports.replay.page import sides, written_money
from reports.replay.parts import Figure, Side
from reports.replay.report import Count, NamedDeal, Replay, WinBounds
from reports.replay.sentences import (
    basis_sentences,
    headline,
    more_sentences,
    population_sentence,
    source_sentences,
)
from reports.replay.words import ORDERED, word
from reports.typography import day, honest_share

MOST_DEALS, MOST_COMBINATIONS = 12, 8
Cells = Iterable[str]


def replay_lines(found: Replay, language: Language) -> Iterator[RenderableType]:
    """Return what to print, in the order of the page."""
    yield from _Printed(found, language).lines()


class _Printed:
    """One replay in one language."""

    def __init__(self, found: Replay, language: Language) -> None:
        self.found, self.language = found, language
        self.policy = found.policy
        self.with_hours, self.with_money = found.hours != "none", found.counts_money

    def lines(self) -> Iterator[RenderableType]:
        yield Line(headline(self.found).in_(self.language), "bold")
        told = (*more_sentences(self.found), population_sentence(self.found))
        for text in (*told, *basis_sentences(self.found)):
            yield Line(text.in_(self.language))
        yield from self._lost()
        yield self._verdicts()
        if self.policy.knockouts:
            yield self._knockouts()
        yield from self._together()
        yield from self._swap()
        yield from self._curves()
        yield from self._declined()
        yield self._title("source_title")
        for text in source_sentences(self.found.probability):
            yield Line(text.in_(self.language))

    def _lost(self) -> Iterator[RenderableType]:
        lost = self.policy.lost_wins
        if not lost:
            yield Line(f"\n{self._word('lost_none')}")
            return
        columns = ["deal", "account", "decided", "p_win"]
        columns += ["value"] if self.with_money else []
        columns += ["hours"] if self.with_hours else []
        table = self._table("lost_title", (*columns, "why"), left=("account", "why"))
        for one in lost[:MOST_DEALS]:
            table.add_row(*map(Line, self._deal(one)))
        if len(lost) > MOST_DEALS:
            more = whole(len(lost) - MOST_DEALS, self.language)
            table.caption = Line(self._word("more_deals", n=more))
        yield table

    def _deal(self, one: NamedDeal) -> Iterator[str]:
        yield deal_name(one)
        yield one.account or NOTHING
        yield day(one.as_of).in_(self.language) if one.as_of else NOTHING
        yield honest_share(one.p_win, self.language)
        if self.with_money:
            yield self._money(one.value)
        if self.with_hours:
            yield decimal(one.hours, self.language, digits=0)
        reasons = (why(one, self.found.currency) for one in one.stopped_by)
        yield "; ".join(text.in_(self.language) for text in reasons) or NOTHING

    def _verdicts(self) -> Table:
        columns = ["says", "deals", "won", "win_rate"]
        columns += ["hours"] if self.with_hours else []
        columns += ["cost", "value"] if self.with_money else []
        table = self._table("verdicts_title", columns)
        for name, side in sides(self.found, self.language):
            table.add_row(Line(name), *self._side(side))
        return table

    def _side(self, side: Side) -> Iterator[str]:
        yield self._count(side.deals)
        yield self._count(side.won)
        rate = side.won.value / side.deals.value if side.deals.value else None
        yield percent(rate, self.language)
        if self.with_hours:
            yield NOTHING if side.hours is None else self._count(side.hours)
        if self.with_money:
            yield self._money(None if side.cost is None else side.cost.value)
            yield self._money(None if side.value is None else side.value.value)

    def _knockouts(self) -> Table:
        columns = ["knockout", "fires", "fires_won", "needs", "alone", "alone_won"]
        columns += ["value_back"] if self.with_money else []
        table = self._table("knockouts_title", columns)
        for one in self.policy.knockouts:
            alone = self._two(one.alone) if one.stops else (NOTHING, NOTHING)
            unknown = whole(one.unknown.deals, self.language)
            money = [self._value_back(one.value_back, one.alone)] if self.with_money else []
            label = one.label.in_(self.language)
            table.add_row(Line(label), *self._two(one.fires), unknown, *alone, *money)
        return table

    def _value_back(self, value: Figure | None, alone: Count) -> str:
        if value is None or not alone.deals:
            return NOTHING
        return f"{self._money(value.value)}\n{self._word(judged(value))}"

    def _together(self) -> Iterator[RenderableType]:
        found = list(combinations(self.policy, self.language))[:MOST_COMBINATIONS]
        if not found:
            return
        columns = ("together", "fires", "fires_won", "only_these", "alone_won")
        table = self._table("combinations_title", columns)
        for name, one in found:
            table.add_row(Line(name), *self._two(one.fires), *self._two(one.alone))
        yield table

    def _swap(self) -> Iterator[RenderableType]:
        swap = self.found.swap
        if swap is None:
            return
        other = other_policy(self.found, self.language)
        columns = ["swap", "deals", "won"]
        columns += ["value"] if self.with_money else []
        table = self._table("swap_title", columns, other=other)
        for name in ("kept_by_both", "newly_stopped", "newly_kept", "stopped_by_both"):
            count: Count = getattr(swap, name)
            money = [self._money(count.value)] if self.with_money else []
            table.add_row(self._word(name), *self._two(count), *money)
        yield table
        for text in gain_sentences(self.found):
            yield Line(text.in_(self.language))

    def _curves(self) -> Iterator[RenderableType]:
        told = self.found.efficiency
        if told is None:
            return
        table = self._table("plot_wins_by_deals", ["order"])
        for share in (0.25, 0.5, 0.75):
            at = percent(share, self.language)
            table.add_column(self._word("column_kept_at", share=at), justify="right")
        for curve in told.curves:
            if curve.wins_by_deals is not None:
                marks = (self._share(one) for one in curve.wins_by_deals.marks)
                table.add_row(ORDERED[curve.order].in_(self.language), *marks)
        yield table
        stands = {"stands_if_stopped": told.if_stopped, "stands_if_pursued": told.if_pursued}
        for key, point in stands.items():
            if point.wins is not None:
                kept, work = self._share(point.wins), self._share(point.deals)
                yield Line(self._word(key, at=self._word("point_at", kept=kept, work=work)))

    def _declined(self) -> Iterator[RenderableType]:
        yield self._title("declined_title")
        lots = {"declined": self.policy.declined, "unrecorded": self.policy.unrecorded}
        if not self.policy.declined.deals:
            yield Line(self._word("declined_none"))
        for kind, lot in lots.items():
            if lot is not None and lot.deals:
                table = self._table(None, [kind, "deals", "bounds", "rates"])
                for name in ("would_stop", "would_find_out", "would_pursue"):
                    table.add_row(self._word(name), *self._bounds(getattr(lot, name)))
                yield table
        told = self.found.population
        counts = {"open": told.open, "unrecorded": told.unrecorded}
        written = {name: whole(n, self.language) for name, n in counts.items()}
        yield Line(self._word("not_counted", **written))

    def _bounds(self, one: WinBounds) -> Iterator[str]:
        yield whole(one.deals, self.language)
        yield f"{whole(one.lowest, self.language)}–{whole(one.highest, self.language)}"
        rates = (one.at_half, one.at_base_rate, one.at_one_and_a_half)
        yield " · ".join(decimal(rate, self.language, digits=1) for rate in rates)

    def _two(self, count: Count) -> tuple[str, str]:
        """Return some deals, and how many of them were won."""
        won = whole(count.won, self.language)
        if count.deals:
            won = f"{won} ({percent(count.win_rate, self.language)})"
        return whole(count.deals, self.language), won

    def _count(self, figure: Figure) -> str:
        value = decimal(figure.value, self.language, digits=0)
        ends = (figure.low, figure.high)
        if None in ends or ends == (figure.value, figure.value):
            return value
        low, high = (decimal(end, self.language, digits=0) for end in ends)
        return f"{value} ({low}–{high})"

    def _share(self, figure: Figure) -> str:
        return share_with_range(figure.value, figure.low, figure.high, self.language)

    def _money(self, amount: float | None) -> str:
        return written_money(amount, currency=self.found.currency, language=self.language)

    def _word(self, key: str, **values: str) -> str:
        return word(key, self.language, **values)

    def _title(self, key: str) -> Line:
        return Line(f"\n{self._word(key)}", "bold")

    def _table(
        self, title: str | None, columns: Cells, *, left: tuple[str, ...] = (), **values: str
    ) -> Table:
        # Lines, not strings: a label that looks like markup stays what it is.
        table = Table(
            title=None if title is None else Line(f"\n{self._word(title, **values)}", "bold"),
            box=SIMPLE_HEAD,
            pad_edge=False,
            show_edge=False,
            title_justify="left",
            caption_justify="left",
        )
        for place, name in enumerate(columns):
            to: Literal["left", "right"] = "left" if place == 0 or name in left else "right"
            table.add_column(self._word(f"column_{name}"), justify=to)
        return table
