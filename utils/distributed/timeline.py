"""Who computes what, and when, if several workers share a training step: three ways to share.

All times are in the unit of what is handed over. A worker can compute and send at the same time.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from utils.distributed.scaling import ring_bytes

Task = tuple[str, int]  # "forward" or "backward", and the number of a piece


class Block(NamedTuple):
    """One stretch of work: its worker, ``forward``, ``backward`` or ``send``, piece and times."""

    worker: int
    kind: str
    piece: int
    start: float
    end: float


def span(blocks: Iterable[Block]) -> float:
    """Return how long the step takes, from 0 to the end of the last block."""
    return max(block.end for block in blocks)


def busy_share(blocks: Sequence[Block]) -> float:
    """Return the share of all workers' time in which they compute."""
    workers = 1 + max(block.worker for block in blocks)
    computing = sum(end - start for _, kind, _, start, end in blocks if kind != "send")
    return computing / (workers * span(blocks))


def data_timeline(
    workers: int, buckets: int, *, forward: float = 1, backward: float = 2, exchange: float = 0
) -> list[Block]:
    """Return a step of data parallelism: each worker has all layers and its part of the batch.

    The gradient goes out in buckets, each as soon as the backward pass has finished it.

    Args:
        workers: how many.
        buckets: into how many equal parts the gradient is cut.
        forward: the forward pass of the whole batch on one worker.
        backward: its backward pass.
        exchange: what sending the whole gradient once would take; a ring sends 2(n-1)/n of it.

    Raises:
        ValueError: if a count is below 1, or a time below 0.
    """
    _check(workers, buckets, forward, backward, exchange)
    sending = ring_bytes(workers, exchange) / buckets
    ends = [(forward + backward * (k + 1) / buckets) / workers for k in range(buckets)]
    blocks, link = [], 0.0
    for k, end in enumerate(ends):
        start = ends[k - 1] if k else forward / workers
        sent = max(end, link)
        link = sent + sending
        for worker in range(workers):
            blocks.append(Block(worker, "backward", k, start, end))
            blocks += [Block(worker, "send", k, sent, link)] * (sending > 0)
    return [Block(w, "forward", 0, 0.0, forward / workers) for w in range(workers)] + blocks


def tensor_timeline(
    workers: int, layers: int, *, forward: float = 1, backward: float = 2, exchange: float = 0
) -> list[Block]:
    """Return a step of tensor parallelism: each worker has a share of every layer, and all waits.

    Behind each layer, forward and backward, partial sums are added up among all workers.

    Args:
        workers: how many.
        layers: how many equal layers need such a sum.
        forward: the forward pass of the whole batch on one worker.
        backward: its backward pass.
        exchange: what sending all layers' outputs once would take; a ring sends 2(n-1)/n of it.

    Raises:
        ValueError: if a count is below 1, or a time below 0.
    """
    _check(workers, layers, forward, backward, exchange)
    sending = ring_bytes(workers, exchange) / layers
    blocks, now = [], 0.0
    passes = [("forward", forward, range(layers)), ("backward", backward, range(layers)[::-1])]
    for kind, seconds, order in passes:
        for layer in order:
            end = now + seconds / layers / workers
            for worker in range(workers):
                blocks.append(Block(worker, kind, layer, now, end))
                blocks += [Block(worker, "send", layer, end, end + sending)] * (sending > 0)
            now = end + sending
    return blocks


def pipeline_order(stages: int, stage: int, micro_batches: int, schedule: str) -> list[Task]:
    """Return in which order one stage of a pipeline works.

    Args:
        stages: how many there are.
        stage: this one, from 0.
        micro_batches: the parts of the batch.
        schedule: ``"gpipe"``, all forward passes first, or ``"1f1b"``, a backward pass as soon as
            there is one, so that few activations are kept.

    Raises:
        ValueError: if there is no such schedule.

    >>> pipeline_order(2, 0, 3, "1f1b")[:4]
    [('forward', 0), ('forward', 1), ('backward', 0), ('forward', 2)]
    """
    if schedule not in ("gpipe", "1f1b"):
        raise ValueError(f"schedule must be 'gpipe' or '1f1b', got {schedule!r}")
    ahead = min(stages - stage, micro_batches) if schedule == "1f1b" else micro_batches
    order = [("forward", k) for k in range(ahead)]
    for k in range(micro_batches):
        order.append(("backward", k))
        order += [("forward", ahead + k)] * (ahead + k < micro_batches)
    return order


def pipeline_timeline(
    stages: int,
    micro_batches: int,
    *,
    forward: float = 1,
    backward: float = 2,
    exchange: float = 0,
    schedule: str = "gpipe",
) -> list[Block]:
    """Return a step of pipeline parallelism: each worker has some of the layers, one stage.

    Args:
        stages: how many workers, each with an equal share of the work.
        micro_batches: into how many equal parts the batch is cut.
        forward: the forward pass of the whole batch on one worker.
        backward: its backward pass.
        exchange: what sending the batch's activations to the next stage takes.
        schedule: see :func:`pipeline_order`.

    Raises:
        ValueError: if a count is below 1, a time below 0, or there is no such schedule.
    """
    _check(stages, micro_batches, forward, backward, exchange)
    share = stages * micro_batches
    seconds = {"forward": forward / share, "backward": backward / share}
    sending = exchange / micro_batches
    queues = [pipeline_order(stages, s, micro_batches, schedule) for s in range(stages)]
    arrived = {("forward", 0, k): 0.0 for k in range(micro_batches)}
    free, links, blocks = [0.0] * stages, defaultdict(float), []
    while any(queues):
        for stage, queue in enumerate(queues):
            while queue and (queue[0][0], stage, queue[0][1]) in arrived:
                kind, piece = queue.pop(0)
                start = max(free[stage], arrived[kind, stage, piece])
                end = free[stage] = start + seconds[kind]
                blocks.append(Block(stage, kind, piece, start, end))
                target = stage + 1 if kind == "forward" else stage - 1
                if target == stages:  # the last stage turns back at once
                    arrived["backward", stage, piece] = end
                elif target >= 0:
                    sent = max(end, links[stage, target])
                    links[stage, target] = arrived[kind, target, piece] = sent + sending
                    blocks += [Block(stage, "send", piece, sent, sent + sending)] * (sending > 0)
    return blocks


def held_at_most(blocks: Iterable[Block], worker: int) -> int:
    """Return of how many micro-batches a stage keeps activations at the same time, at most."""
    now = most = 0
    own = (b for b in blocks if b.worker == worker and b.kind != "send")
    for block in sorted(own, key=lambda b: b.start):
        now += 1 if block.kind == "forward" else -1
        most = max(most, now)
    return most


def _check(workers: int, pieces: int, *times: float) -> None:
    if workers < 1 or pieces < 1 or min(times) < 0:
        raise ValueError(
            "there must be at least 1 worker and 1 piece, and no time below 0, got "
            f"{workers} workers, {pieces} pieces and times {times}"
        )
