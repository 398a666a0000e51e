"""FastAPI with the same pipeline; async, since a thread for each request makes it slower here."""

import os

from fastapi import FastAPI

from benchmarks.serving.peers.deal import Deal
from benchmarks.serving.peers.pipeline import VARIABLE, p_win, read_pipeline

app = FastAPI()
model = read_pipeline(os.environ[VARIABLE])


@app.get("/readyz")
async def ready() -> dict[str, str]:
    """Say that the model is there."""
    return {"status": "ready"}


@app.post("/predict")
async def predict(deal: Deal) -> dict[str, float]:
    """Score one deal."""
    return {"p_win": p_win(model, deal.model_dump())}
