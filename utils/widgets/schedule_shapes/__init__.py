"""Schedule shapes: the learning rate of each step, and a ball that walks down a noisy valley."""

import math
from itertools import islice

import torch
import traitlets
from torch.optim import lr_scheduler

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.random import mulberry32

STEPS = 100
CURVATURES = (2.0, 0.2)  # across the valley, and along it
START = (1.2, 3.0)
NOISE = 0.5  # of a gradient, the root of its mean square in each direction
FIRST = 0.1  # the share of the peak at which a straight warm-up begins
SCHEDULES = ("constant", "step", "cosine", "warm-up + cosine", "one-cycle")
WARMUPS = tuple(range(0, 55, 5))


class ScheduleShapes(BookWidget):
    """What does a schedule do to a walk whose gradients are noisy?

    The loss is a valley, ``(2 a² + 0.2 b²) / 2``, so no step may be longer than the rate
    2 / 2 = 1 allows. Each gradient is off by random numbers that ``seed`` decides.

    Attributes:
        schedule: one of ``SCHEDULES``.
        peak: the largest learning rate, from 0.01 to 1.5.
        warmup: how many of the 100 steps the rate rises, 0, 5, … 50; used by the last two.
        step: up to which step the walk is shown, 0 to 100.
        seed: of the noise, 0 to 99.

    >>> demo = ScheduleShapes(schedule="cosine", peak=0.4)
    >>> round(demo.rates[50].item(), 6), demo.end < 0.015
    (0.2, True)
    """

    module = "schedule_shapes/view"
    summary = (
        "The learning rate by step, the loss by step, and the path of a ball in a valley: a high "
        "rate bounces, a falling rate settles."
    )
    heights = (608, 662)
    growth = 0.49
    phone_growth = 0.75

    schedule = traitlets.Enum(SCHEDULES, "cosine").tag(sync=True)
    peak = traitlets.Float(0.95, min=0.01, max=1.5).tag(sync=True)
    warmup = traitlets.Enum(WARMUPS, 20).tag(sync=True)
    step = traitlets.Int(STEPS, min=0, max=STEPS).tag(sync=True)
    seed = traitlets.Int(0, min=0, max=99).tag(sync=True)

    @traitlets.validate("peak")
    def _finite(self, proposal: dict) -> float:
        # Bounds do not stop NaN: every comparison with it is false.
        if math.isnan(proposal["value"]):
            raise traitlets.TraitError("peak must be a number, got NaN")
        return proposal["value"]

    def scheduler(self, optimizer: torch.optim.Optimizer) -> lr_scheduler.LRScheduler:
        """Return torch's scheduler for this setting; the optimiser's lr is the peak."""
        if self.schedule == "constant":
            return lr_scheduler.ConstantLR(optimizer, factor=1.0)
        if self.schedule == "step":
            return lr_scheduler.StepLR(optimizer, STEPS // 3, gamma=0.1)
        if self.schedule == "one-cycle":
            share = self.warmup / STEPS
            return lr_scheduler.OneCycleLR(
                optimizer, self.peak, total_steps=STEPS, pct_start=share, cycle_momentum=False
            )
        warm = self.warmup if self.schedule == "warm-up + cosine" else 0
        falling = lr_scheduler.CosineAnnealingLR(optimizer, STEPS - warm)
        if not warm:
            return falling
        rising = lr_scheduler.LinearLR(optimizer, FIRST, total_iters=warm)
        return lr_scheduler.SequentialLR(optimizer, [rising, falling], milestones=[warm])

    @property
    def rates(self) -> torch.Tensor:
        """The learning rate of each step by torch's scheduler, float64 of shape ``(100,)``."""
        optimizer = torch.optim.SGD([torch.zeros(1)], lr=self.peak)
        scheduler, rates = self.scheduler(optimizer), []
        for _ in range(STEPS):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        return torch.tensor(rates, dtype=torch.float64)

    @property
    def noise(self) -> torch.Tensor:
        """How far each gradient is off, float64 of shape ``(100, 2)``."""
        drawn = torch.tensor(list(islice(mulberry32(self.seed), 2 * STEPS)), dtype=torch.float64)
        return (drawn / 2**32 - 0.5).reshape(STEPS, 2) * (math.sqrt(12) * NOISE)

    @property
    def path(self) -> torch.Tensor:
        """All 101 places ``(across, along)`` of the walk, float64 of shape ``(101, 2)``."""
        curvatures, w = (torch.tensor(x, dtype=torch.float64) for x in (CURVATURES, START))
        places = [w]
        for lr, off in zip(self.rates, self.noise, strict=True):
            w = w - lr * (curvatures * w + off)
            places.append(w)
        return torch.stack(places)

    @property
    def losses(self) -> torch.Tensor:
        """The loss at each place of the walk, float64 of shape ``(101,)``."""
        return self.path.square() @ torch.tensor(CURVATURES, dtype=torch.float64) / 2

    @property
    def expected(self) -> torch.Tensor:
        """The mean loss of all walks at each step, float64 of shape ``(101,)``."""
        curvatures, start = (torch.tensor(x, dtype=torch.float64) for x in (CURVATURES, START))
        squares = [start.square()]
        for lr in self.rates:
            squares.append((1 - lr * curvatures) ** 2 * squares[-1] + (lr * NOISE) ** 2)
        return torch.stack(squares) @ curvatures / 2

    @property
    def end(self) -> float:
        """The mean loss of all walks after the last step."""
        return self.expected[-1].item()
