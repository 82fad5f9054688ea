"""The roofline model: what four operations of a network cost, and which wall limits each of them.

An operation of ``flop`` steps that moves ``bytes`` takes at least as long as its arithmetic, and
at least as long as its traffic. The longer of the two is its wall.

Source: Williams, Waterman and Patterson, "Roofline", Communications of the ACM, 2009.
"""

from typing import NamedTuple

SIDE, KERNEL = 32, 3  # pixels along a side of the convolution's picture, and of its kernel
NUMBER = 4  # bytes of a float32
WALLS = ("memory", "arithmetic")


class Operation(NamedTuple):
    """What one operation costs.

    Attributes:
        flop: additions and multiplications.
        bytes: of float32 that are read or written, each number once.
    """

    flop: int
    bytes: int

    @property
    def intensity(self) -> float:
        """Operations a byte."""
        return self.flop / self.bytes


def operations(n: int) -> dict[str, Operation]:
    """Return the cost of four operations of size ``n``, in float32.

    They are: adding two matrices of ``n`` rows and ``n`` columns; such a matrix times a vector;
    times another matrix; and a padded 3×3 convolution from ``n`` channels to ``n`` on one
    picture of 32×32 pixels.

    Raises:
        ValueError: if ``n`` is not 1 or more.

    >>> operations(6)["matrix × matrix"]
    Operation(flop=432, bytes=432)
    """
    if n < 1:
        raise ValueError(f"n must be 1 or more, got {n}")
    pixels, taps = SIDE**2, KERNEL**2
    return {
        "add": Operation(n**2, NUMBER * 3 * n**2),
        "matrix × vector": Operation(2 * n**2, NUMBER * (n**2 + 2 * n)),
        "matrix × matrix": Operation(2 * n**3, NUMBER * 3 * n**2),
        "convolution": Operation(
            2 * taps * n**2 * pixels, NUMBER * (2 * n * pixels + taps * n**2)
        ),
    }


def attainable(intensity: float, peak: float, bandwidth: float) -> float:
    """Return the speed under the roof, in the unit of ``peak``.

    Args:
        intensity: operations a byte.
        peak: operations a second, in any unit, GFLOP/s for example.
        bandwidth: bytes a second, in the same unit, GB/s for example.

    Raises:
        ValueError: if one of them is not positive.
    """
    if not min(intensity, peak, bandwidth) > 0:
        raise ValueError(
            f"intensity, peak and bandwidth must be positive, got {intensity}, {peak}, {bandwidth}"
        )
    return min(peak, intensity * bandwidth)


def wall(intensity: float, peak: float, bandwidth: float) -> str:
    """Return what limits: ``"memory"`` left of the corner, else ``"arithmetic"``.

    >>> wall(1 / 12, peak=100, bandwidth=20)
    'memory'
    """
    return WALLS[attainable(intensity, peak, bandwidth) == peak]
