"""Serve a trained network: ``python -m utils.serving --weights digits.pt --port 8000``."""

import argparse

import uvicorn

from utils.repro import device
from utils.serving.app import make_app
from utils.serving.background import HOST, configured, listening
from utils.serving.limits import Limits
from utils.serving.recogniser import Recogniser


def main() -> None:
    """Read the command line, load the weights, and serve until the process is stopped."""
    standard = Limits()
    parser = argparse.ArgumentParser(prog="python -m utils.serving", description=__doc__)
    parser.add_argument("--weights", required=True, help="file with the state_dict")
    parser.add_argument("--port", type=int, default=8000, help="0 takes one that is free")
    parser.add_argument("--most", type=int, default=32, help="pictures in a forward pass")
    parser.add_argument("--wait", type=float, default=0.0, help="seconds to fill a batch")
    parser.add_argument("--seconds", type=float, default=standard.seconds, help="for a request")
    given = parser.parse_args()
    recogniser = Recogniser.load(given.weights, device=device())
    limits = Limits(seconds=given.seconds)
    app = make_app(recogniser, limits=limits, most=given.most, wait=given.wait)
    with listening(given.port) as listener:
        print(f"http://{HOST}:{listener.getsockname()[1]}", flush=True)
        uvicorn.Server(configured(app)).run([listener])


if __name__ == "__main__":
    main()
