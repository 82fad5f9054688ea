"""Labelled images as tensors: an embedded set by default, the full ones on request."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F

from utils.data import registry

Split = tuple[torch.Tensor, torch.Tensor]

_DIGITS_TEST = 360  # a fifth of the 1,797 images
_DIGITS_SEED = 0


@dataclass(frozen=True, eq=False, repr=False)
class ImageSet:
    """Images with class labels, split into a training and a test set.

    Attributes:
        name: what ``load_images`` calls the set.
        train_images: float32, ``(examples, channels, height, width)``, values in [0, 1].
        train_labels: int64, ``(examples,)``, indices into ``class_names``.
        test_images: like ``train_images``.
        test_labels: like ``train_labels``.
        class_names: one name for each class.
    """

    name: str
    train_images: torch.Tensor
    train_labels: torch.Tensor
    test_images: torch.Tensor
    test_labels: torch.Tensor
    class_names: tuple[str, ...]

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """Shape of one image, ``(channels, height, width)``."""
        return tuple(self.train_images.shape[1:])

    @property
    def num_classes(self) -> int:
        """Number of classes."""
        return len(self.class_names)

    @property
    def train(self) -> Split:
        """The training set as ``(inputs, targets)``."""
        return self.train_images, self.train_labels

    @property
    def test(self) -> Split:
        """The test set as ``(inputs, targets)``."""
        return self.test_images, self.test_labels

    def to(self, device: torch.device | str) -> "ImageSet":
        """Return the same set with its tensors on ``device``."""
        return replace(
            self,
            train_images=self.train_images.to(device),
            train_labels=self.train_labels.to(device),
            test_images=self.test_images.to(device),
            test_labels=self.test_labels.to(device),
        )

    def __repr__(self) -> str:
        return (
            f"ImageSet({self.name}: {len(self.train_labels)} training and "
            f"{len(self.test_labels)} test images of shape {self.image_shape}, "
            f"{self.num_classes} classes)"
        )


def resize(images: torch.Tensor, size: int | tuple[int, int]) -> torch.Tensor:
    """Resize images bilinearly, averaging over what a smaller image would skip.

    Args:
        images: ``(batch, channels, height, width)``, float.
        size: new height and width in pixels, or one number for both.

    Returns:
        ``(batch, channels, *size)``, within the range of the values given.

    Raises:
        ValueError: if a side of ``size`` is less than 1, or ``images`` is empty or has
            another number of axes or dtype.
        TypeError: if ``size`` is neither an integer nor two.
    """
    sides = (size, size) if isinstance(size, int) else size
    if not isinstance(sides, (list, tuple)) or [type(side) for side in sides] != [int, int]:
        raise TypeError(f"size must be an integer or a (height, width) pair, got {size!r}")
    height, width = sides
    if height < 1 or width < 1:
        raise ValueError(f"size must be at least 1 pixel a side, got {size}")
    if images.ndim != 4 or not images.is_floating_point():
        raise ValueError(
            "images must be floats of shape (batch, channels, height, width), "
            f"got {images.dtype} of shape {tuple(images.shape)}"
        )
    if not images.numel():
        raise ValueError(f"images is empty, of shape {tuple(images.shape)}")
    resized = F.interpolate(images, (height, width), mode="bilinear", antialias=True)
    # The weights sum to 1 up to rounding, so values may leave the range by an ulp.
    return resized.clamp(images.min(), images.max())


def load_images(
    name: str | None = None,
    *,
    device: torch.device | str = "cpu",
    size: int | tuple[int, int] | None = None,
    among: Sequence[str] | None = None,
) -> ImageSet:
    """Load a labelled image set.

    Args:
        name: ``"digits"`` (embedded: 1,437 + 360 grey images, 8×8), ``"fashion_mnist"``
            (60,000 + 10,000 grey, 28×28) or ``"cifar10"`` (50,000 + 10,000 colour,
            32×32); by default the environment variable ``BOOK_DATASET``, else digits.
            The last two are downloaded once; see ``utils.data.download.fetch``.
        device: where the tensors go.
        size: height and width in pixels to resize to, or one number for both.
        among: the names of the sets that the caller was made for; by default all.

    Raises:
        ValueError: if there is no set of that name, if it is none of ``among``, or if a side
            of ``size`` is less than 1.
    """
    chosen = name or os.environ.get("BOOK_DATASET", "").strip() or "digits"
    if chosen not in _LOADERS:
        raise ValueError(
            f"there is no image set {chosen!r}: set name (or BOOK_DATASET) to one of "
            f"{', '.join(_LOADERS)}"
        )
    if among is not None and chosen not in among:
        raise ValueError(
            f"this page was made for {' and '.join(among)}, not for {chosen}: set BOOK_DATASET "
            "to one of them, or do not set it"
        )
    images = _LOADERS[chosen]()
    if size is not None:
        images = replace(
            images,
            train_images=resize(images.train_images, size),
            test_images=resize(images.test_images, size),
        )
    return images.to(device)


def _digits() -> ImageSet:
    from sklearn.datasets import load_digits

    digits = load_digits()
    images = torch.from_numpy(digits.images).float().unsqueeze(1) / 16  # counts from 0 to 16
    labels = torch.from_numpy(digits.target).long()
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(_DIGITS_SEED))
    train, test = order[:-_DIGITS_TEST], order[-_DIGITS_TEST:]
    names = tuple(str(name) for name in digits.target_names)
    return ImageSet("digits", images[train], labels[train], images[test], labels[test], names)


def _fashion_mnist() -> ImageSet:
    from torchvision.datasets import FashionMNIST

    root = _fetched("fashion_mnist")
    train, test = (FashionMNIST(root, train=train, download=False) for train in (True, False))
    return ImageSet(
        "fashion_mnist",
        _from_bytes(train.data.unsqueeze(1)),
        train.targets,
        _from_bytes(test.data.unsqueeze(1)),
        test.targets,
        tuple(train.classes),
    )


def _cifar10() -> ImageSet:
    from torchvision.datasets import CIFAR10

    root = _fetched("cifar10")
    train, test = (CIFAR10(root, train=train, download=False) for train in (True, False))
    return ImageSet(
        "cifar10",
        _from_bytes(torch.from_numpy(train.data).permute(0, 3, 1, 2)),
        torch.tensor(train.targets),
        _from_bytes(torch.from_numpy(test.data).permute(0, 3, 1, 2)),
        torch.tensor(test.targets),
        tuple(train.classes),
    )


def _fetched(name: str) -> str:
    # The network libraries take a while to import and most pages need none of them.
    from utils.data.download import fetch

    return str(fetch(registry.downloads()[name]))


def _from_bytes(images: torch.Tensor) -> torch.Tensor:
    return images.float() / 255


_LOADERS: dict[str, Callable[[], ImageSet]] = {
    "digits": _digits,
    "fashion_mnist": _fashion_mnist,
    "cifar10": _cifar10,
}
