"""``GET /v1/policy``: what was decided in advance, as data."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from serving.routes.asked import language_of, qualifier_of, require_query


async def policy(request: Request) -> Response:
    """Tell the policy that answers: its canonical form, and the hash of that."""
    require_query(request, ())
    found, language = qualifier_of(request).policy, language_of(request)
    data = {
        "policy": found.name,
        "title": found.title.in_(language),
        "version": found.version,
        "fingerprint": found.fingerprint,
        "data": found.data,
    }
    return JSONResponse(data, headers={"content-language": language})
