"""What a company decided in advance about its deals, and the file in which it says so."""

from features.fingerprint import canonical_fingerprint
from features.policy.criteria import GROUPS, Case, Criterion
from features.policy.deals_file import DealsFile, OutcomeColumn, OutcomeFlags
from features.policy.decision import DecisionBlock, Exploration, GoAt, Grade
from features.policy.economics import Economics
from features.policy.knockouts import Knockout, OnUnknown, Period, Segment, WaiverTerms
from features.policy.loader import load_policy, parse_policy
from features.policy.policy import Policy
from features.policy.waivers import waivers_of

__all__ = [
    "GROUPS",
    "Case",
    "Criterion",
    "DealsFile",
    "DecisionBlock",
    "Economics",
    "Exploration",
    "GoAt",
    "Grade",
    "Knockout",
    "OnUnknown",
    "OutcomeColumn",
    "OutcomeFlags",
    "Period",
    "Policy",
    "Segment",
    "WaiverTerms",
    "canonical_fingerprint",
    "load_policy",
    "parse_policy",
    "waivers_of",
]
