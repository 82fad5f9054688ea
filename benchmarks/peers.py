"""Seconds an epoch of the book's ``fit`` beside other libraries, which take turns.

``python -m benchmarks.peers [rounds]``. Each library is a process of its own that waits while
another trains, so that a busy machine slows all of them alike; what is quoted is the median over
the rounds of the ratio to ``fit``.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from benchmarks.contenders import CONTENDERS, EPOCHS
from tools.environments import environment
from tools.files import ROOT
from utils.data.download import fetch
from utils.data.images import load_images
from utils.data.registry import downloads

PEERS = ROOT / "benchmarks" / "peers.txt"
ROUNDS = 5
LEAST = 0.8  # accuracy on its own training data below which something did not train
SIDE = 2048  # of the matrices whose product gives the machine's peak
PER_EPOCH = 60_000 * 2 * (2 * 784 * 256 + 3 * 256 * 10)  # operations in the MLP's products


@dataclass(frozen=True)
class Peer:
    """Seconds an epoch by round that one library took, and how well it knows its data."""

    name: str
    seconds: list[float]
    accuracy: float

    def ratio(self, base: "Peer") -> float:
        """Return the median over the rounds of these seconds over those of another."""
        return statistics.median(a / b for a, b in zip(self.seconds, base.seconds, strict=True))


class Contender:
    """A process that trains for as long as it is told to."""

    def __init__(self, name: str, python: Path, data: Path, folder: Path) -> None:
        self.name = name
        self.process = subprocess.Popen(
            [python, "-m", "benchmarks.contenders", name, data, folder],
            cwd=ROOT,
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.answer()

    def answer(self) -> str:
        """Return what the process says next; libraries print lines of their own between."""
        for line in self.process.stdout:
            if line.startswith("@ "):
                return line[2:].strip()
        raise RuntimeError(f"{self.name} ended early:\n{self.process.stderr.read()[-2000:]}")

    def turn(self) -> float:
        """Let it train, and return the seconds an epoch that took."""
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return float(self.answer()) / EPOCHS

    def end(self) -> float:
        """Let it end, and return its accuracy."""
        self.process.stdin.close()
        accuracy = float(self.answer())
        self.process.wait()
        return accuracy


def run(rounds: int = ROUNDS) -> list[Peer]:
    """Let all libraries take turns, after one that does not count.

    Raises:
        RuntimeError: if one of them fails, or does not learn.
        OSError: if their environment cannot be made.
    """
    python = environment(
        "peers",
        version="3.11",
        installs=[["--editable", ".", "--requirements", str(PEERS)]],
        inputs=[PEERS],
    )
    x, y = load_images("fashion_mnist").train
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        np.savez(folder / "data.npz", x=x.flatten(1).numpy(), y=y.numpy())
        # d2l reads ../data; give it the files that the book uses.
        (folder / "data").symlink_to(fetch(downloads()["fashion_mnist"]))
        (folder / "work").mkdir()
        data = folder / "data.npz"
        all_of_them = [Contender(name, python, data, folder / "work") for name in CONTENDERS]
        for one in all_of_them:
            one.turn()
        seconds = [[one.turn() for one in all_of_them] for _ in range(rounds)]
        peers = [
            Peer(one.name, list(taken), one.end())
            for one, taken in zip(all_of_them, zip(*seconds, strict=True), strict=True)
        ]
    idle = [peer.name for peer in peers if peer.accuracy < LEAST]
    if idle:
        raise RuntimeError(f"did not learn, so that its time means nothing: {', '.join(idle)}")
    return peers


def peaks() -> dict[str, float]:
    """Return the rate of a large product by kind of number, in GFLOP/s: the best of several."""
    torch.set_num_threads(os.cpu_count() or 1)
    found = {}
    for name in ("highest", "medium", "bfloat16"):
        kind = torch.bfloat16 if name == "bfloat16" else torch.float32
        left, right = torch.randn(2, SIDE, SIDE).to(kind)
        torch.set_float32_matmul_precision("medium" if name == "medium" else "highest")
        seconds = []
        for _ in range(8):
            start = time.perf_counter()
            left @ right
            seconds.append(time.perf_counter() - start)
        found[name] = 2 * SIDE**3 / min(seconds) / 1e9
    torch.set_float32_matmul_precision("highest")
    return found


def table(peers: list[Peer], rates: dict[str, float]) -> list[str]:
    """Return the results as lines of Markdown."""
    base = peers[0]
    lines = [
        "An epoch of the MLP with 256 units on Fashion-MNIST, batch 256, rate 0.1. Turns of "
        f"{EPOCHS} epochs;",
        "the ratio is the median over the turns of the seconds over those of `fit`.",
        "",
        "| library | seconds an epoch | ratio to `fit` | accuracy on its training data |",
        "|---|---|---|---|",
    ]
    for peer in sorted(peers, key=lambda peer: peer.ratio(base)):
        middle = statistics.median(peer.seconds)
        lines.append(
            f"| {peer.name} | {middle:.2f} | {peer.ratio(base):.2f} | {peer.accuracy:.3f} |"
        )
    share = PER_EPOCH / statistics.median(base.seconds) / 1e9 / rates["highest"]
    said = ", ".join(f"{name} {rate:.0f}" for name, rate in rates.items())
    lines += [
        "",
        f"A product of two {SIDE}×{SIDE} matrices reaches, in GFLOP/s: {said}. `fit` reaches "
        f"{share:.0%} of",
        "the first in its products alone, all else that it does counted in.",
    ]
    return lines


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    rates = peaks()
    print("\n".join(table(run(rounds), rates)))
