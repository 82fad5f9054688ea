"""Class maps: a network in network makes a map for each class, and the means are its scores."""

import functools

import torch
import traitlets

from utils.data.images import load_images
from utils.widgets.class_maps.network import CHANNELS, DIGIT, STEP, packed, trained
from utils.widgets.kit.base import BookWidget, Pair
from utils.widgets.kit.ink import as_picture, as_text

CLASSES = 10
SIDES = tuple(range(20, 52, STEP))
NAMES = tuple(str(label) for label in range(CLASSES))
# Test images, one of each class, which the network knows wherever they lie.
EXAMPLES = 175, 280, 342, 293, 169, 78, 348, 72, 6, 316


@functools.cache
def examples() -> dict[str, str]:
    """Return a test image of each digit, 14×14, as base64 of one byte a pixel, by its name."""
    digits = load_images("digits", size=DIGIT)
    names = [digits.class_names[digits.test_labels[index]] for index in EXAMPLES]
    texts = [as_text(digits.test_images[index, 0]) for index in EXAMPLES]
    return dict(zip(names, texts, strict=True))


class ClassMaps(BookWidget):
    """Where does a network see a digit, and what does its last layer cost?

    The network has three NiN blocks; the last one makes ten class maps. Their means are
    the scores.

    Attributes:
        first: the first digit, ``"0"`` to ``"9"``.
        second: the second digit, or ``"none"``.
        at_first: row and column of the first digit's upper left corner, 0 to 34; where the picture
            is too small for that, the digit lies at its rim.
        at_second: the same for the second digit.
        side: pixels along either side of the picture: 20, 24, … 48.
        chosen: the class whose map lies over the picture; −1 for the two with the largest scores.

    >>> demo = ClassMaps()
    >>> sorted(demo.scores.topk(2).indices.tolist()) == sorted(map(int, (demo.first, demo.second)))
    True
    """

    module = "class_maps/view"
    heights = 596, 677
    growth = 0.5
    phone_growth = 0.4
    summary = (
        "Two handwritten digits lie on a picture, and a trained network makes a map for each of "
        "ten classes, which glows where it sees the class. The means of the maps are the scores."
    )
    assets = ("examples", "trained")

    first = traitlets.Enum(NAMES, "4").tag(sync=True)
    second = traitlets.Enum((*NAMES, "none"), "6").tag(sync=True)
    at_first = Pair((1, 2), min=0, max=SIDES[-1] - DIGIT)
    at_second = Pair((18, 16), min=0, max=SIDES[-1] - DIGIT)
    side = traitlets.Enum(SIDES, 32).tag(sync=True)
    chosen = traitlets.Int(-1, min=-1, max=CLASSES - 1).tag(sync=True)
    examples = traitlets.Dict(read_only=True).tag(sync=True)
    trained = traitlets.List(read_only=True).tag(sync=True)

    @traitlets.default("examples")
    def _examples(self) -> dict[str, str]:
        return examples()

    @traitlets.default("trained")
    def _trained(self) -> list[dict[str, object]]:
        return packed()

    @property
    def picture(self) -> torch.Tensor:
        """The digits on black, float64 ``(side, side)`` in [0, 1]; ink adds up."""
        picture = torch.zeros(self.side, self.side, dtype=torch.float64)
        for name, place in ((self.first, self.at_first), (self.second, self.at_second)):
            if name == "none":
                continue
            top, left = (min(at, self.side - DIGIT) for at in place)
            picture[top : top + DIGIT, left : left + DIGIT] += as_picture(self.examples[name])
        return picture.clamp(max=1)

    @property
    def maps(self) -> torch.Tensor:
        """The class maps, float64 ``(10, side / 4, side / 4)``."""
        with torch.no_grad():
            return trained(torch.float64)(self.picture[None, None])[0]

    @property
    def scores(self) -> torch.Tensor:
        """Their means, float64 ``(10,)``."""
        return self.maps.mean((1, 2))

    @property
    def weights(self) -> dict[str, int]:
        """What a dense layer behind the last 32 maps would have, and what the 1×1 layer has."""
        places = (self.side // STEP) ** 2
        return {"dense": CHANNELS * CLASSES * places, "mean": CHANNELS * CLASSES}
