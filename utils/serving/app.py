"""The service: a page to draw on, predictions, health and metrics."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import torch
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

from utils.serving.batcher import Batcher
from utils.serving.bodies import picture_of
from utils.serving.limits import Limits
from utils.serving.metrics import Metrics
from utils.serving.pictures import decode
from utils.serving.preprocessing import prepare
from utils.serving.recogniser import Recogniser
from utils.serving.refused import Refused

LOG = logging.getLogger(__name__)
DRAW = Path(__file__).with_name("draw.html")
DECODERS = 2  # threads; a decoded picture takes memory, so there are few


def make_app(
    recogniser: Recogniser, *, limits: Limits | None = None, most: int = 32, wait: float = 0.0
) -> FastAPI:
    """Return the service around a trained network.

    ``POST /predict`` takes a PNG or JPEG picture, as the file ``file`` of a form or as
    ``{"image": "<base64>"}``. It answers ``{"class": …, "probabilities": […]}``, or
    ``{"error": "<sentence>"}`` with a status of 4xx or 5xx. ``GET /`` is a page to draw on,
    ``/health`` says that the service lives, ``/metrics`` what it has counted.

    Args:
        recogniser: answers for batches.
        limits: what a request may cost.
        most: pictures in a forward pass; 1 switches batching off.
        wait: seconds that a batch waits to be filled.
    """
    limits, metrics = limits or Limits(), Metrics()

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        batcher = Batcher(recogniser, most=most, wait=wait, room=limits.waiting, note=metrics.ran)
        # Neither decoding nor the network may hold up the loop that serves all clients.
        with ThreadPoolExecutor(DECODERS) as pool:
            async with batcher:
                app.state.batcher, app.state.pool = batcher, pool
                yield

    # The pages of documentation that FastAPI offers load scripts from another host.
    app = FastAPI(lifespan=running, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.limits, app.state.metrics = limits, metrics

    def prepared(data: bytes) -> torch.Tensor:
        return prepare(decode(data, limits))

    @app.post("/predict")
    async def predict(request: Request) -> JSONResponse:
        start = time.perf_counter()
        try:
            data = await picture_of(request, limits)
            loop = asyncio.get_running_loop()
            picture = await loop.run_in_executor(app.state.pool, prepared, data)
            found = await app.state.batcher.ask(picture)
            if not found.isfinite().all():
                raise Refused(500, "the network gave numbers that are not finite")
            answer = {"class": int(found.argmax()), "probabilities": found.tolist()}
            response = JSONResponse(answer)
        except Refused as refused:
            # What is left of a refused request is not read, so the connection ends with it.
            close = {"connection": "close"}
            response = JSONResponse({"error": refused.sentence}, refused.status, headers=close)
        except Exception:  # whatever the network raised; the client hears no more of it
            LOG.exception("the network has failed")
            response = JSONResponse({"error": "the network failed, so there is no answer"}, 500)
        metrics.answered(response.status_code, time.perf_counter() - start)
        return response

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/metrics")
    async def counted() -> PlainTextResponse:
        return PlainTextResponse(metrics.text())

    @app.get("/")
    async def draw() -> HTMLResponse:
        return HTMLResponse(DRAW.read_text(encoding="utf-8"))

    return app
