"""What is told again and again is worked out once for each policy.

An answer holds a hundred small texts, most of which hang on the policy and on few states: a
criterion that is met is told in the same words to whoever asks.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple, Unpack

from features.policy import Policy

MOST = 16_384
"""So much is remembered for one policy; what comes after is worked out each time."""

Asked = TypeVarTuple("Asked")
T = TypeVar("T")


def remembered(
    work: Callable[[Policy, Unpack[Asked]], T],
) -> Callable[[Policy, Unpack[Asked]], T]:
    """Let a function of a policy and of small hashable things remember what it returned.

    What it returns is shared by everybody who asks, so it is nothing that could be changed. Equal
    arguments must be told alike: 0.0 and -0.0 are one.
    """

    @wraps(work)
    def remembering(policy: Policy, *asked: *Asked) -> T:
        memo, key = policy.memo, (work, asked)
        if key in memo:
            found: T = memo[key]
            return found
        made = work(policy, *asked)
        if len(memo) < MOST:
            memo[key] = made
        return made

    return remembering
