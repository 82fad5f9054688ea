"""Pascal VOC: boxes from its XML files and masks from its palette PNGs, through torchvision."""

from pathlib import Path

import torch
from PIL import Image
from torchvision.datasets import VOCDetection, VOCSegmentation
from torchvision.transforms.functional import pil_to_tensor

from utils.data.annotated import UNDECIDED, Annotated, checked, opened, pixels
from utils.data.painting import tight
from utils.data.samples import Sample

VOC_CLASSES = (
    *("aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow"),
    *("diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa"),
    *("train", "tvmonitor"),
)
"""The twenty classes in their order: the first has class 0 here, and is 1 in a mask."""


def voc_detection(
    root: str | Path,
    *,
    year: str = "2012",
    image_set: str = "train",
    keep_ignored: bool = False,
    class_names: tuple[str, ...] = VOC_CLASSES,
) -> Annotated:
    """Open Pascal VOC for detection.

    VOC's corners are pixels, counted from 1, the last one included. Here they become edges:
    1 less on the left and at the top, the same on the right and at the bottom (one too many for
    counting from 1, one too few for the pixel's far edge). torchvision itself leaves them as
    they are, and so cuts off the first column and the first row of each object.

    Args:
        root: the folder that holds ``VOCdevkit``.
        year: ``"2007"`` to ``"2012"``.
        image_set: ``"train"``, ``"val"``, ``"trainval"``, or for 2007 ``"test"``.
        keep_ignored: whether to keep the objects called difficult, marked in
            :attr:`Sample.ignored`; VOC's own score neither rewards nor punishes them.
        class_names: other classes, for a set of one's own in this form.

    Returns:
        Samples without masks, each read when it is asked for.

    Raises:
        FileNotFoundError: if the set is not there. Reading a sample raises
        FileNotFoundError where a file is missing, and ValueError where one is damaged or does
        not fit its picture.
    """
    dataset = _found(VOCDetection, root, year, image_set)
    places = {name: place for place, name in enumerate(class_names)}

    def read(index: int) -> Sample:
        name = dataset.annotations[index]
        image, target = opened(dataset, index, name)
        try:
            things = target["annotation"]["object"]
            boxes = [_edges(thing["bndbox"]) for thing in things]
            kinds = [thing["name"] for thing in things]
            said = _size(target["annotation"])
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{name} is no annotation of VOC's form: {error!r}") from error
        unknown = [kind for kind in kinds if kind not in places]
        if unknown:
            raise ValueError(
                f"{name} has an object called {unknown[0]!r}, which is none of the classes: name "
                "those of a set of your own by class_names"
            )
        if said not in (None, image.size):
            raise ValueError(
                f"{name} says {said[0]} x {said[1]}, but its picture measures "
                f"{image.width} x {image.height}"
            )
        hard = [thing.get("difficult", "0") == "1" for thing in things]
        rows = [places[kind] for kind in kinds]
        objects = list(zip(boxes, rows, hard, strict=True))
        return checked(image, objects, name, keep_ignored)[0]

    return Annotated(dataset, read, tuple(class_names))


def voc_segmentation(
    root: str | Path, *, year: str = "2012", image_set: str = "train"
) -> Annotated:
    """Open Pascal VOC for segmentation, with classes and instances.

    The PNGs hold numbers, and a palette of colours to look at them; the numbers are what counts.
    Number 255, the pale border around objects and places too hard to label, stays
    :data:`UNDECIDED` in both masks. Boxes are tight around an object's pixels, so they are
    smaller than VOC's by about the border.

    Args:
        root: as for :func:`voc_detection`.
        year: as there.
        image_set: as there.

    Returns:
        Samples with masks, each read when it is asked for.

    Raises:
        FileNotFoundError, ValueError: as for :func:`voc_detection`.
    """
    dataset = _found(VOCSegmentation, root, year, image_set)

    def read(index: int) -> Sample:
        name = Path(dataset.masks[index])
        image, png = opened(dataset, index, str(name))
        mask = _numbers(png, image, name)
        if (mask[mask != UNDECIDED] > len(VOC_CLASSES)).any():
            raise ValueError(
                f"{name} holds numbers above {len(VOC_CLASSES)}, the last class, besides "
                f"{UNDECIDED}: is it a mask of classes?"
            )
        name = name.parents[1] / "SegmentationObject" / name.name
        numbered = _numbers(_png(name), image, name)
        found = numbered.unique()
        found = found[(found != 0) & (found != UNDECIDED)]
        anew = torch.zeros(UNDECIDED + 1, dtype=torch.int64)
        anew[found], anew[UNDECIDED] = torch.arange(1, len(found) + 1), UNDECIDED
        objects = numbered == found[:, None, None]
        return Sample(
            pixels(image),
            tight(objects).float(),
            torch.tensor([_class_in(mask[each], name) for each in objects], dtype=torch.int64),
            mask,
            anew[numbered],
        )

    return Annotated(dataset, read, VOC_CLASSES)


def _found(
    kind: type[VOCDetection | VOCSegmentation], root: str | Path, year: str, image_set: str
) -> VOCDetection | VOCSegmentation:
    try:
        return kind(root, year=year, image_set=image_set, download=False)
    except (RuntimeError, FileNotFoundError) as error:
        raise FileNotFoundError(
            f"there is no Pascal VOC {year} with the list {image_set!r} in {root}: name the "
            "folder that holds VOCdevkit"
        ) from error


def _edges(corners: dict[str, str]) -> list[float]:
    left, top, right, bottom = (float(corners[n]) for n in ("xmin", "ymin", "xmax", "ymax"))
    return [left - 1, top - 1, right, bottom]


def _size(annotation: dict) -> tuple[int, int] | None:
    """Return the width and height that an annotation states, if it does."""
    size = annotation.get("size")
    return (int(size["width"]), int(size["height"])) if size else None


def _png(path: Path) -> Image.Image:
    try:
        with Image.open(path) as png:
            png.load()
            return png
    except FileNotFoundError as error:
        raise FileNotFoundError(f"{path} is missing: it tells objects of a class apart") from error
    except (OSError, SyntaxError) as error:
        raise ValueError(f"{path} is damaged ({error}): fetch it again") from error


def _numbers(png: Image.Image, image: Image.Image, path: Path) -> torch.Tensor:
    """Return the numbers in a mask, int64 ``(height, width)``, not the colours of its palette."""
    if png.mode not in ("P", "L"):
        raise ValueError(
            f"{path} has the mode {png.mode}, and colours are no class numbers: save it with a "
            "palette (P) or as bytes (L)"
        )
    if png.size != image.size:
        raise ValueError(f"{path} measures {png.size}, but its picture {image.size}")
    return pil_to_tensor(png)[0].long()


def _class_in(numbers: torch.Tensor, path: Path) -> int:
    """Return the class, from 0, that most of an object's pixels have."""
    counts = numbers.bincount(minlength=UNDECIDED + 1)[1:UNDECIDED]
    if not counts.any():
        raise ValueError(f"{path} has an object on the background of the mask of classes")
    return int(counts.argmax())
