"""The answer about one deal as one HTML file that loads nothing and runs no script."""

from functools import cache

from jinja2 import Template

from reports.answer_page import AnswerPage
from reports.environment import page_environment


def render_answer(page: AnswerPage) -> str:
    """Return the page: one self-contained HTML file, in the language of the answer."""
    return _template().render(page=page)


@cache
def _template() -> Template:
    marks = {"plain": "·", "bad": "✗", "warn": "▲"}
    return page_environment(marks=marks).get_template("answer.html.j2")
