"""Request bytes: one picture in the five forms that it takes on its way to an answer."""

import torch
import traitlets

from utils.serving.client import message_of
from utils.serving.png import write_png
from utils.serving.preprocessing import MEAN, SPREAD
from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.small_digits import examples
from utils.widgets.request_bytes.kept import STEPS, logits_of, packed, times

PIXELS = 64


class RequestBytes(BookWidget):
    """Which bytes and numbers does a picture become on its way through a service?

    Attributes:
        digit: which of ten handwritten digits is sent, 0 to 9.
        inverted: whether its ink is dark on white; the network was trained on white ink.
        stage: the form that is looked at: 0 the file, 1 the request, 2 the pixels, 3 the tensor,
            4 the answer.
        place: the pixel that is pointed at, 0 to 63, row by row.

    >>> demo = RequestBytes()
    >>> len(demo.file), demo.message[:20], demo.answer
    (140, '{"image": "iVBORw0KG', 5)
    """

    module = "request_bytes/view"
    summary = (
        "A handwritten digit is a file of 140 bytes, a request in base64, 64 pixels, a tensor, "
        "and at last ten probabilities. A pixel that is pointed at is marked in each form."
    )
    heights = 630, 706
    phone_growth = -0.56
    assets = ("net", "inks", "times")

    digit = traitlets.Int(5, min=0, max=9).tag(sync=True)
    inverted = traitlets.Bool(False).tag(sync=True)
    stage = traitlets.Int(1, min=0, max=len(STEPS) - 1).tag(sync=True)
    place = traitlets.Int(28, min=0, max=PIXELS - 1).tag(sync=True)
    net = traitlets.List(read_only=True).tag(sync=True)
    inks = traitlets.List(read_only=True).tag(sync=True)
    times = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("net")
    def _net(self) -> list[dict[str, object]]:
        return packed()

    @traitlets.default("inks")
    def _inks(self) -> list[list[int]]:
        drawn = examples()
        return [[int(ink) for row in drawn[str(digit)] for ink in row] for digit in range(10)]

    @traitlets.default("times")
    def _times(self) -> dict[str, float]:
        return times()

    @property
    def pixels(self) -> torch.Tensor:
        """The pixels of the picture, uint8 ``(8, 8)``."""
        ink = torch.tensor(self.inks[self.digit], dtype=torch.float64).view(8, 8)
        pixels = (ink * 255 / 16).round().to(torch.uint8)
        return 255 - pixels if self.inverted else pixels

    @property
    def file(self) -> bytes:
        """The PNG file of the picture."""
        return write_png(self.pixels)

    @property
    def message(self) -> str:
        """The JSON that carries the file."""
        return message_of(self.file).decode("ascii")

    @property
    def tensor(self) -> torch.Tensor:
        """What the network gets, float64 ``(1, 8, 8)``: ``prepare`` with more digits."""
        return (self.pixels.double()[None] / 255 - MEAN) / SPREAD

    @property
    def probabilities(self) -> torch.Tensor:
        """What the service answers, float64 ``(10,)``."""
        return logits_of(self.tensor).softmax(0)

    @property
    def answer(self) -> int:
        """The class with the largest probability."""
        return int(self.probabilities.argmax())
