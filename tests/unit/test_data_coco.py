"""COCO's JSON: what it says becomes boxes and masks, or one clear sentence."""

import json

import numpy as np
import pytest
import torch
from PIL import Image
from pycocotools import mask as rle
from torch.utils.data import DataLoader
from torchvision.datasets import wrap_dataset_for_transforms_v2
from torchvision.ops import masks_to_boxes

from utils.data.annotations import UNDECIDED, coco_detection
from utils.data.samples import collate

WIDTH, HEIGHT = 10, 8
CATEGORIES = [{"id": 90, "name": "kite"}, {"id": 1, "name": "bird"}, {"id": 13, "name": "cup"}]


def square(left, top, width, height):
    right, bottom = left + width, top + height
    return [[left, top, right, top, right, bottom, left, bottom]]


def annotation(number=1, box=(3, 2, 4, 6), category=90, image=7, **more):
    whole = {"id": number, "image_id": image, "category_id": category, "bbox": list(box)}
    return {"segmentation": square(*box), "iscrowd": 0, **whole, **more}


@pytest.fixture
def coco(tmp_path):
    """Return a function that writes two pictures, 7 and 8, and a JSON file beside them."""
    for number in (7, 8):
        Image.new("RGB", (WIDTH, HEIGHT), (10 * number,) * 3).save(tmp_path / f"{number}.png")

    def write(*annotations, masks=False, keep_ignored=False, **more):
        images = [
            {"id": n, "file_name": f"{n}.png", "width": WIDTH, "height": HEIGHT} for n in (8, 7)
        ]
        file = {"images": images, "annotations": annotations, "categories": CATEGORIES, **more}
        (tmp_path / "all.json").write_text(json.dumps(file))
        return coco_detection(
            tmp_path, tmp_path / "all.json", masks=masks, keep_ignored=keep_ignored
        )

    write.folder = tmp_path
    return write


def test_left_top_width_height_become_edges(coco, capsys):
    pictures = coco(annotation(1), annotation(2, (0, 0, 10, 8), 1), annotation(3, image=8))
    assert capsys.readouterr().out == "", "pycocotools' report stays away from the page"
    first, second = pictures
    assert first.boxes.tolist() == [[3, 2, 7, 8], [0, 0, 10, 8]]
    assert first.boxes.dtype == torch.float32 and second.boxes.shape == (1, 4)
    assert first.image.shape == (3, HEIGHT, WIDTH)
    assert first.image.unique().tolist() == pytest.approx([70 / 255]), "ordered by number"
    assert first.mask is None and first.instances is None and first.ignored is None


def test_torchvision_reads_the_same_boxes_and_keeps_the_gaps(coco):
    pictures = coco(
        annotation(1), annotation(2, (0, 0, 2.5, 1), 13, segmentation=square(0, 0, 2, 1))
    )
    dataset = wrap_dataset_for_transforms_v2(pictures.dataset, ("boxes", "labels"))
    (_, theirs), numbers = dataset[0], torch.tensor([1, 13, 90])
    assert torch.equal(pictures[0].boxes, theirs["boxes"].float())
    assert torch.equal(numbers[pictures[0].classes], theirs["labels"])


def test_classes_count_categories_without_their_gaps(coco):
    pictures = coco(annotation(1), annotation(2, category=1), annotation(3, category=13))
    assert pictures.class_names == ("bird", "cup", "kite")
    assert pictures[0].classes.tolist() == [2, 0, 1] and pictures[0].classes.dtype == torch.int64


def test_a_picture_without_objects_is_there_too(coco):
    pictures = coco(annotation())
    assert len(pictures) == 2
    assert pictures[1].boxes.shape == (0, 4) and pictures[1].classes.shape == (0,)
    masked = coco(annotation(), masks=True)[1]
    assert masked.mask.shape == (HEIGHT, WIDTH) and not masked.mask.any()
    batch = next(iter(DataLoader(coco(annotation()), batch_size=2, collate_fn=collate)))
    assert [len(boxes) for boxes in batch.boxes] == [1, 0]


def test_crowds_are_left_out_or_marked(coco):
    both = annotation(1, iscrowd=1), annotation(2, (0, 0, 2, 2), 13)
    sample = coco(*both)[0]
    assert sample.classes.tolist() == [1] and sample.boxes.tolist() == [[0, 0, 2, 2]]
    sample = coco(*both, keep_ignored=True)[0]
    assert sample.classes.tolist() == [2, 1] and sample.ignored.tolist() == [True, False]
    with pytest.raises(ValueError, match="ignored regions .* without keep_ignored"):
        collate([sample])


def test_boxes_are_cut_at_the_edges_and_left_out_without_area(coco):
    sticking_out = annotation(1, (-2, 6, 14, 4)), annotation(2, (1, 1, 0, 3), 1)
    sample = coco(*sticking_out, annotation(3, (4, 0, 6, 1e-3), 13))[0]
    edges = [0, 6, 10, 8, 4, 0, 10, 1e-3]
    assert sample.boxes.flatten().tolist() == pytest.approx(edges)
    assert sample.classes.tolist() == [2, 1]


def test_masks_are_drawn_from_polygons_and_run_lengths(coco):
    plane = np.zeros((HEIGHT, WIDTH), dtype=np.uint8)
    plane[1:3, 5:9] = 1
    code = rle.encode(np.asfortranarray(plane))
    code["counts"] = code["counts"].decode()
    counts = [5 * HEIGHT + 1, *([2, HEIGHT - 2] * 4)][:-1]
    counts = [*counts, HEIGHT * WIDTH - sum(counts)]
    for shape in (square(5, 1, 4, 2), code, {"size": [HEIGHT, WIDTH], "counts": counts}):
        nothing = annotation(1, (1, 1, 0, 0), segmentation=square(0, 0, 3, 3))
        sample = coco(nothing, annotation(2, (5, 1, 4, 2), 13, segmentation=shape), masks=True)[0]
        assert torch.equal(sample.mask, 2 * torch.from_numpy(plane).long())
        assert torch.equal(sample.instances, torch.from_numpy(plane).long()), "row 0, number 1"
        edges = masks_to_boxes(sample.instances[None] == 1) + torch.tensor([0, 0, 1, 1])
        assert torch.equal(sample.boxes, edges)


def test_smaller_objects_lie_on_larger_ones_and_crowds_are_undecided(coco):
    small, large = annotation(1, (2, 2, 2, 2), 1), annotation(2, (1, 1, 6, 4), 90)
    crowd = annotation(3, (0, 0, 10, 2), 13, iscrowd=1)
    for keep_ignored in (False, True):
        sample = coco(small, large, crowd, masks=True, keep_ignored=keep_ignored)[0]
        expected = torch.zeros(HEIGHT, WIDTH, dtype=torch.int64)
        expected[0:2, :], expected[1:5, 1:7], expected[2:4, 2:4] = UNDECIDED, 3, 1
        assert torch.equal(sample.mask, expected)
        expected[expected == 3] = 2  # its row
        assert torch.equal(sample.instances, expected)


def test_an_annotation_numbered_zero_is_read_with_a_warning(coco):
    with pytest.warns(UserWarning, match="id 0, which pycocotools never counts as found"):
        pictures = coco(annotation(0), annotation(1, category=1))
    assert pictures[0].classes.tolist() == [2, 0]


def test_another_file_is_an_error(coco):
    lists = {"images": [{"id": 1, "file_name": "1.png"}], "annotations": [], "categories": []}
    nameless = [{**lists, "images": [{"id": 1}]}, {**lists, "categories": [{"id": 1}]}]
    for text in ("", "[1, 2]", '{"images": []}', *map(json.dumps, nameless)):
        file = coco.folder / "other.json"
        file.write_text(text)
        with pytest.raises(ValueError, match=r"other\.json is not JSON of COCO's form"):
            coco_detection(coco.folder, file)


FIT_NOTHING = [
    ([annotation(4), annotation(4)], {}, "uses the annotation id 4 more than once"),
    ([], {"categories": CATEGORIES[:1] * 2}, "uses the category id 90 more than once"),
    ([annotation(image=9)], {}, "an annotation of image 9, which it lacks"),
    ([annotation(category=2)], {}, "an annotation of category 2, which it lacks"),
    ([{"id": 1, "image_id": 7}], {}, r"not JSON of COCO's form: KeyError\('category_id'\)"),
]


def test_numbers_that_fit_nothing_are_an_error(coco):
    for annotations, more, message in FIT_NOTHING:
        with pytest.raises(ValueError, match=message):
            coco(*annotations, **more)


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"bbox": [1, 2, 3]}, r"annotation 1 needs a bbox of four .* \[1, 2, 3"),
        ({"box": (1, 2, -3, 4)}, "object 0, .* end before they begin or are not finite"),
        ({"box": (float("nan"), 2, 3, 4)}, "object 0, .* end before they begin or are not finite"),
        ({"box": (10, 2, 3, 4)}, "outside its picture of 10 x 8: do the two belong together"),
        ({"segmentation": "here"}, "annotation 1 has no segmentation that can be drawn"),
        (
            {"segmentation": {"size": [2, 2], "counts": [4]}},
            r"annotation 1 is drawn on \(2, 2\) pixels, the picture has \(10, 8\)",
        ),
    ],
)
def test_an_annotation_that_makes_no_sense_is_an_error(coco, settings, message):
    pictures = coco(annotation(**settings), masks=True)
    with pytest.raises(ValueError, match=message):
        pictures[0]


def test_a_missing_damaged_or_other_picture_is_an_error(coco):
    with pytest.raises(FileNotFoundError, match="no file .*none.json: name COCO's instances_"):
        coco_detection(coco.folder, coco.folder / "none.json")
    pictures = coco(annotation())
    Image.new("RGB", (4, 4)).save(coco.folder / "7.png")
    with pytest.raises(ValueError, match=r"7\.png measures \(4, 4\), but .* says \(10, 8\)"):
        pictures[0]
    (coco.folder / "7.png").write_bytes(b"<html>")
    with pytest.raises(ValueError, match=r"7\.png: a file is damaged"):
        pictures[0]
    (coco.folder / "7.png").unlink()
    with pytest.raises(FileNotFoundError, match=r"7\.png is missing, although it is listed"):
        pictures[0]
