"""Train the network of the demo "Request bytes", and time a request to it.

``python -m tools.keep_request`` writes both into ``utils/widgets/request_bytes/kept.json``.
"""

import argparse
import base64
import io
import json

import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

from utils.data.images import load_images
from utils.repro import seeded
from utils.serving import Recogniser, decode, digit_net, make_app, prepare, running_service
from utils.serving.client import load, message_of, request_of
from utils.serving.png import write_png
from utils.timing import time_calls
from utils.train import evaluate, fit
from utils.widgets.kit.convnet import pack
from utils.widgets.request_bytes.kept import FILE, STEPS

REQUESTS = 300


def pixels_of(images: torch.Tensor) -> torch.Tensor:
    """Return grey images in [0, 1], ``(n, 1, h, w)``, as bytes ``(n, h, w)``."""
    return (images[:, 0] * 255).round().to(torch.uint8)


def trained(epochs: int) -> nn.Sequential:
    """Return the network of the demo, trained on the embedded digits."""
    generator, digits, net = seeded(0), load_images("digits"), digit_net(24)
    fit(
        net,
        (prepare(pixels_of(digits.train_images)), digits.train_labels),
        loss=F.cross_entropy,
        optimizer=torch.optim.Adam(net.parameters(), lr=0.01),
        epochs=epochs,
        batch_size=64,
        generator=generator,
        live=False,
    )
    return net


def measured(net: nn.Sequential) -> dict[str, float]:
    """Return the milliseconds until each form is there; the request has what is left of a trip."""
    recogniser = Recogniser(net)
    pixels = pixels_of(load_images("digits").test_images)[0]
    file = write_png(pixels)
    text = base64.b64encode(file)
    picture = Image.fromarray(pixels.numpy())
    prepared = prepare(pixels)[None]
    calls = {
        "picture": lambda: picture.save(io.BytesIO(), "PNG"),
        "pixels": lambda: decode(base64.b64decode(text)),
        "tensor": lambda: prepare(pixels),
        "answer": lambda: recogniser(prepared),
    }
    found = {name: 1e3 * time_calls(call).median for name, call in calls.items()}
    with running_service(make_app(recogniser)) as url:
        trips = load(url, [request_of(message_of(file))] * REQUESTS, clients=1)
    inside = found["pixels"] + found["tensor"] + found["answer"]
    found["request"] = max(0.0, 1e3 * trips.percentile(50) - inside)
    return {name: round(found[name], 3) for name in STEPS}


def main() -> None:
    """Train, measure and write."""
    parser = argparse.ArgumentParser(prog="python -m tools.keep_request", description=__doc__)
    parser.add_argument("--epochs", type=int, default=8)
    net = trained(parser.parse_args().epochs)
    digits = load_images("digits")
    score = evaluate(net, (prepare(pixels_of(digits.test_images)), digits.test_labels))
    times = measured(net)
    FILE.write_text(json.dumps({"net": pack(net), "times": times}) + "\n", encoding="ascii")
    print(f"accuracy on test digits: {score:.3f}")
    print(f"milliseconds: {times}")


if __name__ == "__main__":
    main()
