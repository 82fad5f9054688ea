"""Checks for the exercises of the page on distributed training, and its answer fields."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.distributed.ring import ring_moments
from utils.distributed.scaling import Link, ring_bytes, star_bytes, step_seconds
from utils.exercises.asked import exercise
from utils.exercises.distributed_training_sheets import predict_sheet, sums_sheet, times_sheet
from utils.exercises.feedback import expect_number, expect_numbers, expect_tried, right

PARTS = ((5, 2.0), (3, 1.0), (2, 4.0))  # sizes and mean gradients of exercise 1
RING, SIZE = 5, 40.0  # its workers, and the MB of its gradient
LINK, COMPUTE = Link(1.0, 1.0), 80.0  # milliseconds and MB of exercise 2, with 4 workers


@exercise
def check_sums(answers: Sequence) -> None:
    """Check exercise 1: the gradient of the batch, and what is sent."""
    names = "the gradient of the batch", "the MB in the ring", "the MB of the star's middle"
    count = sum(size for size, _ in PARTS)
    gradient = sum(size * mean for size, mean in PARTS) / count
    wanted = gradient, ring_bytes(RING, SIZE), star_bytes(RING, SIZE)
    for name, answer, value in zip(names, answers, wanted, strict=True):
        expect_number(name, answer, value)
    right(1)


@exercise
def check_times(answers: Sequence) -> None:
    """Check exercise 2: three times in milliseconds."""
    names = "the time to send", "the time of a step with overlap", "the time without overlap"
    transfer = LINK.seconds(4, SIZE)
    wanted = (transfer, *(step_seconds(COMPUTE, transfer, overlap=o) for o in (True, False)))
    for name, answer, value in zip(names, answers, wanted, strict=True):
        expect_number(name, answer, value)
    right(2)


@exercise
def check_reduce_scatter(reduce_scatter: Callable[[torch.Tensor], object]) -> None:
    """Check exercise 3 on rings of two to five workers."""
    for world in (2, 3, 4, 5):
        values = torch.randint(-9, 10, (world, world), generator=_drawn(world)).float()
        wanted = torch.tensor(ring_moments(values.tolist())[world - 1].held)
        name = f"what {world} workers hold"
        expect_numbers(name, reduce_scatter(values.clone()), wanted, within=1e-5)
    right(3)


@exercise
def check_whole_moments(whole_moments: Callable[..., object]) -> None:
    """Check exercise 4 on workers with equally and unequally many rows, and on a large mean."""
    cases = [((4, 4), 0, 1), ((7, 2, 1), 0, 1), ((1, 1, 6, 3), 0, 1), ((5,), 0, 1)]
    cases += [((7, 2, 1), 1000, 0.1), ((4, 4), 1000, 0.1)]
    for seed, (counts, around, spread) in enumerate(cases):
        drawn = [3 * k + torch.randn(c, generator=_drawn(seed)) for k, c in enumerate(counts)]
        rows = [around + spread * part for part in drawn]
        means = torch.stack([part.mean() for part in rows])
        variances = torch.stack([part.var(correction=0) for part in rows])
        whole = torch.cat(rows).double()
        wanted = torch.stack([whole.mean(), whole.var(correction=0)])
        given = whole_moments(list(counts), means, variances)
        name = f"mean and variance for {', '.join(map(str, counts))} rows around {around}"
        expect_numbers(name, given, wanted, within=1e-3)
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on rings and links."""
    holds = {
        "with one worker more, each worker of a ring sends more": lambda ring: (
            ring_bytes(ring[0] + 1, ring[1]) > ring_bytes(ring[0], ring[1])
        ),
        "twice the bandwidth halves the time of an all-reduce": lambda ring: (
            _seconds(*ring[:3], 2 * ring[3]) <= _seconds(*ring[:4]) / 2
        ),
        "overlap makes a step at most twice as fast": lambda ring: (
            step_seconds(ring[4], _seconds(*ring[:4]), overlap=False)
            <= 2 * step_seconds(ring[4], _seconds(*ring[:4]), overlap=True)
        ),
        "the star's middle sends more than a worker of the ring": lambda ring: (
            star_bytes(*ring[:2]) > ring_bytes(*ring[:2])
        ),
    }
    rings = [
        (world, size, latency, 1e9, compute)
        for world in (2, 3, 8, 64)
        for size in (1e3, 1e8)
        for latency in (1e-5, 1e-3)
        for compute in (1e-3, 1.0)
    ]
    expect_tried(claims, holds, rings, "ring")
    right(5)


def _seconds(world: int, size: float, latency: float, bandwidth: float) -> float:
    return Link(latency, bandwidth).seconds(world, size)


def _drawn(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


predict = predict_sheet()
sums = sums_sheet(check_sums)
times = times_sheet(check_times)
