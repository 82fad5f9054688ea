"""Roofline: memory is a slope, arithmetic a flat roof; each operation stands under one of them."""

import traitlets

from utils import roofline
from utils.widgets.kit.base import BookWidget

PEAKS = 10.0, 1e6  # GFLOP/s
BANDWIDTHS = 1.0, 1e4  # GB/s
SIZES = 8, 8192


class Roofline(BookWidget):
    """Which wall limits an operation, memory or arithmetic?

    Put in what you have measured, `Roofline(peak=…, bandwidth=…)`, or move the sliders.

    Attributes:
        peak: billions of floating-point operations a second, 10 to 1,000,000.
        bandwidth: billions of bytes a second, 1 to 10,000.
        n: rows, columns and channels of the operations, 8 to 8192.

    >>> demo = Roofline(peak=100, bandwidth=20, n=60)
    >>> demo.corner, demo.walls["add"], demo.speeds["matrix × matrix"]
    (5.0, 'memory', 100.0)
    """

    module = "roofline/view"
    heights = 575, 721
    phone_growth = 0.37
    summary = (
        "A slope for memory meets a flat roof for arithmetic. Four operations stand as dots under "
        "the roof; bars compare the time of their arithmetic with that of their bytes."
    )

    peak = traitlets.Float(20000.0, min=PEAKS[0], max=PEAKS[1]).tag(sync=True)
    bandwidth = traitlets.Float(1600.0, min=BANDWIDTHS[0], max=BANDWIDTHS[1]).tag(sync=True)
    n = traitlets.Int(32, min=SIZES[0], max=SIZES[1]).tag(sync=True)

    @property
    def corner(self) -> float:
        """The intensity at which slope and roof meet, in FLOP a byte."""
        return self.peak / self.bandwidth

    @property
    def speeds(self) -> dict[str, float]:
        """What each operation can reach, in GFLOP/s."""
        machine = self.peak, self.bandwidth
        found = roofline.operations(self.n)
        return {name: roofline.attainable(op.intensity, *machine) for name, op in found.items()}

    @property
    def walls(self) -> dict[str, str]:
        """What limits each operation: memory or arithmetic."""
        machine = self.peak, self.bandwidth
        found = roofline.operations(self.n)
        return {name: roofline.wall(op.intensity, *machine) for name, op in found.items()}
