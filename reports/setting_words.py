"""The settings of a policy in words, one by one, as a comparison of two policies shows them."""

from collections.abc import Callable
from typing import Any

from features.policy import Knockout, Policy
from features.policy.decision import DecisionBlock
from features.texts import Language
from reports.condition_words import condition_in_words
from reports.difference_words import WORDS, setting_name
from reports.numbers import decimal, points, quantity, share
from reports.policy_money import amount_entry, role_entries
from reports.policy_questions import cost_in_words
from reports.policy_rules import period, waiver_in_words
from reports.policy_words import listed, said, word
from reports.typography import quoted, typeset

_WORDED = frozenset({"type", "direction", "better"})
"""Settings whose values are words of the policy file's own language."""


class SettingWriter:
    """Writes what one policy says, in one language."""

    def __init__(self, policy: Policy, language: Language) -> None:
        self.policy, self.language = policy, language
        self.knockouts = {rule.id: rule for rule in policy.knockouts}
        self.criteria = {rule.id: rule for rule in policy.criteria}

    def setting(self, section: str, name: str, setting: str, value: Any) -> str:
        """Return one setting of a part in words; ``value`` is what the data holds."""
        if value is None:
            return self._word("not_given")
        if setting in _WORDED:
            return self._word(value)
        if section == "knockouts":
            found = self._of_knockout(self.knockouts[name], setting)
        elif section == "segments" and setting == "when":
            return condition_in_words(self.policy.segments[name].when, self.policy, self.language)
        elif section == "fields":
            found = self._of_field(name, setting, value)
        else:
            found = None
        return self.plain(value) if found is None else found

    def whole(self, section: str, name: str, value: Any) -> str:
        """Return a part that is one setting by itself: a threshold, a number of the economics."""
        if value is None:
            return self._word("not_given")
        if section == "economics":
            return self._amount(name, value)
        if section == "go_at":
            return self._threshold(name, value)
        if section == "decision":
            block = self.policy.decision
            return self.grades(block) if name == "grades" else self.exploration(block)
        return self.plain(value)

    def cases(self, name: str) -> dict[str, str]:
        """Return the points of a criterion by what it asks."""
        criterion = self.criteria[name]
        found = {
            condition_in_words(case.when, self.policy, self.language): points(
                case.points, self.language
            )
            for case in criterion.cases
        }
        if not criterion.complete and (len(found) > 1 or criterion.otherwise):
            found[word("otherwise", self.language)] = points(criterion.otherwise, self.language)
        return found

    def plain(self, value: Any) -> str:
        """Return any data in words."""
        if isinstance(value, bool):
            return self._word("yes" if value else "no")
        if isinstance(value, int | float):
            return decimal(value, self.language)
        if isinstance(value, str):
            return value
        if isinstance(value, dict) and set(value) == {"en", "fr"}:
            return quoted(typeset(value[self.language], self.language), self.language)
        if isinstance(value, dict):
            return ", ".join(
                f"{setting_name(key, self.language)} {self.plain(one)}"
                for key, one in value.items()
                if one not in ([], {})
            )
        return listed([self.plain(one) for one in value], self.language)

    def _of_knockout(self, knockout: Knockout, setting: str) -> str | None:
        writers: dict[str, Callable[[Knockout], str]] = {
            "when": lambda rule: condition_in_words(rule.rule, self.policy, self.language),
            "on_unknown": lambda rule: word(f"unknown_{rule.on_unknown}", self.language),
            "then": self._effect,
            "applies_to": self._scope,
            "waiver": lambda rule: waiver_in_words(rule, self.language),
            "in_effect": lambda rule: period(rule.in_effect, self.language),
        }
        return (writers[setting](knockout) or None) if setting in writers else None

    def _effect(self, knockout: Knockout) -> str:
        condition = knockout.condition
        if condition is None:
            return self._word("refuse")
        return self._word("under", condition=said(condition, self.language))

    def _scope(self, knockout: Knockout) -> str:
        segments = [self.policy.segments[name].label for name in knockout.applies_to]
        return listed([said(one, self.language) for one in segments], self.language, link="or")

    def _of_field(self, name: str, setting: str, value: Any) -> str | None:
        field = self.policy.fields[name]
        if setting == "cost":
            return cost_in_words(field, self.policy, self.language)
        if setting == "valid_for_days":
            return quantity(value, "days", self.language)
        if setting in {"min", "max"} and isinstance(value, int | float):
            return quantity(value, getattr(field, "unit", None), self.language)
        if setting in {"of", "to", "start", "end"} and value in self.policy.fields:
            return quoted(self.policy.fields[value].label_in(value, self.language), self.language)
        return None

    def _amount(self, name: str, value: Any) -> str:
        amount = self.policy.economics.amounts().get(name)
        if name == "roles":
            entries = role_entries(self.policy, self.language)
            return "; ".join(f"{entry.label}: {entry.text}" for entry in entries)
        if amount is None:  # the currency, or the hours there are
            return quantity(value, "hours", self.language) if name == "capacity_hours" else value
        entry = amount_entry(name, amount, self.policy, self.language)
        table = ", ".join(f"{answer} {figure}" for answer, figure in entry.table)
        return f"{entry.text} ({table})" if table else entry.text

    def _threshold(self, name: str, value: float) -> str:
        if name == "p_win":
            return share(value, self.language)
        unit = self.policy.economics.currency if name == "expected_value" else None
        return quantity(value, unit, self.language)

    def grades(self, block: DecisionBlock) -> str:
        """Return the grades, each with where it begins."""
        return ", ".join(
            self._word(
                "grade" if grade.points is None else "grade_points",
                grade=grade.grade,
                p_win=share(grade.p_win, self.language),
                points=decimal(grade.points, self.language),
            )
            for grade in block.grades
        )

    def exploration(self, block: DecisionBlock) -> str:
        """Return the share of refused deals that is worked all the same."""
        found = block.exploration
        if found is None:
            return self._word("not_given")
        hours = word(
            "how_most_hours",
            self.language,
            hours=quantity(found.most_hours, "hours", self.language),
        )
        most = "" if found.most_hours is None else hours
        return f"{share(found.share, self.language)}{most}"

    def _word(self, key: str, **values: str) -> str:
        return WORDS[key].in_(self.language).format(**values)
