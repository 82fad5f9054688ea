"""The claims of exercise 5 of the page on LeNet, and networks to try them on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F


@dataclass
class Maps:
    """Two convolutions with random weights, and images with a blank margin, float64."""

    images: torch.Tensor
    parts: tuple[torch.Tensor, ...]

    def after(self, pictures: torch.Tensor, parts: Sequence[torch.Tensor]) -> torch.Tensor:
        """Return the maps after ReLU and the second max pooling, (batch, 5, 5, 5)."""
        W1, b1, W2, b2 = parts
        first = F.max_pool2d(F.relu(F.conv2d(pictures, W1, b1, padding=2)), 2)
        return F.max_pool2d(F.relu(F.conv2d(first, W2, b2)), 2)

    def moved(self, pixels: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the maps of the images as they are, and moved to the right."""
        others = self.images.roll(pixels, 3)
        return self.after(self.images, self.parts), self.after(others, self.parts)

    def stays(self, *parts: torch.Tensor) -> bool:
        """Return whether other weights give the same maps."""
        return torch.allclose(
            self.after(self.images, parts), self.after(self.images, self.parts), atol=1e-9
        )


def draw_maps(count: int) -> list[Maps]:
    """Return networks of two convolutions with normal weights, each with two images."""
    generator = torch.Generator().manual_seed(0)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    return [
        Maps(
            F.pad(normal(2, 1, 12, 12).abs(), [8] * 4),
            (normal(3, 1, 5, 5), normal(3), normal(5, 3, 5, 5), normal(5)),
        )
        for _ in range(count)
    ]


def _relu_after_max(net: Maps) -> bool:
    x = F.conv2d(net.images, *net.parts[:2])
    return torch.equal(F.relu(F.max_pool2d(x, 2)), F.max_pool2d(F.relu(x), 2))


def _sigmoid_after_mean(net: Maps) -> bool:
    x = F.conv2d(net.images, *net.parts[:2])
    return torch.allclose(F.avg_pool2d(x, 2).sigmoid(), F.avg_pool2d(x.sigmoid(), 2))


def _four_move_by_one(net: Maps) -> bool:
    before, after = net.moved(4)
    return torch.allclose(after[..., 1:], before[..., :-1])


def _two_move_nothing(net: Maps) -> bool:
    before, after = net.moved(2)
    return torch.allclose(after, before)


def _twice_and_half(net: Maps) -> bool:
    W1, b1, W2, b2 = net.parts
    return net.stays(2 * W1, 2 * b1, W2 / 2, b2)


def _two_filters_swapped(net: Maps) -> bool:
    W1, b1, W2, b2 = net.parts
    order = [1, 0, 2]
    return net.stays(W1[order], b1[order], W2, b2)


CLAIMS: dict[str, Callable[[Maps], bool]] = {
    "max pooling, then ReLU: the same as ReLU, then max pooling": _relu_after_max,
    "average pooling, then sigmoid: the same as sigmoid first": (_sigmoid_after_mean),
    "the image moves by 4 pixels: the second maps move by 1 place": (_four_move_by_one),
    "the image moves by 2 pixels: the second maps stay": _two_move_nothing,
    "W1 and b1 times 2, W2 divided by 2: the second maps stay": _twice_and_half,
    "the first two filters and biases swapped: second maps stay": (_two_filters_swapped),
}
