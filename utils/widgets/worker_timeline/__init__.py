"""Who works when: a training step on several workers, cut in one of three ways."""

import traitlets

from utils.distributed.timeline import (
    Block,
    busy_share,
    data_timeline,
    pipeline_timeline,
    span,
    tensor_timeline,
)
from utils.widgets.kit.base import BookWidget

KINDS = {"data": data_timeline, "tensor": tensor_timeline, "pipeline": pipeline_timeline}
FORWARD, BACKWARD = 4.0, 8.0  # seconds of the whole batch on one worker
MOST_WORKERS, MOST_PIECES, MOST_EXCHANGE = 6, 24, 4
TICK = 0.25  # seconds of the clock in a step of the demo
LAST = 224  # steps; even the slowest link is done by then


class WorkerTimeline(BookWidget):
    """How long do several workers take for a step, and when do they wait?

    Attributes:
        kind: ``"data"``, ``"tensor"`` or ``"pipeline"``: what is cut.
        workers: 1 to 6.
        pieces: buckets of the gradient, layers, or micro-batches; 1 to 24.
        exchange: seconds that it takes to send the gradient, all layers' outputs, or the
            activations at one cut of the whole batch; 0 to 4.
        time: quarters of a second up to which the step is shown, 0 to 224.

    >>> WorkerTimeline(kind="pipeline", workers=4, pieces=12, exchange=0).busy
    0.8
    """

    module = "worker_timeline/view"
    summary = (
        "A row for each worker, with time to the right: blocks of forward and backward passes, "
        "thin bars for what travels, and gaps where a worker waits. The batch, the layers or the "
        "net can be cut."
    )
    heights = 621, 682
    phone_growth = -0.42

    kind = traitlets.Enum(list(KINDS), "pipeline").tag(sync=True)
    workers = traitlets.Int(4, min=1, max=MOST_WORKERS).tag(sync=True)
    pieces = traitlets.Int(4, min=1, max=MOST_PIECES).tag(sync=True)
    exchange = traitlets.Float(0.5, min=0, max=MOST_EXCHANGE).tag(sync=True)
    time = traitlets.Int(LAST, min=0, max=LAST).tag(sync=True)

    @property
    def blocks(self) -> list[Block]:
        """What the workers do, in seconds."""
        return KINDS[self.kind](
            self.workers,
            self.pieces,
            forward=FORWARD,
            backward=BACKWARD,
            exchange=self.exchange,
        )

    @property
    def seconds(self) -> float:
        """How long the step takes."""
        return span(self.blocks)

    @property
    def busy(self) -> float:
        """The share of the workers' time in which they compute."""
        return round(busy_share(self.blocks), 12)
