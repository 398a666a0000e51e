"""A policy's page in a terminal."""

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from reports.numbers import NOTHING
from reports.policy_page import PolicyPage
from reports.policy_rules import CriterionEntry, KnockoutEntry, KnockoutGroup
from reports.policy_words import word

BLOCKS = 12
"""Characters that the largest points are wide."""

_INDENT = (0, 0, 0, 2)


def policy_lines(page: PolicyPage) -> tuple[RenderableType, ...]:
    """Return the page as what a terminal prints, part by part.

    Everything people wrote is a line of its own kind, so that what looks like markup stays as it
    is.
    """
    parts = (_head, _how, _knockouts, _criteria, _money, _questions)
    return tuple(line for part in parts for line in part(page))


def _word(page: PolicyPage, key: str) -> str:
    return word(key, page.language)


def _title(page: PolicyPage, key: str) -> Line:
    return Line(f"\n{_word(page, key)}", "bold underline")


def _head(page: PolicyPage) -> Iterator[RenderableType]:
    version = f" · {_word(page, 'version')} {page.version}" if page.version else ""
    about = f"{page.name}{version} · {_word(page, 'fingerprint')} {page.fingerprint}"
    yield Line.assemble((page.title, "bold"), (f"\n{about}", "dim"))
    told = [_pair(page, one.name, f"{one.value} ({one.note})") for one in page.figures]
    yield Line("\n" + "\n".join(told))


def _pair(page: PolicyPage, name: str, text: str) -> str:
    return word("colon", page.language, name=name, text=text)


def _how(page: PolicyPage) -> Iterator[RenderableType]:
    yield _title(page, "how_title")
    rows = Table.grid(padding=(0, 1))
    for place, sentence in enumerate(page.how, start=1):
        rows.add_row(Line(f"{place}."), Line(sentence))
    yield rows
    if not page.grades:
        return
    keys = ["column_grade", "column_p_win"]
    keys += ["column_grade_points"] if page.grades[0].points is not None else []
    table = _table(page, keys)
    for grade in page.grades:
        cells = (grade.grade, grade.p_win, grade.points)
        table.add_row(*(Line(cell) for cell in cells if cell is not None))
    yield table


def _knockouts(page: PolicyPage) -> Iterator[RenderableType]:
    yield _title(page, "knockouts_title")
    if not page.knockouts:
        yield Line(_word(page, "knockouts_none"))
    for group in page.knockouts:
        yield _group_title(group)
        for knockout in group.knockouts:
            yield Padding(_knockout(page, knockout), _INDENT)


def _group_title(group: KnockoutGroup) -> Line:
    style = "bold red" if group.refuses else "bold yellow"
    scope = f" ({group.scope})" if group.scope else ""
    return Line.assemble(("\n" + group.effect, style), f" · {group.segment}{scope}")


def _knockout(page: PolicyPage, knockout: KnockoutEntry) -> Group:
    rows = Table.grid(padding=(0, 2))
    rows.add_column(no_wrap=True, style="dim")
    rows.add_column()
    rows.add_row(Line(knockout.when), Line("\n".join(knockout.lines)))
    if knockout.condition is not None:
        rows.add_row(Line(_word(page, "condition")), Line(knockout.condition))
    for note in knockout.notes:
        rows.add_row(Line(note.about), Line(note.text))
    return Group(_named(knockout.reason, knockout.id), Padding(rows, _INDENT))


def _named(text: str, ident: str) -> Line:
    return Line.assemble((text, "bold"), (f"  {ident}", "dim"))


def _criteria(page: PolicyPage) -> Iterator[RenderableType]:
    yield _title(page, "criteria_title")
    if not page.criteria:
        yield Line(_word(page, "criteria_none"))
        return
    yield Line(_word(page, "criteria_caption"), "dim")
    keys = ("column_criterion", "column_when", "column_points", "column_scale", "column_unknown")
    table = _table(page, keys, right="column_points")
    for group in page.criteria:
        table.add_row(Line.assemble((group.title, "bold"), (f"  {group.best}", "dim")))
        for criterion in group.criteria:
            _add_criterion(table, criterion, page)
        table.add_section()
    yield table


def _add_criterion(table: Table, criterion: CriterionEntry, page: PolicyPage) -> None:
    note = f" · {criterion.note}" if criterion.note else ""
    name = Line.assemble(f"  {criterion.label}", (f"\n  {criterion.id}{note}", "dim"))
    for place, case in enumerate(criterion.cases):
        first = place == 0
        table.add_row(
            name if first else "",
            Line(case.when),
            Line(case.shown),
            _bar(case.points, page),
            Line(criterion.unknown) if first else "",
        )


def _bar(points: float, page: PolicyPage) -> Line:
    """Return the points as blocks on either side of zero."""
    span = max(-page.lowest, page.highest) or 1.0
    blocks = round(BLOCKS * abs(points) / span) or bool(points)
    left = round(BLOCKS * -page.lowest / span)
    if points < 0:
        return Line.assemble(" " * (left - blocks), ("▇" * blocks, "red"), "│")
    return Line.assemble(" " * left + "│", ("▇" * blocks, "blue"))


def _money(page: PolicyPage) -> Iterator[RenderableType]:
    yield _title(page, "money_title")
    yield Line("\n".join(page.money.sentences))
    if not page.money.amounts:
        return
    table = _table(page, ("money_column", "money_amount"))
    for amount in page.money.amounts:
        rows = "".join(f"\n  {_pair(page, answer, text)}" for answer, text in amount.table)
        table.add_row(Line(amount.label), Line(amount.text + rows))
    yield table


def _questions(page: PolicyPage) -> Iterator[RenderableType]:
    yield _title(page, "questions_title")
    yield Line(_word(page, "questions_caption"), "dim")
    keys = ["column_question", "column_answers", "column_used"]
    keys += ["column_cost"] if page.has_costs else []
    keys += ["column_valid"] if page.has_validity else []
    table = _table(page, keys)
    for one in page.questions:
        asked = f"\n{one.question}" if one.question else ""
        cells = [_named(one.label, one.name) + Line(asked), Line(one.answers), Line(one.used_by)]
        cells += [Line(one.cost or NOTHING)] if page.has_costs else []
        cells += [Line(one.valid or NOTHING)] if page.has_validity else []
        table.add_row(*cells)
    yield table


def _table(page: PolicyPage, keys: tuple[str, ...] | list[str], right: str = "") -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True)
    for key in keys:
        justify = "right" if key == right else "left"
        table.add_column(Line(_word(page, key)), justify=justify)  # type: ignore[arg-type]
    return table
