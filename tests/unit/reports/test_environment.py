import pytest
from jinja2 import UndefinedError

from reports.environment import page_environment


def test_what_is_missing_is_no_blank_and_every_template_is_found():
    with pytest.raises(UndefinedError):
        page_environment().from_string("{{ nobody }}").render()
    assert {"data.html.j2", "model.html.j2", "monitoring.html.j2", "review.html.j2"} <= set(
        page_environment().list_templates()
    )
