"""The book's convolution by im2col beside torch's: ``python -m benchmarks.convolutions``.

Both run at the sizes of LeNet's two convolutions, forward, and forward and backward. They take
turns in random order; what counts is the processor's time in the shortest of their turns. One
thread, so that the two are compared and not the ways they share cores.
"""

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from utils.im2col import conv2d, im2col

TURNS = 40
BATCHES = (64, 256)
# Name, image (channels, height, width), filters (filters, channels, rows, columns), padding.
LAYERS = (
    ("first, 1 to 6 channels of 28×28", (1, 28, 28), (6, 1, 5, 5), 2),
    ("second, 6 to 16 channels of 14×14", (6, 14, 14), (16, 6, 5, 5), 0),
)


@dataclass(frozen=True)
class Pass:
    """Seconds of one pass through one layer."""

    layer: str
    batch: int
    backward: bool
    theirs: float
    ours: float
    columns: float  # of ours, in the forward pass: what it takes to write the columns

    @property
    def times(self) -> float:
        """How many times as long as torch the book takes."""
        return self.ours / self.theirs


def shortest(calls: dict[str, Callable[[], object]], turns: int = TURNS) -> dict[str, float]:
    """Let functions take turns; return the seconds of the shortest turn of each."""
    best = dict.fromkeys(calls, float("inf"))
    for _ in range(turns):
        for name in random.sample(list(calls), len(calls)):
            start = time.thread_time()
            calls[name]()
            best[name] = min(best[name], time.thread_time() - start)
    return best


def measure(layer: str, batch: int, image: tuple, filters: tuple, padding: int) -> list[Pass]:
    """Measure one layer, forward alone and with the backward pass."""
    x, kernel = torch.randn(batch, *image), torch.randn(filters)
    upstream = torch.randn_like(F.conv2d(x, kernel, padding=padding))
    leaves = x.clone().requires_grad_(), kernel.clone().requires_grad_()

    def both(convolve: Callable[..., torch.Tensor]) -> None:
        torch.autograd.grad(convolve(*leaves, padding=padding), leaves, upstream)

    found = shortest(
        {
            "theirs": lambda: F.conv2d(x, kernel, padding=padding),
            "ours": lambda: conv2d(x, kernel, padding=padding),
            "columns": lambda: im2col(x, filters[2:], padding=padding),
            "theirs, both": lambda: both(F.conv2d),
            "ours, both": lambda: both(conv2d),
        }
    )
    return [
        Pass(layer, batch, False, found["theirs"], found["ours"], found["columns"]),
        Pass(layer, batch, True, found["theirs, both"], found["ours, both"], found["columns"]),
    ]


def run() -> list[Pass]:
    """Measure both layers with each batch size."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return [
            each
            for name, *sizes in LAYERS
            for batch in BATCHES
            for each in measure(name, batch, *sizes)
        ]
    finally:
        torch.set_num_threads(threads)


def table(passes: list[Pass]) -> list[str]:
    """Return the rows as Markdown, and under them the two layers together."""
    lines = [
        "LeNet's two convolutions by `utils.im2col` (one matrix product) and by `F.conv2d`, one",
        f"thread, processor time, the shortest of {TURNS} turns. Columns: the share of our",
        "forward pass that it takes to write them.",
        "",
        "| layer | batch | pass | torch, ms | ours, ms | times as long | columns |",
        "|---|---|---|---|---|---|---|",
    ]
    for each in passes:
        way = "forward and backward" if each.backward else "forward"
        share = "" if each.backward else f"{100 * each.columns / each.ours:.0f} %"
        lines.append(
            f"| {each.layer} | {each.batch} | {way} | {1e3 * each.theirs:.2f} | "
            f"{1e3 * each.ours:.2f} | {each.times:.2f} | {share} |"
        )
    for batch in BATCHES:
        for backward in (False, True):
            part = [p for p in passes if (p.batch, p.backward) == (batch, backward)]
            theirs, ours = (sum(getattr(p, who) for p in part) for who in ("theirs", "ours"))
            way = "forward and backward" if backward else "forward"
            lines.append(
                f"| both | {batch} | {way} | {1e3 * theirs:.2f} | {1e3 * ours:.2f} | "
                f"{ours / theirs:.2f} | |"
            )
    return lines


if __name__ == "__main__":
    print("\n".join(table(run())))
    sys.exit(0)
