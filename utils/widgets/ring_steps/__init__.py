"""Ring steps: chunks of numbers go round a ring of workers until each worker has all sums."""

import traitlets

from utils.distributed.ring import ring_moments
from utils.distributed.scaling import ring_bytes, ring_steps, star_bytes
from utils.widgets.kit.base import BookWidget

WORKERS = 3, 6


def numbers(world: int) -> list[list[int]]:
    """Return the small numbers of the demo, ``numbers[worker][chunk]``."""
    return [[1 + (2 * w + 3 * c + w * c) % 4 for c in range(world)] for w in range(world)]


class RingSteps(BookWidget):
    """How do workers add up their gradients when each talks to its neighbour only?

    Attributes:
        workers: how many stand in the ring, 3 to 6; each cuts its numbers into as many chunks.
        step: steps done so far; at most ``steps`` of them count.

    >>> demo = RingSteps(workers=4, step=6)
    >>> demo.steps, demo.held[0], demo.sent, demo.star
    (6, [8, 10, 12, 10], 1.5, 3)
    """

    module = "ring_steps/view"
    heights = 631, 712
    summary = (
        "Workers in a ring pass chunks of numbers to the right. First they add what arrives, then "
        "they copy the finished sums; bars compare what a worker sends with a star."
    )

    workers = traitlets.Int(4, min=WORKERS[0], max=WORKERS[1]).tag(sync=True)
    step = traitlets.Int(1, min=0).tag(sync=True)

    @property
    def steps(self) -> int:
        """How many steps it takes."""
        return ring_steps(self.workers)

    @property
    def held(self) -> list[list[int]]:
        """What each worker holds after the step."""
        return ring_moments(numbers(self.workers))[min(self.step, self.steps)].held

    @property
    def sent(self) -> float:
        """What a worker of the ring sends in all, in whole gradients."""
        return ring_bytes(self.workers, 1)

    @property
    def star(self) -> float:
        """What the worker in the middle of a star sends, in whole gradients."""
        return star_bytes(self.workers, 1)
