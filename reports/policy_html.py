"""The page of a policy as one HTML file that loads nothing: both languages, chosen by the reader.

The choice is two radio buttons and a style sheet, so that the page runs no script; it prints in
the language that is chosen.
"""

from functools import cache, partial

from jinja2 import Template

from features.policy import Policy
from features.texts import LANGUAGES, Language
from reports.environment import page_environment
from reports.policy_page import PolicyPage, policy_page
from reports.policy_words import word

LEFT, WIDTH = 8, 160
"""Where the scale of points begins in its drawing, and how wide it is."""


def render_policy(policy: Policy, language: Language) -> str:
    """Return the page: one self-contained HTML file that opens in one of its two languages."""
    pages = [policy_page(policy, tongue) for tongue in LANGUAGES]
    return _template().render(
        pages=pages,
        first=next(page for page in pages if page.language == language),
        words={tongue: partial(word, language=tongue) for tongue in LANGUAGES},
    )


def _at(points: float, page: PolicyPage) -> str:
    """Return the place of some points on the scale, whose decimals are English everywhere."""
    span = page.highest - page.lowest or 1.0
    return f"{LEFT + WIDTH * (points - page.lowest) / span:.1f}"


def _wide(points: float, page: PolicyPage) -> str:
    span = page.highest - page.lowest or 1.0
    return f"{WIDTH * abs(points) / span:.1f}"


@cache
def _template() -> Template:
    environment = page_environment()
    environment.globals |= {"at": _at, "wide": _wide}
    return environment.get_template("policy.html.j2")
