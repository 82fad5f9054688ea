"""The rates, the walk and its mean, against torch's schedulers and torch's SGD."""

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.schedule_shapes import (
    CURVATURES,
    NOISE,
    SCHEDULES,
    START,
    STEPS,
    WARMUPS,
    ScheduleShapes,
)

CASES = [
    {"schedule": name, "peak": peak, "warmup": warmup, "seed": seed}
    for name in SCHEDULES
    for peak, seed in ((0.01, 3), (0.7, 0), (1.2, 41))
    for warmup in (WARMUPS if name in ("warm-up + cosine", "one-cycle") else (20,))
]


@pytest.fixture(scope="module")
def demos():
    return [ScheduleShapes(**case) for case in CASES]


@pytest.fixture(scope="module")
def found(open_module):
    calls = [("run", case) for case in CASES]
    return open_module("schedule_shapes/math").call_each([*calls, ("bestConstant",)])


def table(runs, name):
    return torch.tensor([run[name] for run in runs], dtype=torch.float64)


def test_the_rates_are_those_of_torchs_schedulers(found, demos):
    wanted = torch.stack([demo.rates for demo in demos])
    assert_same(table(found[:-1], "rates"), wanted, rtol=1e-9, atol=1e-12)
    peaks = torch.tensor([case["peak"] for case in CASES], dtype=torch.float64)
    assert (wanted.amax(1) <= peaks * (1 + 1e-12)).all()


def test_the_walk_is_that_of_torchs_sgd(found, demos):
    places, losses = (table(found[:-1], name) for name in ("places", "losses"))
    start = torch.tensor(START, dtype=torch.float64)
    w = start.repeat(len(CASES), 1).requires_grad_()
    rates = torch.stack([demo.rates for demo in demos])
    noise = torch.stack([demo.noise for demo in demos])
    curvatures = torch.tensor(CURVATURES, dtype=torch.float64)
    walked, lowest = [w.detach().clone()], []
    for t in range(STEPS):
        loss = w.square() @ curvatures / 2
        lowest.append(loss.detach().clone())
        optimizer = torch.optim.SGD([w], lr=1.0)
        optimizer.zero_grad()
        ((loss + (w * noise[:, t]).sum(1)) * rates[:, t]).sum().backward()
        optimizer.step()
        walked.append(w.detach().clone())
    lowest.append(w.detach().square() @ curvatures / 2)
    assert_same(places, torch.stack(walked, dim=1), rtol=1e-7)
    assert_same(losses, torch.stack(lowest, dim=1), rtol=1e-7)
    for index in (0, 7, -1):
        assert_same(places[index], demos[index].path, rtol=1e-7)
        assert_same(losses[index], demos[index].losses, rtol=1e-7)


def test_the_mean_is_that_of_many_walks(found, demos):
    means = table(found[:-1], "means")
    assert_same(means, torch.stack([demo.expected for demo in demos]), rtol=1e-7)
    generator = torch.Generator().manual_seed(0)
    curvatures = torch.tensor(CURVATURES, dtype=torch.float64)
    calm = [index for index, case in enumerate(CASES) if case["peak"] < 1]
    rates = torch.stack([demos[index].rates for index in calm], 1)
    w = torch.tensor(START, dtype=torch.float64).repeat(4000, len(calm), 1)
    for lr in rates[:STEPS, :, None]:
        off = NOISE * torch.randn(w.shape, generator=generator, dtype=torch.float64)
        w -= lr * (curvatures * w + off)
    measured = (w.square() @ curvatures / 2).mean(0)
    assert ((measured / means[calm, -1] - 1).abs() < 0.1).all()


def test_the_noise_has_the_size_it_is_said_to_have():
    noise = torch.cat([ScheduleShapes(seed=seed).noise for seed in range(100)])
    assert noise.mean(0).abs().max() < 0.02
    assert (noise.square().mean(0).sqrt() - NOISE).abs().max() < 0.01
    assert noise.prod(1).mean().abs() < 0.01


def test_no_constant_rate_does_what_the_task_asks(found):
    ends = [ScheduleShapes(schedule="constant", peak=peak / 400).end for peak in range(4, 401, 4)]
    assert abs(found[-1] - min(ends)) < 1e-4
    assert found[-1] > 0.015
