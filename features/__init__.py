"""What is known about a deal on a day: facts, the policy file, conditions, and the one matrix."""

from features.deal import Deal
from features.errors import (
    ArtifactError,
    DealsError,
    EvidenceError,
    FactsError,
    InputError,
    PolicyError,
    Problem,
    QualifoxError,
    RegistryError,
)
from features.policy import Policy, load_policy, parse_policy
from features.schema import Matrix, Schema
from features.table import DealTable

__all__ = [
    "ArtifactError",
    "Deal",
    "DealTable",
    "DealsError",
    "EvidenceError",
    "FactsError",
    "InputError",
    "Matrix",
    "Policy",
    "PolicyError",
    "Problem",
    "QualifoxError",
    "RegistryError",
    "Schema",
    "load_policy",
    "parse_policy",
]
