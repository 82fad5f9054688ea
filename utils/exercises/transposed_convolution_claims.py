"""The claims of exercise 5 of the page on transposed convolution, and layers to try them on."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F


@dataclass
class Layer:
    """A random kernel with its settings, and a random image, all float64."""

    x: torch.Tensor
    kernel: torch.Tensor
    stride: int
    padding: int

    def conv(self, x: torch.Tensor) -> torch.Tensor:
        """Return the convolution of an image with the kernel."""
        return F.conv2d(x, self.kernel, stride=self.stride, padding=self.padding)

    def back(self, y: torch.Tensor, extra: int = 0) -> torch.Tensor:
        """Return the transposed convolution with the same kernel and settings."""
        how = {"stride": self.stride, "padding": self.padding, "output_padding": extra}
        return F.conv_transpose2d(y, self.kernel, **how)


def draw_layers(count: int) -> list[Layer]:
    """Return layers with kernels of 1 to 5 and strides of 1 to 3, even and uneven."""
    generator = torch.Generator().manual_seed(0)
    layers = []
    for index in range(count):
        k, stride = 1 + index % 5, 1 + index % 3
        padding = index % 2 * (k // 2)
        x, kernel = (
            torch.randn(1, 1, side, side, generator=generator, dtype=torch.float64)
            for side in (6 + index % 4, k)
        )
        layers.append(Layer(x, kernel, stride, padding))
    return layers


def _products_agree(layer: Layer) -> bool:
    y = layer.conv(layer.x)
    other = torch.roll(y, 1, dims=3) + 1  # some picture as large as the output
    missing = layer.x.shape[-1] - layer.back(other).shape[-1]
    back = layer.back(other, missing)
    return torch.allclose((y * other).sum(), (layer.x * back).sum())


def _adds_zeros(layer: Layer) -> bool:
    if layer.stride == 1:
        return True  # no output padding is possible
    more = layer.back(layer.x, layer.stride - 1)
    return not more[..., layer.back(layer.x).shape[-1] :].any()


def _one_stamp(layer: Layer) -> bool:
    tile = torch.ones(1, 1, layer.stride, layer.stride, dtype=torch.float64)
    stamps = F.conv_transpose2d(torch.ones_like(layer.x), tile, stride=layer.stride)
    return bool((stamps == 1).all())


def _restores(layer: Layer) -> bool:
    y = F.conv2d(layer.x, layer.kernel)
    return torch.allclose(F.conv_transpose2d(y, layer.kernel), layer.x)


CLAIMS: dict[str, Callable[[Layer], bool]] = {
    "a convolution, then its transpose: the shape comes back": lambda layer: (
        layer.back(layer.conv(layer.x)).shape == layer.x.shape
    ),
    "a transpose, then its convolution: the shape comes back": lambda layer: (
        layer.conv(layer.back(layer.x)).shape == layer.x.shape
    ),
    "the sum of conv(x) · y is that of x · transpose(y)": _products_agree,
    "stride 1, no padding: the transpose brings the values back": _restores,
    "k = s, no padding: each output pixel gets one stamp": _one_stamp,
    "the rows that output padding adds are zeros": _adds_zeros,
}
