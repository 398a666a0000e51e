"""Our service with one route more: ``POST /v1/read-only`` reads the body and answers ``{}``.

It goes through the same edge, the same BentoML and the same process as ``/v1/score``, next to
which it stands in the list of routes: what lies between the two is the answer itself.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from serving.edge.contract import CONTRACT, Contract, Entry
from serving.keys.principal import Scope

PATH, SCORE = "/v1/read-only", "/v1/score"


async def read_only(request: Request) -> Response:
    """Read the body."""
    await request.body()
    return Response(b"{}", media_type="application/json")


# Before the service is loaded: its guard takes the list as it is by default.
ENTRY = Entry(method="POST", path=PATH, scope=Scope.SCORE, body="usual")
Contract.__init__.__defaults__ = ((*CONTRACT, ENTRY),)

from serving.edge.problem import guarded  # noqa: E402
from serving.service import QualifoxService, worker  # noqa: E402

__all__ = ["QualifoxService"]
routes = worker().app.router.routes
places = [getattr(route, "path", "") for route in routes]
routes.insert(places.index(SCORE), Route(PATH, guarded(read_only), methods=["POST"]))
