"""Measure, and write the table: ``python -m benchmarks [part …]``; by default all parts.

Each part is a section of ``results.md``, which says when and where it was measured; the other
sections stay as they are.
"""

import datetime
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

import torch

from benchmarks import (
    average_precision,
    book,
    boxes,
    convolutions,
    detectors,
    kernels,
    peers,
    redraws,
    segmentation,
    serving,
    training,
)
from benchmarks.results import with_section

RESULTS = Path(__file__).parent / "results.md"


def machine() -> str:
    """Return the processor, the cores in use and the versions, in one line."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else "no GPU"
    return (
        f"{model}, {os.cpu_count()} cores, {gpu}; Python {platform.python_version()}, "
        f"torch {torch.__version__}"
    )


def beside() -> list[str]:
    """Return the table of other libraries, or why there is none."""
    rates = peers.peaks()
    try:
        return peers.table(peers.run(), rates)
    except OSError as problem:
        return [f"Not measured: {problem}."]


PARTS: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "training": (
        "Fashion-MNIST: seconds until the test accuracy that d2l's loop ends with",
        lambda: training.table(training.run(), training.verify()),
    ),
    "peers": ("Seconds an epoch beside other libraries", beside),
    "convolutions": (
        "Convolution from scratch",
        lambda: convolutions.table(convolutions.run()),
    ),
    "serving": (
        "A service over HTTP, with batches and without",
        lambda: serving.table(serving.run(), serving.endurance()),
    ),
    "boxes": ("Boxes and anchors", lambda: boxes.table(boxes.run())),
    "average_precision": (
        "Mean average precision",
        lambda: average_precision.table(average_precision.run()),
    ),
    "detectors": (
        "Small detectors on scenes, and d2l's TinySSD",
        lambda: detectors.table(*detectors.run()),
    ),
    "segmentation": (
        "Masks and segmenters",
        lambda: segmentation.table(*segmentation.run()),
    ),
    "book": ("Building the book", lambda: book.table(book.run())),
    "kernels": ("Warm kernels", lambda: kernels.table(kernels.run())),
    "redraws": ("Redrawing the demos", lambda: redraws.table(redraws.run())),
}


def measured(lines: list[str]) -> str:
    """Return a section's text, with the day and the machine."""
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    return "\n".join([f"Measured on {day}: {machine()}.", "", *lines])


def main() -> int:
    """Measure what is named on the command line, and write it."""
    names = sys.argv[1:] or list(PARTS)
    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        sys.exit(f"error: no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    torch.set_num_threads(os.cpu_count() or 1)
    for name in names:
        heading, run = PARTS[name]
        text = measured(run())
        print(f"## {heading}\n\n{text}\n", flush=True)
        before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
        order = [title for title, _ in PARTS.values()]
        RESULTS.write_text(with_section(before, heading, text, order), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
