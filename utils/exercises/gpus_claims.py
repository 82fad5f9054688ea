"""The claims of exercise 5 of the page on GPUs, and queues of jobs to try them on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch


@dataclass
class Queue:
    """Jobs of some seconds each for a device; the host hands over one every ``launch`` seconds."""

    launch: int
    jobs: Sequence[int]

    def run(
        self, jobs: Sequence[float] | None = None, *, launch: float | None = None, wait=False
    ) -> tuple[float, float]:
        """Return when the host has handed over the last job, and when the device is done."""
        host = device = 0.0
        for seconds in self.jobs if jobs is None else jobs:
            host += self.launch if launch is None else launch
            device = max(host, device) + seconds
            host = device if wait else host
        return host, device

    @property
    def done(self) -> float:
        """When the device is done, without waits."""
        return self.run()[1]


def draw_queues(count: int) -> list[Queue]:
    """Return queues of two jobs or more; some hand over slowly and some quickly."""
    draw = torch.Generator().manual_seed(0)
    found = []
    for _ in range(count):
        launch, length = (
            int(torch.randint(*ends, (1,), generator=draw)) for ends in ((1, 9), (2, 9))
        )
        found.append(Queue(launch, torch.randint(1, 12, (length,), generator=draw).tolist()))
    return found


CLAIMS: dict[str, Callable[[Queue], bool]] = {
    "without waits the host's clock stops before the device is done": lambda queue: (
        queue.run()[0] < queue.done
    ),
    "a wait after each job never makes it faster": lambda queue: (
        queue.run(wait=True)[1] >= queue.done
    ),
    "jobs of half the length take half the time": lambda queue: (
        queue.run([job / 2 for job in queue.jobs])[1] == queue.done / 2
    ),
    "one job with the work of all is never slower": lambda queue: (
        queue.run([sum(queue.jobs)])[1] <= queue.done
    ),
    "the order of the jobs makes no difference": lambda queue: (
        queue.run(queue.jobs[::-1])[1] == queue.done
    ),
    "handing over twice as fast never makes it slower": lambda queue: (
        queue.run(launch=queue.launch / 2)[1] <= queue.done
    ),
}
