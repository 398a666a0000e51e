"""The draft as the file that people read: blocks of YAML, remarks above what they are about."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from features.policy.written import written_on_one_line
from features.texts import LANGUAGES, NO_BREAK_SPACE, Language, Text

LONGEST_REMARK = 2_000
LONGEST_LINE = 100
_NO_BREAK = (NO_BREAK_SPACE, "\N{NARROW NO-BREAK SPACE}")


class Page:
    """Lines of a policy file, with remarks in one language or in both."""

    def __init__(self, language: Language | None) -> None:
        self.languages = LANGUAGES if language is None else (language,)
        self.lines: list[str] = []

    def remark(self, text: Text, indent: int = 0) -> None:
        """Write a remark: a line of comment for each language; once where they say the same."""
        for words in dict.fromkeys(text.in_(language) for language in self.languages):
            self.lines += [f"{' ' * indent}# {part}" for part in _wrapped(one_line(words), indent)]

    def heading(self, text: Text) -> None:
        """Write an empty line, then a remark."""
        self.blank()
        self.remark(text)

    def blank(self) -> None:
        """Write an empty line."""
        self.lines.append("")

    def entry(self, key: str, value: object, indent: int = 0) -> None:
        """Write a key with its value on one line."""
        self.lines.append(f"{' ' * indent}{_key(key, value)}")

    def block(self, key: str, data: Mapping[str, Any], indent: int = 0) -> None:
        """Write a key, and what it holds on a line each."""
        self.lines.append(f"{' ' * indent}{key}:")
        for name, value in data.items():
            self.entry(name, value, indent + 2)

    def item(self, data: Mapping[str, Any], indent: int = 2) -> None:
        """Write an item of a list, on a line for each of its keys."""
        for place, (name, value) in enumerate(data.items()):
            lead = "- " if not place else "  "
            self.lines.append(f"{' ' * indent}{lead}{_key(name, value)}")

    def proposal(self, data: Mapping[str, Any], indent: int = 2) -> None:
        """Write an item as a comment, to be taken by removing the signs."""
        page = Page(None)
        page.item(data, 0)
        self.lines += [f"{' ' * indent}# {line}" for line in page.lines]

    def text(self) -> str:
        """Return the whole file."""
        return "\n".join(self.lines).strip("\n") + "\n"


def one_line(text: str) -> str:
    r"""Return a text that stays within one comment, whatever somebody called a column.

    >>> one_line("a\nb: \x00c")
    'a b: ?c'
    """
    spaced = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    shown = "".join(c if c.isprintable() or c in _NO_BREAK else "?" for c in spaced)
    return shown if len(shown) <= LONGEST_REMARK else shown[: LONGEST_REMARK - 1] + "…"


def _wrapped(text: str, indent: int) -> Iterable[str]:
    """Return a text in lines; words are never broken."""
    lines, width = [""], LONGEST_LINE - indent - 2
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _key(key: str, value: object) -> str:
    return written_on_one_line({key: value})
