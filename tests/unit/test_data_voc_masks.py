"""Pascal VOC for segmentation: numbers of palette PNGs become masks, or one clear sentence."""

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision.ops import masks_to_boxes
from voc_files import palette_png

from utils.data.annotations import UNDECIDED, VOC_CLASSES, voc_segmentation

NUMBERS = np.zeros((8, 10))
NUMBERS[1:5, 1:5], NUMBERS[2:4, 2:4] = UNDECIDED, 12  # a dog with its border
NUMBERS[6:, 7:] = 1  # an aeroplane, listed first
OBJECTS = np.where(NUMBERS == 12, 5, np.where(NUMBERS == 1, 2, NUMBERS))  # 1, 3 and 4 unused


@pytest.mark.parametrize(
    "as_file", [palette_png, lambda numbers: Image.fromarray(np.uint8(numbers))]
)
def test_a_mask_holds_the_numbers_of_its_png(voc, as_file):
    (sample,) = voc_segmentation(voc((as_file(NUMBERS), as_file(OBJECTS)), folder="Segmentation"))
    assert sample.mask.dtype == sample.instances.dtype == torch.int64
    assert torch.equal(sample.mask, torch.from_numpy(NUMBERS).long()), "border stays 255"
    assert [VOC_CLASSES[kind] for kind in sample.classes] == ["aeroplane", "dog"]
    assert sample.boxes.tolist() == [[7, 6, 10, 8], [2, 2, 4, 4]]
    assert sample.instances.unique().tolist() == [0, 1, 2, UNDECIDED], "numbered without gaps"
    edges = masks_to_boxes(sample.instances == torch.tensor([[[1]], [[2]]]))
    assert torch.equal(sample.boxes, edges + torch.tensor([0, 0, 1, 1]))
    assert ((sample.mask == UNDECIDED) == (sample.instances == UNDECIDED)).all()
    decided = (sample.instances > 0) & (sample.mask != UNDECIDED)
    of_rows = sample.classes[sample.instances[decided] - 1] + 1
    assert torch.equal(sample.mask[decided], of_rows)


def test_a_mask_without_objects_has_no_boxes(voc):
    nothing = palette_png(np.zeros((8, 10)))
    (sample,) = voc_segmentation(voc((nothing, nothing), folder="Segmentation"))
    assert sample.boxes.shape == (0, 4) and sample.classes.shape == (0,)
    assert not sample.mask.any() and not sample.instances.any()


@pytest.mark.parametrize(
    "kinds, objects, message",
    [
        (palette_png(NUMBERS).convert("RGB"), palette_png(OBJECTS), "has the mode RGB, and col"),
        (palette_png(NUMBERS.T), palette_png(OBJECTS), r"measures \(8, 10\), but its pic"),
        (palette_png(NUMBERS), palette_png(OBJECTS[:5]), r"SegmentationObject.*measures \(10, 5"),
        (palette_png(NUMBERS * 2), palette_png(OBJECTS), "numbers above 20, the last class"),
        (palette_png(NUMBERS * 0), palette_png(OBJECTS), "an object on the background"),
    ],
)
def test_masks_that_make_no_sense_are_an_error(voc, kinds, objects, message):
    pictures = voc_segmentation(voc((kinds, objects), folder="Segmentation"))
    with pytest.raises(ValueError, match=message):
        pictures[0]


def test_a_missing_or_damaged_mask_is_an_error(voc):
    pair = palette_png(NUMBERS), palette_png(OBJECTS)
    pictures = voc_segmentation(voc(pair, pair, folder="Segmentation"))
    cut = voc.base / "SegmentationObject" / "picture0.png"
    cut.write_bytes(cut.read_bytes()[:-40])
    with pytest.raises(ValueError, match=r"SegmentationObject.picture0\.png is damaged"):
        pictures[0]
    (voc.base / "SegmentationObject" / "picture1.png").unlink()
    with pytest.raises(FileNotFoundError, match="is missing: it tells objects of a class apart"):
        pictures[1]
    cut = voc.base / "SegmentationClass" / "picture0.png"
    cut.write_bytes(cut.read_bytes()[:-40])
    with pytest.raises(ValueError, match=r"SegmentationClass.picture0\.png: a file is damaged"):
        pictures[0]
