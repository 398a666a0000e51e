"""A plan in a terminal: what to do first, then the deals, then what each "no" makes room for."""

from collections.abc import Iterator, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from features.texts import Language
from reports import numbers
from reports.plan.report import Plan, PlannedCapacity
from reports.plan.sentences import (
    bounds_in_words,
    further_sentences,
    hours_in_words,
    loss_in_words,
    name_in_words,
    room_in_words,
    verdict_sentence,
)
from reports.plan.words import word

MOST_ROWS = 30
MOST_APART = 10


def plan_lines(plan: Plan, language: Language) -> Iterator[RenderableType]:
    """Return what to print."""
    yield Line(verdict_sentence(plan).in_(language), "bold")
    for text in further_sentences(plan):
        yield Line(f"  {text.in_(language)}")
    yield _capacities(plan, language)
    if plan.chosen:
        yield _chosen(plan, language)
    if plan.drawn:
        yield _drawn(plan, language)
    if plan.no_room:
        yield _no_room(plan, language)
    for key in ("find_out", "unknown"):
        if getattr(plan, key):
            yield _apart(plan, key, language)


def capacity_in_words(one: PlannedCapacity, language: Language) -> str:
    """Return what a capacity is called."""
    if one.deals:
        return word("most_deals", language)
    if one.role is None:
        return word("all_hours", language)
    return word("role_hours", language, role=one.role)


def _table(title: str, columns: Sequence[str], language: Language, left: int = 1) -> Table:
    table = Table(
        title=Line(f"\n{title}", "bold"),
        box=SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        title_justify="left",
    )
    for place, name in enumerate(columns):
        is_text = place < left or name in {"conditions", "room", "questions"}
        table.add_column(word(f"column_{name}", language), justify="left" if is_text else "right")
    return table


def _capacities(plan: Plan, language: Language) -> Table:
    figures = ["there", *(["drawn"] if plan.drawn else []), "used", "wanted"]
    names = ("capacity", *figures, "price")
    table = _table(word("capacities_title", language), names, language)
    for one in plan.capacities:
        table.add_row(
            Line(capacity_in_words(one, language)),
            *(numbers.whole(round(getattr(one, name)), language) for name in figures),
            numbers.money(one.price, plan.currency, language),
        )
    return table


def _chosen(plan: Plan, language: Language) -> Table:
    names = ["deal", "value", "hours", "per_hour", "p_win", "comparable"]
    names += ["conditions"] if any(one.conditions for one in plan.chosen) else []
    table = _table(word("chosen_title", language), names, language)
    for one in plan.chosen[:MOST_ROWS]:
        cells: list[Line | str] = [
            Line(name_in_words(one.deal)),
            numbers.money(one.value, plan.currency, language),
            hours_in_words(one.hours, language),
            numbers.money(one.value / one.hours, plan.currency, language)
            if one.hours
            else numbers.NOTHING,
            numbers.percent(one.p_win, language),
            numbers.part_of(one.comparable_won, one.comparable_deals, language)
            if one.comparable_deals
            else numbers.NOTHING,
            Line(" · ".join(text.in_(language) for text in one.conditions)),
        ]
        table.add_row(*cells[: len(names)])
    return _ended(table, len(plan.chosen), MOST_ROWS, language)


def _drawn(plan: Plan, language: Language) -> Table:
    names = ["deal", "value", "hours", "p_win", "chance"]
    names += ["conditions"] if any(one.conditions for one in plan.drawn) else []
    table = _table(word("drawn_title", language), names, language)
    for one in plan.drawn[:MOST_ROWS]:
        cells: list[Line | str] = [
            Line(name_in_words(one.deal)),
            numbers.NOTHING
            if one.value is None
            else numbers.money(one.value, plan.currency, language),
            hours_in_words(one.hours, language),
            numbers.percent(one.p_win, language),
            numbers.percent(one.propensity, language, digits=1),
            Line(" · ".join(text.in_(language) for text in one.conditions)),
        ]
        table.add_row(*cells[: len(names)])
    return _ended(table, len(plan.drawn), MOST_ROWS, language)


def _no_room(plan: Plan, language: Language) -> Table:
    names = ("deal", "value", "hours", "elsewhere", "loss", "room")
    table = _table(word("no_room_title", language), names, language)
    for one in plan.no_room[:MOST_ROWS]:
        table.add_row(
            Line(name_in_words(one.deal)),
            numbers.money(one.value, plan.currency, language),
            hours_in_words(one.hours, language),
            numbers.money(one.hours_worth, plan.currency, language),
            loss_in_words(one, plan.currency, language),
            Line(room_in_words(one, language)),
        )
    return _ended(table, len(plan.no_room), MOST_ROWS, language)


def _apart(plan: Plan, key: str, language: Language) -> Table:
    table = _table(word(f"{key}_title", language), ("deal", "bounds", "questions"), language)
    deals = getattr(plan, key)
    for one in deals[:MOST_APART]:
        table.add_row(
            Line(name_in_words(one.deal)),
            bounds_in_words(one, plan.currency, language),
            Line(", ".join(text.in_(language) for text in one.questions)),
        )
    return _ended(table, len(deals), MOST_APART, language)


def _ended(table: Table, count: int, most: int, language: Language) -> Table:
    """Return the table, saying how many rows it does not show."""
    if count > most:
        more = numbers.whole(count - most, language)
        table.caption = Line(word("more_deals", language, count=more), "dim")
        table.caption_justify = "left"
    return table
