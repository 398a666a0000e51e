"""Policies that answered without a model, kept for replays beside the folders of served models.

A model's folder holds its policy. A policy that answers alone is only the file that somebody
edits: what it was when it answered would be gone with the next change.
"""

import logging
import re
from pathlib import Path

from features.errors import PolicyError
from features.policy import Policy, parse_policy
from models.qualifier import Qualifier
from serving.champion.whole_file import write_whole

logger = logging.getLogger("qualifox.serving")

FOLDER = "policies"
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def keep_policy(folders: Path, policy: Policy) -> bool:
    """Keep a policy under its fingerprint; return whether it is there now.

    A folder that cannot be written costs replays, and no answers.
    """
    place = _place(folders, policy.fingerprint)
    try:
        if place.exists() and place.read_bytes() == policy.text.encode():
            return True
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, policy.text)
    except OSError as error:
        logger.warning("the policy is not kept for replays: %s", error.strerror)
        return False
    return True


def archived_policy(folders: Path, fingerprint: str) -> Qualifier | None:
    """Return what the policy of a fingerprint answers alone, None where it is not kept whole."""
    if not _FINGERPRINT.fullmatch(fingerprint):
        return None  # it comes from a database, and names a file here
    place = _place(folders, fingerprint)
    try:
        policy = parse_policy(place.read_bytes(), str(place))
    except (OSError, PolicyError):
        return None
    return Qualifier(policy) if policy.fingerprint == fingerprint else None


def _place(folders: Path, fingerprint: str) -> Path:
    return folders / FOLDER / f"{fingerprint}.yaml"
