"""Mask brush: a mask painted over an object, and the three scores that it gets."""

import torch
import torch.nn.functional as F
import traitlets

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.ink import as_text
from utils.widgets.mask_brush.twins import HEIGHT, TWINS, WIDTH, scene

DIGITS = WIDTH * HEIGHT // 4  # of the text that holds a mask, four pixels each
LARGEST = 5  # pixels across the brush


def as_hex(mask: torch.Tensor) -> str:
    """Return a mask ``(HEIGHT, WIDTH)`` of true and false as text, four pixels a digit.

    >>> as_hex(torch.ones(HEIGHT, WIDTH, dtype=torch.bool)) == "f" * DIGITS
    True
    """
    places = torch.tensor([8, 4, 2, 1])
    numbers = (mask.flatten().view(-1, 4).long() * places).sum(1)
    return "".join(f"{number:x}" for number in numbers.tolist())


def as_mask(text: str) -> torch.Tensor:
    """Return the mask of such a text, bool ``(HEIGHT, WIDTH)``."""
    numbers = torch.tensor([int(digit, 16) for digit in text])
    bits = (numbers[:, None] >> torch.tensor([3, 2, 1, 0])) & 1
    return bits.view(HEIGHT, WIDTH).bool()


def moved(mask: torch.Tensor, columns: int) -> torch.Tensor:
    """Return the mask shifted to the right; what leaves the picture is lost."""
    return F.pad(mask, (columns, 0))[:, :WIDTH]


class MaskBrush(BookWidget):
    """Paint a mask: how good is it by pixel accuracy, by IoU and by Dice?

    The scene has two digits of one class and one of another.

    Attributes:
        painted: the mask, four pixels a hexadecimal digit, row by row; ``mask`` is its tensor.
        truth: ``"one"`` for the left digit, ``"both"`` for all of its class.
        brush: pixels across, 1 to 5.
        tool: ``"paint"`` or ``"erase"``.

    >>> demo = MaskBrush()
    >>> demo.mask = demo.target
    >>> demo.painted == MaskBrush(painted=demo.painted).painted
    True
    """

    module = "mask_brush/view"
    summary = (
        "A scene with three digits. A mask is painted over one of them; pixels that are right, "
        "missed and beside it have three colours, and bars show pixel accuracy, IoU and Dice."
    )
    assets = ("scene",)
    heights = 628, 653
    growth = 0.69
    phone_growth = -0.38

    painted = traitlets.Unicode().tag(sync=True)
    truth = traitlets.Enum(["one", "both"], "one").tag(sync=True)
    brush = traitlets.Int(2, min=1, max=LARGEST).tag(sync=True)
    tool = traitlets.Enum(["paint", "erase"], "paint").tag(sync=True)
    scene = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("painted")
    def _painted(self) -> str:
        return as_hex(moved(scene().instances == 1, 2))

    @traitlets.validate("painted")
    def _check_painted(self, proposal: dict) -> str:
        text = proposal["value"].lower()
        if len(text) != DIGITS or set(text) - set("0123456789abcdef"):
            raise traitlets.TraitError(
                f"painted must be {DIGITS} hexadecimal digits, four pixels each, got "
                f"{proposal['value'][:20]!r}: set mask to a tensor instead"
            )
        return text

    @traitlets.default("scene")
    def _scene(self) -> dict[str, object]:
        found = scene()
        return {
            "width": WIDTH,
            "height": HEIGHT,
            "pixels": as_text(found.picture),
            "instances": [as_hex(found.instances == n + 1) for n in range(len(found.digits))],
            "twins": TWINS,
            "digit": found.digits[0],
        }

    @property
    def mask(self) -> torch.Tensor:
        """What is painted, bool ``(36, 52)``; it can be set."""
        return as_mask(self.painted)

    @mask.setter
    def mask(self, mask: torch.Tensor) -> None:
        if tuple(mask.shape) != (HEIGHT, WIDTH):
            raise ValueError(f"mask must be {HEIGHT}×{WIDTH}, got {tuple(mask.shape)}")
        self.painted = as_hex(mask.cpu() != 0)

    @property
    def target(self) -> torch.Tensor:
        """The true mask, bool ``(36, 52)``."""
        numbers = scene().instances
        return numbers == 1 if self.truth == "one" else (numbers > 0) & (numbers <= TWINS)
