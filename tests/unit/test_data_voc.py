"""Pascal VOC for detection: what its XML files say becomes boxes, or one clear sentence."""

import pytest
import torch
from torchvision.datasets import wrap_dataset_for_transforms_v2
from voc_files import thing, xml

from utils.data.annotations import VOC_CLASSES, voc_detection


def test_voc_counts_pixels_from_one_and_includes_the_last(voc):
    whole, first = thing(), thing("aeroplane", (1, 1, 1, 1))
    pictures = voc_detection(voc(xml(whole, first), xml(thing("tvmonitor", (4, 3, 7, 8)))))
    assert pictures.class_names == VOC_CLASSES and len(pictures) == 2
    both, one = pictures
    assert both.image.shape == (3, 8, 10) and both.image.dtype == torch.float32
    assert both.boxes.tolist() == [[0, 0, 10, 8], [0, 0, 1, 1]], "whole picture, first pixel"
    assert both.boxes.dtype == torch.float32
    assert both.classes.tolist() == [VOC_CLASSES.index("dog"), 0]
    assert one.boxes.tolist() == [[3, 2, 7, 8]] and one.classes.tolist() == [19]
    assert both.mask is None and both.instances is None and both.ignored is None
    assert abs(one.image.mean() - 50 / 255) < 0.01, "the second picture, in [0, 1]"


def test_torchvision_keeps_the_corners_as_they_are_written(voc):
    things = thing("cow", (2, 3, 7, 8)), thing("aeroplane", (1, 1, 1, 1), difficult=1)
    pictures = voc_detection(voc(xml(*things)), keep_ignored=True)
    _, theirs = wrap_dataset_for_transforms_v2(pictures.dataset)[0]
    assert torch.equal(pictures[0].boxes + torch.tensor([1, 1, 0, 0]), theirs["boxes"].float())
    assert torch.equal(pictures[0].classes + 1, theirs["labels"]), "it counts the background"


def test_pictures_are_counted_from_either_end(voc):
    pictures = voc_detection(voc(xml(thing()), xml(), xml(thing(), thing())))
    assert [len(pictures[i].classes) for i in (0, 1, 2, -1, -3)] == [1, 0, 2, 2, 1]
    assert pictures[1].boxes.shape == (0, 4) and pictures[1].classes.shape == (0,)
    for index in (3, -4):
        with pytest.raises(IndexError, match=f"no picture {index}: there are 3 pictures"):
            pictures[index]


def test_coordinates_may_have_decimals_stick_out_a_little_and_have_parts(voc):
    head = "<part><name>head</name><bndbox><xmin>1</xmin></bndbox></part>"
    boxes = thing(box=("1.5", "2.25", "4", "5"), more=head * 2), thing(box=(0, -3, 12, 5))
    (sample,) = voc_detection(voc(xml(*boxes)))
    assert sample.boxes.tolist() == [[0.5, 1.25, 4, 5], [0, 0, 10, 5]]


def test_difficult_objects_are_left_out_or_marked(voc):
    root = voc(xml(thing(difficult=1), thing("cat", difficult=0), thing("cow")))
    (sample,) = voc_detection(root)
    assert [VOC_CLASSES[kind] for kind in sample.classes] == ["cat", "cow"]
    (sample,) = voc_detection(root, keep_ignored=True)
    assert [VOC_CLASSES[kind] for kind in sample.classes] == ["dog", "cat", "cow"]
    assert sample.ignored.tolist() == [True, False, False]


def test_a_set_of_ones_own_has_its_own_classes(voc):
    pictures = voc_detection(voc(xml(thing("kite"))), class_names=("bird", "kite"))
    assert pictures.class_names == ("bird", "kite") and pictures[0].classes.tolist() == [1]


@pytest.mark.parametrize(
    "annotation, message",
    [
        ("<annotation><object>", r"picture0\.xml: a file is damaged \(.*\): fetch it again"),
        ("<html><body>404</body></html>", r"picture0\.xml is no annotation of VOC's form"),
        (xml("<object><name>dog</name></object>"), r"of VOC's form: KeyError\('bndbox'\)"),
        (xml(thing().replace("name>", "title>")), r"of VOC's form: KeyError\('name'\)"),
        (
            xml(thing("dragon")),
            "object called 'dragon', which is none of the classes: .* by class_names",
        ),
        (xml(thing(box=("one", 1, 2, 2))), r"picture0\.xml is no annotation of VOC's form"),
        (
            xml(thing(), thing(box=(9, 1, 2, 2))),
            r"object 1, counted from 0, has the edges \[8\.0.* before they begin",
        ),
        (xml(thing(box=("nan", 1, 2, 2))), "object 0, .* end before they begin or are not finite"),
        (
            xml(thing(box=(12, 1, 15, 2))),
            "outside its picture of 10 x 8: do the two belong together",
        ),
        (xml(thing(), size=(20, 8)), r"says 20 x 8, but its picture measures 10 x 8"),
    ],
)
def test_an_annotation_that_makes_no_sense_is_an_error(voc, annotation, message):
    pictures = voc_detection(voc(annotation))
    with pytest.raises(ValueError, match=message):
        pictures[0]


def test_a_missing_or_damaged_file_is_an_error(voc, tmp_path):
    with pytest.raises(FileNotFoundError, match="no Pascal VOC 2012 with the list 'train' in"):
        voc_detection(tmp_path / "elsewhere")
    root = voc(xml(), xml())
    with pytest.raises(FileNotFoundError, match="list 'val'.*folder that holds VOCdevkit"):
        voc_detection(root, image_set="val")
    pictures = voc_detection(root)
    jpeg = voc.base / "JPEGImages" / "picture0.jpg"
    whole = jpeg.read_bytes()
    for part in (whole[:-20], whole[:300], b""):
        jpeg.write_bytes(part)
        with pytest.raises(ValueError, match="a file is damaged"):
            pictures[0]
    (voc.base / "Annotations" / "picture1.xml").unlink()
    with pytest.raises(FileNotFoundError, match=r"picture1\.xml is missing, although it is list"):
        pictures[1]
