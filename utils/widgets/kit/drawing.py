"""A drawing of 28×28 pixels as a trait, and the digits that demos open with."""

import functools
from collections.abc import Callable

import torch
import traitlets

from utils.data.images import load_images
from utils.widgets.kit.ink import as_picture, as_text
from utils.widgets.kit.lenet import SIDE


@functools.cache
def examples() -> dict[str, str]:
    """Return the first test image of each digit, resized to 28×28, by its name."""
    digits = load_images("digits", size=SIDE)
    firsts = [(digits.test_labels == label).int().argmax() for label in range(digits.num_classes)]
    images = digits.test_images[torch.stack(firsts), 0]
    return dict(zip(digits.class_names, map(as_text, images), strict=True))


class Drawing(traitlets.TraitType):
    """A picture of 28×28 pixels, kept as base64 of one byte a pixel.

    It takes numbers from 0 to 1 of shape ``(28, 28)`` or ``(1, 28, 28)``, the name of a digit from
    ``named``, or the text itself.

    Args:
        named: returns the texts that have names.
    """

    def __init__(self, named: Callable[[], dict[str, str]] = examples) -> None:
        super().__init__()
        self.named = named

    def validate(self, obj: object, value: object) -> str:
        """Return ``value`` as such a text, or raise a TraitError that says what is allowed."""
        try:
            if isinstance(value, str):
                picture = as_picture(self.named().get(value, value))
            else:
                picture = torch.as_tensor(value).detach().cpu().double()
        except (TypeError, ValueError, RuntimeError):  # no numbers, or no text
            picture = torch.empty(0)
        if picture.shape == (1, SIDE, SIDE):
            picture = picture[0]
        # A comparison with NaN is false, so NaN is refused as well.
        if picture.shape != (SIDE, SIDE) or not ((picture >= 0) & (picture <= 1)).all():
            raise traitlets.TraitError(
                f"{self.name} must be {SIDE}×{SIDE} numbers from 0 to 1 or a digit from '0' to "
                f"'9', got {value if isinstance(value, str) else type(value).__name__!r}"
            )
        return as_text(picture)
