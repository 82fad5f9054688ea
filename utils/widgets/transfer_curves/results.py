"""What the demo shows: runs that the book has trained, and where each held-out picture stands.

``python -m tools.train_transfer`` trains them on the embedded digits and writes them into
``results.json``.
"""

import functools
import json
from pathlib import Path

FILE = Path(__file__).with_name("results.json")
WAYS = "from scratch", "frozen", "fine-tuned"
COUNTS = 1, 2, 5, 10, 20, 50  # pictures of each class
STEPS = 0, 3, 6, 12, 25, 60
FIRST = 5  # the first of the five target digits


@functools.cache
def results() -> dict:
    """Return the runs.

    ``labels`` are base64 of a byte for each dot, its class 0 to 4, and ``greys`` of half a byte
    for each pixel of their pictures, 10×10. For each way, ``rates`` has the learning rate for each
    count, ``curves`` mean and spread of the accuracy for each count and step, and ``dots`` base64
    of three bytes for each count, step and dot: its place across and down, 0 to 255 from side to
    side, and the class that the network says.
    """
    return json.loads(FILE.read_text(encoding="ascii"))
