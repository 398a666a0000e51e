"""The comparison of two policies in a terminal."""

from rich.padding import Padding
from rich.text import Text as Line

from reports.difference_words import WORDS
from reports.policy_difference import PolicyDifference

_STYLES = {"added": "green", "removed": "red", "changed": "yellow"}
_MARKS = {"added": "+", "removed": "−", "changed": "~"}


def difference_lines(difference: PolicyDifference) -> tuple[Line | Padding, ...]:
    """Return what a terminal prints: the differences by meaning, or that there are none."""
    if not difference.groups:
        return (Line(WORDS["same"].in_(difference.language)),)
    headline = WORDS["headline"].in_(difference.language)
    lines: list[Line | Padding] = [
        Line(headline.format(before=difference.before, after=difference.after), "dim")
    ]
    for group in difference.groups:
        lines.append(Line(f"\n{group.title}", "bold"))
        for entry in group.entries:
            mark = (_MARKS[entry.kind], _STYLES[entry.kind])
            lines.append(Padding(Line.assemble(mark, f" {entry.title}"), (0, 0, 0, 2)))
            lines += [Padding(Line(line), (0, 0, 0, 6)) for line in entry.lines]
    return tuple(lines)
