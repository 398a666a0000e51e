"""The whole inspection of a policy, family by family."""

from datetime import date

from features.lint.finding import Finding
from features.lint.inspection import Inspection
from features.lint.money import find_in_economics
from features.lint.observed import find_in_deals
from features.lint.rule_pairs import find_in_pairs
from features.lint.single_rules import find_in_single_rules
from features.lint.thresholds import find_in_thresholds
from features.lint.unused import find_unused
from features.lint.wording import find_in_words
from features.policy import Policy
from features.table import DealTable

FAMILIES = (
    find_in_single_rules,
    find_in_pairs,
    find_in_thresholds,
    find_in_economics,
    find_unused,
    find_in_words,
    find_in_deals,
)


def lint_policy(
    policy: Policy, *, deals: DealTable | None = None, as_of: date
) -> tuple[Finding, ...]:
    """Return what is probably wrong with a policy, in the order of its lines.

    Parameters
    ----------
    deals
        Past deals; without them, nothing is said of what the past looks like.
    as_of
        The day on which the policy is to decide: rules that ended before are over.
    """
    inspection = Inspection(policy, as_of, deals)
    found = [finding for family in FAMILIES for finding in family(inspection)]
    return tuple(sorted(found, key=_line_and_code))


def _line_and_code(finding: Finding) -> tuple[str, int, str, tuple[str, ...]]:
    name, _, line = finding.where.rpartition(":")
    if not line.isdigit():
        return finding.where, 0, finding.code, finding.about
    return name, int(line), finding.code, finding.about
