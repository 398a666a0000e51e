"""The explanation pages of the linter, one file a family of findings."""

from features.lint.explanation import Explanation
from features.lint.pages import (
    money,
    observed,
    rule_pairs,
    single_rules,
    thresholds,
    unknown_facts,
    unused,
    wording,
)


def families() -> tuple[tuple[Explanation, ...], ...]:
    """Return the pages, family by family."""
    return (
        single_rules.PAGES,
        unknown_facts.PAGES,
        rule_pairs.PAGES,
        thresholds.PAGES,
        money.PAGES,
        unused.PAGES,
        wording.PAGES,
        observed.PAGES,
    )
