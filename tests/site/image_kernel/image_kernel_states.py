"""Settings in which the demo must look right: the opening state and extremes."""

from utils.widgets.image_kernel import ImageKernel

STATES = [
    {},
    {"photo": "camera", "preset": "sharpen", "view": "raw", "padding": 0},
    {"photo": "coffee", "preset": "Gaussian blur", "kernel_size": 5, "stride": 4, "padding": 2},
    {"kernel_size": 5, "preset": "Laplacian", "view": "raw", "position": (0, 0)},
    {"kernel": [[-99999.5] * 5] * 5, "divisor": 0.001, "stride": 3},
]


def framed(**state: object) -> ImageKernel:
    """Return the demo with a zero around its photograph: its pictures are then equally large."""
    return ImageKernel(**{"padding": 1, **state})
