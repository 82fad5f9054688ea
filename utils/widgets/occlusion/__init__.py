"""Occlusion: a patch slides over a digit, and a trained network says what it misses."""

import functools

import torch
import traitlets

from utils.data.images import load_images
from utils.widgets.kit.base import BookWidget, Pair
from utils.widgets.kit.ink import as_picture, as_text
from utils.widgets.kit.lenet import SIDE, packed, trained

CELL = 2  # pixels along either side of a cell of the heat map
CELLS = SIDE // CELL
PLACES = CELLS * CELLS
SIZES = 2, 4, 6, 8, 10
FILLS = 0.0, 0.5, 1.0  # black as the ground, grey, white as the ink

# Test images, one of each class: with a patch of 4×4 pixels the answer hangs on a few places.
EXAMPLES = 269, 90, 97, 39, 100, 68, 154, 61, 110, 45


@functools.cache
def examples() -> dict[str, str]:
    """Return a test image of each digit, as base64 of one byte a pixel, by its name."""
    digits = load_images("digits", size=SIDE)
    names = [digits.class_names[digits.test_labels[index]] for index in EXAMPLES]
    return {
        name: as_text(digits.test_images[index, 0])
        for name, index in zip(names, EXAMPLES, strict=True)
    }


def mask(place: tuple[int, int], size: int) -> torch.Tensor:
    """Return where a patch of ``size`` around a cell lies, Boolean ``(28, 28)``."""
    pixel = torch.arange(SIDE)
    down, across = (
        (pixel >= CELL * at + CELL // 2 - size // 2) & (pixel < CELL * at + CELL // 2 + size // 2)
        for at in place
    )
    return down[:, None] & across


class Occlusion(BookWidget):
    """What does a network miss when a part of the picture is hidden?

    The network is the LeNet that the book has trained.

    Attributes:
        digit: which of the ten pictures, ``"0"`` to ``"9"``.
        place: row and column of the cell of 2×2 pixels in the middle of the patch, 0 to 13.
        size: pixels along either side of the patch: 2, 4, 6, 8 or 10. At the rim it is cut off.
        fill: its colour: 0.0 (black, as the ground), 0.5, or 1.0 (white, as the strokes).
        painted: the cells where the patch has been, as ``14 * row + column``.

    >>> demo = Occlusion()
    >>> demo.said, demo.probability > 0.9
    (0, False)
    """

    module = "occlusion/view"
    heights = 543, 701
    growth = 0.39
    phone_growth = 0.18
    summary = (
        "A patch slides over a handwritten digit, and a trained network gives the probabilities "
        "of ten classes. A map shows where the patch lowers the probability of the digit."
    )
    assets = ("examples", "trained")

    digit = traitlets.Enum([str(label) for label in range(10)], "6").tag(sync=True)
    place = Pair((7, 7), min=0, max=CELLS - 1)
    size = traitlets.Enum(SIZES, 6).tag(sync=True)
    fill = traitlets.Enum(FILLS, 0.0).tag(sync=True)
    painted = traitlets.List(
        traitlets.Int(min=0, max=PLACES - 1), default_value=list(range(7 * CELLS + 8))
    ).tag(sync=True)
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
        """The digit, float64 ``(28, 28)`` in [0, 1]."""
        return as_picture(self.examples[self.digit])

    def _answers(self, masks: torch.Tensor) -> torch.Tensor:
        covered = torch.where(masks, self.fill, self.picture)
        with torch.no_grad():
            return trained(torch.float64)(covered[:, None]).softmax(1)

    @property
    def probabilities(self) -> torch.Tensor:
        """The probability of each class under the patch, float64 ``(10,)``."""
        return self._answers(mask(self.place, self.size)[None])[0]

    @property
    def probability(self) -> float:
        """The probability of the digit under the patch."""
        return self.probabilities[int(self.digit)].item()

    @property
    def said(self) -> int:
        """The class that the network gives under the patch."""
        return self.probabilities.argmax().item()

    @property
    def drops(self) -> torch.Tensor:
        """How far the probability of the digit falls, float64 ``(14, 14)``, for each place."""
        places = [divmod(index, CELLS) for index in range(PLACES)]
        masks = torch.stack([mask(place, self.size) for place in places])
        nothing = self._answers(torch.zeros(1, SIDE, SIDE, dtype=torch.bool))
        label = int(self.digit)
        return (nothing[0, label] - self._answers(masks)[:, label]).view(CELLS, CELLS)

    def __repr__(self) -> str:
        # Hundreds of cells tell nobody much.
        return (
            f"{type(self).__name__}(digit={self.digit!r}, place={self.place}, size={self.size}, "
            f"fill={self.fill}, {len(self.painted)} cells painted)"
        )
