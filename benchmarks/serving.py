"""The service under load, beside a plain one: ``python -m benchmarks.serving [requests]``.

Each service runs in a process of its own, with one thread for products, and gets the same
requests; the services take turns, so that a busy machine slows all of them.
"""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import torch

from utils.serving import Recogniser, decode, digit_net, prepare
from utils.serving.abuse import picture
from utils.serving.client import Load, load, message_of, request_of
from utils.timing import time_calls

NETWORKS = {"digits, 64-32-10": (32,), "wide, 64-4096-4096-10": (4096, 4096)}
CLIENTS, TURNS, MANY = 32, 3, 10_000
ALONE, TOGETHER = 100, 400  # requests of a turn: from one client, and from all
OURS = "utils.serving", "--port", "0"
SERVICES = {
    "batches of up to 32": (*OURS, "--most", "32", "--wait", "0.01", "--weights"),
    "one by one": (*OURS, "--most", "1", "--weights"),
    "plain FastAPI": ("benchmarks.plain_service",),
}


class Row(NamedTuple):
    """Medians over the turns for one service and network."""

    network: str
    service: str
    bare: float  # ms of decoding and one forward pass, without a service
    alone: float  # ms, p50 of one client
    half: float  # ms, p50 of all clients
    tail: float  # ms, p95
    throughput: float  # answers a second
    lost: int


@contextmanager
def serving(arguments: tuple[str, ...], weights: Path) -> Iterator[str]:
    """Run a service in a process of its own, and give its address."""
    command = [sys.executable, "-m", *arguments, str(weights)]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **quiet) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def lost(run: Load) -> int:
    """Return how many requests had no good answer."""
    return sum(answer.status != 200 for answer in run.answers)


def run(turns: int = TURNS) -> list[Row]:
    """Measure all services on both networks."""
    sent, rows = picture(), []
    request = request_of(message_of(sent))
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        for name, hidden in NETWORKS.items():
            torch.manual_seed(0)
            net, file = digit_net(*hidden), Path(folder, "weights.pt")
            torch.save(net.state_dict(), file)
            recogniser = Recogniser(net)

            def bare(recogniser: Recogniser = recogniser) -> torch.Tensor:
                return recogniser(prepare(decode(sent))[None])

            found = {service: [] for service in SERVICES}
            for _ in range(turns):
                for service, arguments in SERVICES.items():
                    with serving(arguments, file) as url:
                        load(url, [request] * 64, clients=8)  # warm up
                        direct = 1e3 * time_calls(bare).median
                        one = load(url, [request] * ALONE, clients=1)
                        all_ = load(url, [request] * TOGETHER, clients=CLIENTS)
                    times = [1e3 * r.percentile(p) for r, p in ((one, 50), (all_, 50), (all_, 95))]
                    found[service].append(
                        (direct, *times, all_.throughput, lost(one) + lost(all_))
                    )
            for service, turns_of in found.items():
                *medians, failed = map(list, zip(*turns_of, strict=True))
                rows.append(Row(name, service, *map(statistics.median, medians), sum(failed)))
    return rows


def endurance(count: int = MANY) -> Load:
    """Send many requests from 100 clients to the small network."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "weights.pt")
        torch.save(digit_net().state_dict(), file)
        with serving(SERVICES["batches of up to 32"], file) as url:
            return load(url, [request_of(message_of(picture()))] * count, clients=100)


def table(rows: list[Row], long: Load) -> list[str]:
    """Return the results as a Markdown table and sentences."""
    lines = [
        f"One client, then {CLIENTS} at once, each of which waits for its answer; medians over",
        "turns. Bare is decoding and a forward pass in Python, without a service.",
        "",
        "| network | service | bare, ms | one client, p50 ms | times bare "
        f"| {CLIENTS} clients, p50 ms | p95 ms | answers a second | lost |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r.network} | {r.service} | {r.bare:.2f} | {r.alone:.2f} | {r.alone / r.bare:.1f} "
        f"| {r.half:.0f} | {r.tail:.0f} | {r.throughput:.0f} | {r.lost} |"
        for r in rows
    ]
    lines.append("")
    for network in NETWORKS:
        speed = {r.service: r.throughput for r in rows if r.network == network}
        batches = speed.pop("batches of up to 32")
        ratios = " and ".join(f"{batches / v:.1f} times {name}" for name, v in speed.items())
        lines.append(f"Answers a second in batches, {network}: {ratios}.")
    return [
        *lines,
        "",
        f"{len(long.answers):,} requests from 100 clients: {lost(long)} lost, "
        f"{long.throughput:.0f} answers a second, p95 {1e3 * long.percentile(95):.0f} ms.",
    ]


if __name__ == "__main__":
    many = int(sys.argv[1]) if sys.argv[1:] else MANY
    print("\n".join(table(run(), endurance(many))))
