"""The claims of exercise 5 of the page on FCNs, and draws to try them on."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F

CLASSES = 7


@dataclass
class Draw:
    """A random net in small: maps, scores at two strides, a picture and a strided kernel."""

    maps: torch.Tensor
    weight: torch.Tensor
    bias: torch.Tensor
    fine: torch.Tensor
    picture: torch.Tensor
    kernel: torch.Tensor

    @property
    def scores(self) -> torch.Tensor:
        """The coarse scores, ``(1, CLASSES, 4, 5)``."""
        return F.conv2d(self.maps, self.weight, self.bias)

    def logits(self, picture: torch.Tensor) -> torch.Tensor:
        """A strided convolution of a picture, and bilinear enlarging to its size."""
        halved = F.conv2d(picture, self.kernel, stride=2, padding=1)
        return F.interpolate(halved, scale_factor=2, mode="bilinear")


def draws(count: int) -> list[Draw]:
    """Return random draws, float64."""
    generator = torch.Generator().manual_seed(0)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64)

    return [
        Draw(
            normal(1, 6, 4, 5),
            normal(CLASSES, 6, 1, 1),
            normal(CLASSES),
            normal(1, CLASSES, 8, 10),
            normal(1, 1, 16, 16),
            normal(CLASSES, 1, 3, 3),
        )
        for _ in range(count)
    ]


def _mask(scores: torch.Tensor, mode: str = "bilinear") -> torch.Tensor:
    return F.interpolate(scores, scale_factor=2, mode=mode).argmax(1)


def _classes_first(draw: Draw, mode: str) -> bool:
    numbers = draw.scores.argmax(1)[:, None].double()
    enlarged = F.interpolate(numbers, scale_factor=2, mode=mode)[:, 0].round().long()
    return torch.equal(enlarged, _mask(draw.scores, mode))


def _pooled(draw: Draw) -> bool:
    pooled = draw.maps.mean((2, 3), keepdim=True)
    after = F.conv2d(pooled, draw.weight, draw.bias)
    return torch.allclose(draw.scores.mean((2, 3), keepdim=True), after)


def _silent_skip(draw: Draw) -> bool:
    silent = F.conv2d(draw.fine, torch.zeros(CLASSES, CLASSES, 1, 1).double())
    large = F.interpolate(draw.scores, scale_factor=2, mode="bilinear")
    return torch.equal(large + silent, large)


def _moved(draw: Draw) -> bool:
    one, other = draw.logits(draw.picture), draw.logits(draw.picture.roll(1, 3))
    inside = (..., slice(4, -4), slice(4, -4))
    return torch.allclose(one.roll(1, 3)[inside], other[inside])


CLAIMS: dict[str, Callable[[Draw], bool]] = {
    "adding 3 to the scores of all classes leaves the mask": lambda draw: torch.equal(
        _mask(draw.scores + 3), _mask(draw.scores)
    ),
    "doubling all scores leaves the mask": lambda draw: torch.equal(
        _mask(2 * draw.scores), _mask(draw.scores)
    ),
    "blocks: first the largest class, then enlarge, gives the same mask": lambda draw: (
        _classes_first(draw, "nearest")
    ),
    "bilinear: first the largest class, then enlarge, is the same mask": lambda draw: (
        _classes_first(draw, "bilinear")
    ),
    "mean pooling and a 1×1 convolution may change places": _pooled,
    "a skip with weights and biases 0 adds nothing to the sum": _silent_skip,
    "if the picture moves by one pixel, the logits move by one": _moved,
}
