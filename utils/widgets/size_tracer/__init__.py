"""Size tracer: the sides of AlexNet's maps, and the pixels that no window reaches."""

import traitlets

from utils.conv import conv_output_size
from utils.widgets.kit.base import BookWidget

AFTER = ((3, 2, 0), (5, 1, 2), (3, 2, 0), (3, 1, 1), (3, 1, 1), (3, 1, 1), (3, 2, 0))


class SizeTracer(BookWidget):
    """Which side has the photograph in each layer of AlexNet, and what does a floor cut off?

    Attributes:
        side: pixels along a side of the photograph, 195 to 290.
        padding: zeros at each edge of the photograph, 0 to 3.

    >>> SizeTracer(side=227).sides
    [227, 55, 27, 27, 13, 13, 13, 13, 6]
    """

    module = "size_tracer/view"
    heights = 619, 597
    growth = 0.38
    summary = (
        "AlexNet's maps, from the photograph to the last pooling, with the strips that the "
        "windows of each layer do not reach."
    )

    side = traitlets.Int(224, min=195, max=290).tag(sync=True)
    padding = traitlets.Int(0, min=0, max=3).tag(sync=True)

    @property
    def layers(self) -> list[tuple[int, int, int]]:
        """Window, stride and padding of each layer."""
        return [(11, 4, self.padding), *AFTER]

    @property
    def sides(self) -> list[int]:
        """The side of the photograph, and of what each layer gives."""
        found = [self.side]
        for window, stride, padding in self.layers:
            found.append(conv_output_size(found[-1], window, stride=stride, padding=padding))
        return found
