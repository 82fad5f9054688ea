"""Dense growth: a dense block's ribbons of channels, and what each of its layers costs."""

import traitlets

from utils.widgets.kit.base import BookWidget

LAYERS = 12
SQUEEZE = 4  # a 1×1 convolution makes this many times the growth rate


class DenseGrowth(BookWidget):
    """What does a layer of a dense block read, and when does a 1×1 convolution before it pay?

    Attributes:
        channels: how many channels come into the block, 16 to 256 in steps of 16.
        rate: how many channels each of its 12 layers adds, 4 to 32 in steps of 4.
        layer: the layer that is looked at, 1 to 12.

    >>> demo = DenseGrowth(channels=64, rate=32, layer=7)
    >>> demo.reads, demo.single, demo.squeezed
    (256, 73728, 69632)
    """

    module = "dense_growth/view"
    heights = 656, 604
    growth = 0.514
    phone_growth = 0.17
    summary = (
        "A dense block of 12 layers: each reads all channels that are there and adds some; bars "
        "compare the weights of one 3×3 convolution with those of a 1×1 and a 3×3."
    )

    channels = traitlets.Int(64, min=16, max=256).tag(sync=True)
    rate = traitlets.Int(32, min=4, max=32).tag(sync=True)
    layer = traitlets.Int(7, min=1, max=LAYERS).tag(sync=True)

    @property
    def reads(self) -> int:
        """How many channels the layer reads."""
        return self.channels + (self.layer - 1) * self.rate

    @property
    def single(self) -> int:
        """The weights of the layer as one 3×3 convolution."""
        return 9 * self.reads * self.rate

    @property
    def squeezed(self) -> int:
        """The weights of the layer as a 1×1 convolution and a 3×3 convolution."""
        narrow = SQUEEZE * self.rate
        return self.reads * narrow + 9 * narrow * self.rate

    @property
    def pays(self) -> bool:
        """Whether the 1×1 convolution makes the layer lighter."""
        return self.squeezed < self.single
