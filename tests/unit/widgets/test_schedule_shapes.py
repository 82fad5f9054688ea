"""The Python side of the schedule demo."""

import math

import pytest
import torch
from widget_checks import assert_refused

from utils.widgets.schedule_shapes import CURVATURES, NOISE, SCHEDULES, START, ScheduleShapes


def test_each_schedule_has_its_landmarks():
    shapes = {name: ScheduleShapes(schedule=name, peak=1.0).rates for name in SCHEDULES}
    assert (shapes["constant"] == 1).all()
    assert shapes["step"][[32, 33, 66]].tolist() == pytest.approx([1, 0.1, 0.01])
    assert shapes["cosine"][[0, 50]].tolist() == pytest.approx([1, 0.5])
    assert shapes["warm-up + cosine"][[0, 20, 60]].tolist() == pytest.approx([0.1, 1, 0.5])
    assert shapes["one-cycle"][[0, 19, 99]].tolist() == pytest.approx([0.04, 1, 4e-6])


def test_without_warm_up_the_wave_begins_at_once():
    plain = ScheduleShapes(schedule="cosine", peak=0.3)
    warm = ScheduleShapes(schedule="warm-up + cosine", peak=0.3, warmup=0)
    assert torch.equal(plain.rates, warm.rates)


def test_a_walk_steps_along_the_noisy_gradient():
    demo = ScheduleShapes(schedule="cosine", peak=0.5, seed=7)
    curvatures = torch.tensor(CURVATURES, dtype=torch.float64)
    start = torch.tensor(START, dtype=torch.float64)
    first = start - 0.5 * (curvatures * start + demo.noise[0])
    assert torch.allclose(demo.path[1], first)
    assert demo.losses[0].item() == pytest.approx((2 * 1.2**2 + 0.2 * 3**2) / 2)


def test_a_constant_rate_ends_at_its_plateau():
    for lr in (0.4, 0.8):
        left = sum(lr * NOISE**2 / (2 * (2 - lr * curvature)) for curvature in CURVATURES)
        assert ScheduleShapes(schedule="constant", peak=lr).end == pytest.approx(left, rel=1e-2)
    assert ScheduleShapes(schedule="constant", peak=1.1).end > 100


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("peak", 0.0),
        ("peak", 1.6),
        ("peak", math.nan),
        ("warmup", 12),
        ("warmup", 55),
        ("step", 101),
        ("step", -1),
        ("seed", 100),
        ("schedule", "linear"),
    ],
)
def test_a_setting_that_the_demo_lacks_is_refused(name, bad):
    assert_refused(ScheduleShapes(), name, bad)
