"""Draw a digit: what each unit of a trained network makes of it, at once."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.draw_digit.network import CLASSES, MOST, Layers, LayersTrait, trained
from utils.widgets.kit.base import BookWidget, Numbers, Pair
from utils.widgets.kit.small_digits import examples

SIDE = 8  # pixels along either side
LARGEST = 16  # the darkest ink
BLANK = ((0.0,) * SIDE,) * SIDE
OPENS_WITH = "3"


def stroke(drawing: Sequence[float]) -> list[int]:
    """Return the inked places of 64 numbers in the order in which a pen may draw them.

    It begins in the highest row that has ink, where the ink is darkest, and goes on to what is
    near and dark.
    """
    left = [place for place, ink in enumerate(drawing) if ink > 0]
    path = []
    while left:

        def cost(place: int) -> float:
            if not path:
                return 100 * (place // SIDE) - drawing[place]
            rows, columns = place // SIDE - path[-1] // SIDE, place % SIDE - path[-1] % SIDE
            return LARGEST * (rows * rows + columns * columns) - drawing[place]

        path.append(min(left, key=cost))
        left.remove(path[-1])
    return path


class DrawDigit(BookWidget):
    """What does a trained network see in a drawing, and what changes its mind?

    Without ``layers`` it shows a small network that it trains itself on the embedded digits.

    Attributes:
        drawing: ink of 8×8 pixels, from 0 to 16, as in the embedded digits.
        moved: rows down and columns to the right by which the drawing is moved, −7 to 7.
        drawn: how many of its inked pixels are on the picture, in the order of a stroke; 64 for
            all of them.
        unit: the hidden unit that is pointed at, −1 for none.
        label: the class that is pointed at, −1 for none.
        layers: ``[W1, b1, W2, b2]`` of a network Linear, ReLU, Linear, tensors on any device or
            arrays of shapes ``(h, 64)``, ``(h,)``, ``(10, h)`` and ``(10,)`` with h from 1 to 64.
            They are kept with four decimals.

    >>> demo = DrawDigit()
    >>> demo.probabilities.argmax().item()
    3
    """

    module = "draw_digit/view"
    heights = 581, 709
    growth = 0.42
    phone_growth = 0.29
    summary = (
        "A digit is drawn on 8 by 8 pixels, and a trained network gives the probabilities of ten "
        "classes at once. Each of its hidden units can be looked into."
    )
    assets = ("examples",)

    drawing = Numbers(BLANK, shape=(SIDE, SIDE), bound=LARGEST)
    moved = Pair(0, min=1 - SIDE, max=SIDE - 1)
    drawn = traitlets.Int(SIDE * SIDE, min=0, max=SIDE * SIDE).tag(sync=True)
    unit = traitlets.Int(-1, min=-1, max=MOST - 1).tag(sync=True)
    label = traitlets.Int(-1, min=-1, max=CLASSES - 1).tag(sync=True)
    layers = LayersTrait().tag(sync=True)
    examples = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, layers: Sequence | None = None, **state: object) -> None:
        super().__init__(layers=trained() if layers is None else layers, **state)

    @traitlets.default("drawing")
    def _opens_with(self) -> tuple[tuple[float, ...], ...]:
        return examples()[OPENS_WITH]

    @traitlets.default("examples")
    def _examples(self) -> dict[str, tuple[tuple[float, ...], ...]]:
        return examples()

    @traitlets.validate("drawing")
    def _refuse_negative(self, proposal: dict) -> tuple[tuple[float, ...], ...]:
        if min(map(min, proposal["value"])) < 0:
            raise traitlets.TraitError(f"drawing must be numbers from 0 to {LARGEST}, got less")
        return proposal["value"]

    @traitlets.validate("layers")
    def _keep_size(self, proposal: dict) -> tuple:
        old, new = self._trait_values.get("layers"), proposal["value"]
        if old and len(old[1]) != len(new[1]):
            raise traitlets.TraitError(
                f"layers must keep their {len(old[1])} hidden units, got {len(new[1])}: "
                "make another DrawDigit for another network"
            )
        return new

    @property
    def tensors(self) -> Layers:
        """The weights ``W1, b1, W2, b2``, float64 on the CPU."""
        return tuple(torch.tensor(part, dtype=torch.float64) for part in self.layers)

    @property
    def seen(self) -> torch.Tensor:
        """What the network gets, float64 ``(64,)`` in [0, 1]: the drawing so far, and moved."""
        ink = torch.tensor(self.drawing, dtype=torch.float64).flatten()
        undrawn = stroke(ink.tolist())[self.drawn :]
        ink[undrawn] = 0
        rows, columns = self.moved
        # Negative padding cuts off.
        shifted = F.pad(ink.view(SIDE, SIDE), (columns, -columns, rows, -rows))
        return shifted.flatten() / LARGEST

    @property
    def hidden(self) -> torch.Tensor:
        """What the hidden units send on, float64 ``(h,)``."""
        W1, b1, *_ = self.tensors
        return F.relu(F.linear(self.seen, W1, b1))

    @property
    def logits(self) -> torch.Tensor:
        """The logit of each class, float64 ``(10,)``."""
        *_, W2, b2 = self.tensors
        return F.linear(self.hidden, W2, b2)

    @property
    def probabilities(self) -> torch.Tensor:
        """The probability of each class, float64 ``(10,)``."""
        return self.logits.softmax(0)

    def __repr__(self) -> str:
        # Thousands of weights, whose last digits differ from machine to machine, tell nobody much.
        names = [name for name, value in self.examples.items() if value == self.drawing]
        drawing = f"drawing of a {names[0]}" if names else "own drawing"
        return f"{type(self).__name__}({drawing}, moved={self.moved}, drawn={self.drawn})"
