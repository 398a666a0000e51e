"""A BentoML service as its quickstart shows: a class, a model loaded at the start, a sync api."""

import os
from typing import Any

import bentoml

from benchmarks.serving.peers.deal import Deal
from benchmarks.serving.peers.pipeline import VARIABLE, p_win, read_pipeline


@bentoml.service(workers=1)
class Quickstart:
    """Says how likely a deal is to be won."""

    def __init__(self) -> None:
        self.model = read_pipeline(os.environ[VARIABLE])

    @bentoml.api
    def predict(self, deal: Deal) -> dict[str, Any]:
        """Score one deal."""
        return {"p_win": p_win(self.model, deal.model_dump())}
