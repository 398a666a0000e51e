"""A record that somebody wrote, entry by entry: texts and days, with every problem noted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from features.errors import Problem
from features.fields import WrongFactError, written_day
from features.phrase import Phrase

LONGEST_TEXT = 1_000


class RecordReader:
    """Reads one record, called ``a waiver``, of which ``settings`` are the entries."""

    def __init__(
        self, written: object, where: str, *, called: Phrase, settings: tuple[str, ...]
    ) -> None:
        self.written: Mapping[Any, Any] = written if isinstance(written, Mapping) else {}
        self.where, self.called, self.settings = where, called, settings
        self.problems: list[Problem] = []

    def add(self, key: str, what: str, hint: str | None) -> None:
        """Note a problem with an entry, or with the whole record."""
        where = f"{self.where}.{key}" if key else self.where
        self.problems.append(Problem(where=where, what=what, hint=hint))

    def given(self, key: str) -> Any:
        """Return an entry, None where it is missing; every one must be there."""
        value = self.written.get(key)
        if value is None:
            hint = Phrase(
                "{record} has {names}", record=self.called, names=", ".join(self.settings)
            )
            self.add(key, Phrase("'{name}' is missing", name=key), hint)
        return value

    def text(self, key: str) -> str | None:
        """Return an entry that is some words."""
        value = self.given(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
            hint = Phrase("write some words, at most {most:,} characters", most=LONGEST_TEXT)
            self.add(key, "this is not a text", hint)
            return None
        return value.strip()

    def day(self, key: str) -> date | None:
        """Return an entry that is a day."""
        value = self.given(key)
        if value is None:
            return None
        try:
            return written_day(value)
        except WrongFactError as wrong:
            self.add(key, wrong.what, wrong.hint)
            return None
