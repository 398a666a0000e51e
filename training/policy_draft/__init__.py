"""A policy drafted from an export: what its columns are, and what its closed deals suggest."""

from training.policy_draft.draft import PolicyDraft, draft_policy

__all__ = ["PolicyDraft", "draft_policy"]
