"""Pictures with annotations on disk, as a sequence of samples, and what every format needs."""

from collections.abc import Callable, Iterator

import torch
from PIL import Image
from torch.utils.data import Dataset
from torchvision.transforms.functional import pil_to_tensor

from utils.boxes.formats import clip
from utils.data.samples import Sample

UNDECIDED = 255
"""What a mask holds where the annotators left a pixel open; losses skip it by ``ignore_index``."""


class Annotated(Dataset):
    """Pictures of any sizes with their objects, each read from its files when it is asked for.

    Attributes:
        dataset: torchvision's data set, which finds and opens the files.
        class_names: one name for each class.
    """

    def __init__(
        self, dataset: Dataset, read: Callable[[int], Sample], class_names: tuple[str, ...]
    ):
        self.dataset, self.class_names, self._read = dataset, class_names, read

    def __len__(self) -> int:
        return len(self.dataset)

    def __getitem__(self, index: int) -> Sample:
        if not -len(self) <= index < len(self):
            raise IndexError(f"there is no picture {index}: there are {len(self)} pictures")
        return self._read(index)

    def __iter__(self) -> Iterator[Sample]:
        return (self[index] for index in range(len(self)))


def opened(dataset: Dataset, index: int, name: str) -> tuple[Image.Image, object]:
    """Return a picture and its annotation as torchvision reads them.

    Raises:
        FileNotFoundError: if one of the files is missing.
        ValueError: if one of them cannot be decoded to its end. It begins with ``name``.
    """
    try:
        image, target = dataset[index]
        if isinstance(target, Image.Image):
            with target:  # PIL decodes a picture when its pixels are asked for
                target.load()
    except FileNotFoundError as error:
        raise FileNotFoundError(f"{error.filename} is missing, although it is listed") from error
    except (OSError, SyntaxError, ValueError) as error:  # of PIL, of the XML parser
        raise ValueError(f"{name}: a file is damaged ({error}): fetch it again") from error
    return image, target


def checked(
    image: Image.Image,
    objects: list[tuple[list[float], int, bool]],
    name: str,
    keep_ignored: bool,
) -> tuple[Sample, torch.Tensor]:
    """Return a picture with those of its objects that are kept, after a look at their boxes.

    Args:
        image: as PIL has it, in RGB.
        objects: of each its left, top, right, bottom, measured in edges; its class, from 0; and
            whether an evaluation ignores it.
        name: of the file, for errors.
        keep_ignored: whether such objects stay, marked in ``ignored``.

    Returns:
        A sample without masks, its boxes cut at the edges of the picture (rounding often takes
        them a little too far), and which of ``objects`` it has. Those without area are left
        out; COCO itself has some.

    Raises:
        ValueError: if a box is not finite, ends before it begins, or lies outside the picture.
    """
    boxes = torch.tensor([box for box, _, _ in objects], dtype=torch.float32).reshape(-1, 4)
    sides = boxes[:, 2:] - boxes[:, :2]
    cut = clip(boxes, (image.height, image.width))
    empty = (sides == 0).any(1)
    outside = ((cut[:, 2:] - cut[:, :2]) == 0).any(1) & ~empty
    for number, box in enumerate(boxes.tolist()):
        if not boxes[number].isfinite().all() or (sides[number] < 0).any():
            raise ValueError(
                f"{name}: object {number}, counted from 0, has the edges {box}, which end before "
                "they begin or are not finite: correct the file"
            )
        if outside[number]:
            raise ValueError(
                f"{name}: object {number}, counted from 0, has the edges {box}, outside its "
                f"picture of {image.width} x {image.height}: do the two belong together?"
            )
    ignored = torch.tensor([flag for _, _, flag in objects], dtype=torch.bool)
    classes = torch.tensor([kind for _, kind, _ in objects], dtype=torch.int64)
    (kept,) = (~empty if keep_ignored else ~empty & ~ignored).nonzero(as_tuple=True)
    flags = ignored[kept] if keep_ignored else None
    return Sample(pixels(image), cut[kept], classes[kept], ignored=flags), kept


def pixels(image: Image.Image) -> torch.Tensor:
    """Return a picture as float32, ``(channels, height, width)``, values in [0, 1]."""
    return pil_to_tensor(image).float() / 255
