"""What every route asks of a request: what answers it, its language, its query, its body."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime

from starlette.requests import Request

from features.errors import Problem, did_you_mean, printable
from features.phrase import Phrase
from features.texts import Language
from models.qualifier import Qualifier
from serving.messages import RequestError, preferred_language

MOST_PROBLEMS = 100
"""Problems that an error names; the rest is counted."""


def qualifier_of(request: Request) -> Qualifier:
    """Return what answers this request; read once, so that one answer has one version.

    Raises
    ------
    RequestError
        503 while nothing is loaded.
    """
    serving = request.app.state.champion.current
    if serving is None:
        raise RequestError(503, "The service is still starting")
    qualifier: Qualifier = serving.qualifier
    return qualifier


def language_of(request: Request) -> Language:
    """Return the language that the reader asks for."""
    return preferred_language(request.headers)


def today() -> date:
    """Return the day: the service is an edge, so it may read the clock."""
    return datetime.now(UTC).date()


def require_query(request: Request, known: Collection[str]) -> None:
    """Refuse what is not read in a query, or is said twice.

    Raises
    ------
    RequestError
        422, with every problem.
    """
    problems = []
    for name in request.query_params:
        if name not in known:
            hint = did_you_mean(name, known)
            problems.append(Problem(where=printable(name), what="is not read here", hint=hint))
        elif len(request.query_params.getlist(name)) > 1:
            hint = "say it once"
            problems.append(Problem(where=name, what="is given twice", hint=hint))
    if problems:
        raise RequestError(422, "The query cannot be used", problems[:MOST_PROBLEMS])


def yes_or_no(request: Request, name: str, *, default: bool) -> bool:
    """Return what a query says with ``true`` or ``false``.

    Raises
    ------
    RequestError
        422 where it says something else.
    """
    text = request.query_params.get(name)
    if text is None:
        return default
    if text not in {"true", "false"}:
        what = Phrase("'{value}' is neither", value=printable(text))
        problem = Problem(where=name, what=what, hint="true or false")
        raise RequestError(422, "The query cannot be used", [problem])
    return text == "true"


def only_keys(body: Iterable[str], known: Collection[str]) -> list[Problem]:
    """Return a problem for each key of a body that is not read."""
    return [
        Problem(where=printable(key), what="is not read here", hint=did_you_mean(key, known))
        for key in body
        if key not in known
    ]
