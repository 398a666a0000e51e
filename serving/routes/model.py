"""``GET /v1/model``: what estimates, what it learned from, and how much there was."""

import math
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.win_model import WinModel
from reports.evidence_words import evidence_in_words
from serving.routes.asked import language_of, qualifier_of, require_query


async def model(request: Request) -> Response:
    """Tell the model that answers; ``policy_alone`` where nothing has been learned yet."""
    require_query(request, ())
    serving, qualifier = request.app.state.champion.current, qualifier_of(request)
    language, found = language_of(request), qualifier.estimating
    closed = None if found is None else (found.provenance.n_won, found.provenance.n_lost)
    data = {
        "version": None if found is None else found.version,
        "number": getattr(serving, "number", None),
        "policy_alone": qualifier.model is None,
        "policy": qualifier.policy.fingerprint,
        "schema": None if found is None else found.schema.fingerprint,
        "trained_on": None if found is None else found.provenance.trained_on,
        "summary": None if found is None else found.summary(),
        "metrics": _metrics(found),
        "evidence": {
            "level": qualifier.evidence_level,
            "text": evidence_in_words(closed, language),
        },
    }
    return JSONResponse(data, headers={"content-language": language})


def _metrics(found: WinModel | None) -> Mapping[str, Any]:
    """Return the figures on deals it had not seen; null where one could not be told."""
    metrics = {} if found is None else found.provenance.metrics
    return {name: value if math.isfinite(value) else None for name, value in metrics.items()}
