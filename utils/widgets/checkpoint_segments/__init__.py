"""Checkpoint segments: which activations a step of training holds, and which it makes again."""

import traitlets

from utils.checkpointing import peak_held, step_moments
from utils.widgets.kit.base import BookWidget

LEAST, MOST = 8, 36  # layers


class CheckpointSegments(BookWidget):
    """How long should the segments be that are kept by their inputs alone?

    Attributes:
        layers: of the net, 8 to 36.
        length: layers in a segment, 1 to 36; the number of layers at most counts.
        step: how many layers have run, forward, again or backward; 3 · ``layers`` at most counts.

    >>> demo = CheckpointSegments(layers=25, length=5)
    >>> demo.peak, demo.peaks[24]
    (10, 26)
    """

    module = "checkpoint_segments/view"
    summary = (
        "The activations of a net are boxes in a row. Some are held, others are made again in "
        "the backward pass. Two charts show how many are held over time, and the peak for each "
        "length of a segment."
    )
    heights = 567, 713
    phone_growth = -0.42

    layers = traitlets.Int(25, min=LEAST, max=MOST).tag(sync=True)
    length = traitlets.Int(8, min=1, max=MOST).tag(sync=True)
    step = traitlets.Int(38, min=0, max=3 * MOST).tag(sync=True)

    @property
    def held(self) -> list[tuple[int, ...]]:
        """The numbers of the activations that are held, moment by moment."""
        moments = step_moments(self.layers, min(self.length, self.layers))
        return [moment.held for moment in moments]

    @property
    def peak(self) -> int:
        """The most activations held at one time."""
        return self.peaks[min(self.length, self.layers) - 1]

    @property
    def peaks(self) -> list[int]:
        """The peak for each length of a segment, from 1 to the number of layers."""
        return [peak_held(self.layers, length) for length in range(1, self.layers + 1)]
