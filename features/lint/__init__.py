"""The policy linter: what is probably a mistake in a policy, beyond what makes it unreadable."""

from features.lint.codes import EXPLANATIONS, explanation_of
from features.lint.explanation import Explanation
from features.lint.finding import SEVERITIES, Finding, Severity
from features.lint.linter import lint_policy

__all__ = [
    "EXPLANATIONS",
    "SEVERITIES",
    "Explanation",
    "Finding",
    "Severity",
    "explanation_of",
    "lint_policy",
]
