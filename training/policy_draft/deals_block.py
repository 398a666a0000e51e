"""The deals block of a draft: which columns are no answers, and what the outcome's words mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from features.crm.preset import Target
from features.headers import plain
from features.texts import Text
from training.distinct import distinct_texts
from training.field_columns import day_column
from training.mapping.deal_mapping import DealMapping
from training.outcomes.outcome import Outcome
from training.outcomes.reading import OutcomeReading
from training.outcomes.rule import FlagRule, WordRule
from training.outcomes.words import known_words
from training.policy_draft.written import one_line
from training.readers.column_kinds import InferredColumn
from training.readers.conventions import Conventions
from training.readers.date_texts import DAY_FIRST, DateTexts
from training.readers.distinct_texts import DistinctTexts
from training.readers.number_texts import POINT
from training.sources.raw_table import RawTable

LONGEST_HEADER = 300
MOST_STRAYS = 20
_DAYS: Mapping[str, Target] = {"as_of": "created_on", "created_on": "created_on",
                               "closed_on": "closed_on"}  # fmt: skip
_OTHERS: Mapping[str, Target] = {"id": "deal_id", "account": "account",
                                 "human_probability": "human_probability"}  # fmt: skip

_NO_DAY = Text(
    en="no column was found that dates the day of the decision: write it as as_of, so that deals "
    "are judged in the order of time",
    fr="aucune colonne ne date le jour de la décision : écrivez-la sous as_of, pour juger les "
    "affaires dans l'ordre du temps",
)
_PRESET = Text(
    en="recognised: {title}; its columns, and how it says won and lost, are known",
    fr="reconnu : {title} ; ses colonnes et sa façon de dire gagné ou perdu sont connues",
)
_OUTCOME = Text(
    en="how deals ended, from {columns}: {won} won, {lost} lost, {no_decision} no decision, "
    "{declined_by_us} declined by us, {open} open",
    fr="l'issue des affaires, d'après {columns} : {won} gagnées, {lost} perdues, {no_decision} "
    "sans décision, {declined_by_us} déclinées, {open} en cours",
)
_UNDECIDED = Text(
    en="nothing in the file decides how {examples} are to be read: check",
    fr="rien dans le fichier ne dit comment lire {examples} : à vérifier",
)
_UNSURE = Text(
    en="what do these words mean? They stand under open, so that nothing is learned from them "
    "until you move them: {words}",
    fr="que veulent dire ces mots ? Ils sont sous open, pour que rien n'en soit appris tant que "
    "vous ne les avez pas déplacés : {words}",
)
_STRAYS = Text(
    en="these words stand where a day should be", fr="ces mots tiennent la place d'un jour"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealsBlock:
    """The settings of the deals block, and the remarks above each of them."""

    data: Mapping[str, Any]
    remarks: Mapping[str, tuple[Text, ...]]

    @property
    def dated(self) -> bool:
        """Whether the days of decision and of closing are both known."""
        return "preset" in self.data or {"as_of", "closed_on"} <= set(self.data)


class DealsBlockWriter:
    """Makes the deals block of one source."""

    def __init__(
        self,
        raw: RawTable,
        mapping: DealMapping,
        reading: OutcomeReading,
        inferred: Mapping[str, InferredColumn],
    ) -> None:
        self.raw, self.mapping, self.reading, self.inferred = raw, mapping, reading, inferred
        self.data: dict[str, Any] = {}
        self.remarks: dict[str, tuple[Text, ...]] = {}

    def block(self, *, says_outcome: bool, unsure: Sequence[str] = ()) -> DealsBlock:
        """Return the block; ``says_outcome`` writes the words out although a preset knows them.

        ``unsure`` are the words of the outcome that people are to say the meaning of.
        """
        preset = self.mapping.preset
        if preset is not None:
            self._set("preset", preset.preset, _filled(_PRESET, title=preset.title))
        else:
            self._columns()
        self._conventions()
        self._strays()
        if preset is None or says_outcome:
            asked = [_filled(_UNSURE, words=", ".join(map(one_line, unsure)))] if unsure else []
            self._set("outcome", self._outcome(), self._counts(), *self.reading.warnings, *asked)
        else:
            self.remarks["preset"] += (self._counts(), *self.reading.warnings)
        return DealsBlock(data=self.data, remarks=self.remarks)

    def _set(self, setting: str, value: object, *remarks: Text) -> None:
        self.data[setting] = value
        self.remarks[setting] = remarks

    def _columns(self) -> None:
        for setting, target in (*_OTHERS.items(), *_DAYS.items()):
            header = self.mapping.header(target)
            if header is None or len(header) > LONGEST_HEADER:
                continue
            if setting not in _DAYS or self._unread_days(header) is not None:
                self._set(setting, header)
        if "as_of" not in self.data:
            first = next(iter(self.data), "outcome")
            self.remarks[first] = (*self.remarks.get(first, ()), _NO_DAY)

    def _day_headers(self) -> tuple[str, ...]:
        if self.mapping.preset is None:
            found = [self.data[setting] for setting in _DAYS if setting in self.data]
        else:
            named = (self.mapping.as_of, *map(self.mapping.header, _DAYS.values()))
            found = [header for header in named if header is not None]
        return tuple(dict.fromkeys(found))

    def _unread_days(self, header: str) -> tuple[str, ...] | None:
        """Return the words of a column of days that are no days, None where they are many."""
        column = self.raw.table.column(header)
        conventions = Conventions(self.raw.table, dates=DAY_FIRST)
        days, problems = day_column(column, (), conventions)
        if not problems:
            return ()
        distinct = DistinctTexts.of(column)
        codes = np.unique(distinct.codes[np.isnat(days) & (distinct.codes >= 0)])
        few = len(codes) <= MOST_STRAYS and not np.isnat(days).all()
        return tuple(distinct.texts[int(code)].as_py() for code in codes) if few else None

    def _strays(self) -> None:
        words = [word for one in self._day_headers() for word in self._unread_days(one) or ()]
        if words:
            self._set("unknown", list(dict.fromkeys(words)), _STRAYS)

    def _conventions(self) -> None:
        """Declare how numbers and days are read where nothing in the file decides it."""
        asked: dict[str, list[str]] = {"numbers": [], "dates": []}
        for column in self.inferred.values():
            of_days = column.facts.kind.value == "date"
            asked["dates" if of_days else "numbers"] += column.facts.undecided[:1]
        plain_days = Conventions(self.raw.table)
        for header in self._day_headers():
            texts = DateTexts.of(self.raw.table.column(header))
            if plain_days.date_way(texts) is None:
                asked["dates"] += texts.votes.undecided[:1]
        for setting, way in (("numbers", POINT), ("dates", DAY_FIRST)):
            if asked[setting]:
                examples = ", ".join(f"'{one}'" for one in dict.fromkeys(asked[setting]))
                self._set(setting, way, _filled(_UNDECIDED, examples=examples))

    def _outcome(self) -> dict[str, Any]:
        rule = self.reading.rule
        if isinstance(rule, FlagRule) and rule.closed is not None:
            return {"closed": rule.closed, "won": rule.won}
        words = self._meanings()
        found: dict[str, Any] = {"column": rule.columns[0]}
        for outcome in Outcome:
            if said := [word for word, meant in words.items() if meant is outcome]:
                found[outcome.value] = said
        return found

    def _meanings(self) -> Mapping[str, Outcome]:
        rule = self.reading.rule
        if isinstance(rule, WordRule):
            return self.reading.meanings
        texts = [text for text in distinct_texts(self.raw, rule.columns[0]).texts if text]
        yes = {text: known_words().flag(_whole(text)) for text in texts}
        return {text: Outcome.WON if won else Outcome.LOST for text, won in yes.items()}

    def _counts(self) -> Text:
        counts = {outcome.value: str(n) for outcome, n in self.reading.counts.items()}
        columns = ", ".join(f"'{name}'" for name in self.reading.rule.columns)
        return _filled(_OUTCOME, columns=columns, **counts)


def _whole(text: str) -> str:
    return text[:-2] if plain(text) in {"1 0", "0 0"} else text


def _filled(text: Text, **values: str) -> Text:
    return Text(en=text.en.format(**values), fr=text.fr.format(**values))
