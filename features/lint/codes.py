"""Every code of the linter, with its page."""

from features.errors import InputError, Problem, did_you_mean
from features.lint.explanation import Explanation
from features.lint.pages import families

EXPLANATIONS: dict[str, Explanation] = {
    page.code: page for family in families() for page in family
}
"""The pages by code, family by family."""


def explanation_of(code: str) -> Explanation:
    """Return the page of a code, in small letters or with dashes as well.

    Raises
    ------
    InputError
        When there is no such code, with the nearest one.

    >>> explanation_of("never-holds").code
    'NEVER_HOLDS'
    """
    name = code.strip().upper().replace("-", "_").replace(" ", "_")
    if name not in EXPLANATIONS:
        what = f"there is no code '{code}'"
        raise InputError([Problem(where="", what=what, hint=did_you_mean(name, EXPLANATIONS))])
    return EXPLANATIONS[name]
