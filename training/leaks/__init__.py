"""The leak alarm: columns that know how a deal ended before anybody could."""

from reports.findings import Clue, Finding, LeakKind, Severity
from training.leaks.alarm import ListedLeak, find_leaks, unexcused
from training.leaks.labelled_deals import LabelledDeals

__all__ = [
    "Clue",
    "Finding",
    "LabelledDeals",
    "LeakKind",
    "ListedLeak",
    "Severity",
    "find_leaks",
    "unexcused",
]
