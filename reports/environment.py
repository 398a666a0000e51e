"""The one way in which pages read their templates: escaped, and strict about what is missing."""

from jinja2 import Environment, PackageLoader, StrictUndefined


def page_environment(**known: object) -> Environment:
    """Return the templates of ``reports/templates``, which all know the names given.

    >>> page_environment(limit=3).from_string("<p>{{ limit }} {{ '<' }}</p>").render()
    '<p>3 &lt;</p>'
    """
    environment = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= known
    return environment
