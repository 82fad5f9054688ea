"""A service as a first tutorial builds it: FastAPI, one forward pass a request, no limits.

``python -m benchmarks.plain_service FILE`` serves the weights in FILE, and prints its address.
"""

import base64
import io
import sys

import numpy as np
import torch
import uvicorn
from fastapi import FastAPI
from PIL import Image
from pydantic import BaseModel

from utils.serving import Recogniser, prepare
from utils.serving.background import HOST, listening


class Message(BaseModel):
    """The JSON of a request."""

    image: str


def make_app(recogniser: Recogniser) -> FastAPI:
    """Return the service; FastAPI runs each call of ``predict`` in a thread."""
    app = FastAPI()

    @app.post("/predict")
    def predict(message: Message) -> dict[str, list[float]]:
        with Image.open(io.BytesIO(base64.b64decode(message.image))) as picture:
            pixels = torch.from_numpy(np.array(picture.convert("L")))
        return {"probabilities": recogniser(prepare(pixels)[None])[0].tolist()}

    return app


if __name__ == "__main__":
    app = make_app(Recogniser.load(sys.argv[1]))
    with listening() as listener:
        print(f"http://{HOST}:{listener.getsockname()[1]}", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run([listener])
