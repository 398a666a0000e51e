"""A BentoML service as its quickstart shows: a class, a model loaded at the start, one sync api."""

import os
from typing import Any

import bentoml
import joblib

from benchmarks.serving.peers.deal import Deal
from benchmarks.serving.peers.pipeline import VARIABLE, p_win


@bentoml.service(workers=1)
class Quickstart:
    """Says how likely a deal is to be won."""

    def __init__(self) -> None:
        self.model = joblib.load(os.environ[VARIABLE])

    @bentoml.api
    def predict(self, deal: Deal) -> dict[str, Any]:
        """Score one deal."""
        return {"p_win": p_win(self.model, deal.model_dump())}
