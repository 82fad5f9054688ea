"""Samples: chosen, moved, padded and put together without mixing up their objects."""

import pytest
import torch
from torch.utils.data import DataLoader

from utils.data.batches import minibatches
from utils.data.samples import Sample, Scenes, collate

NAMES = ("images", "masks", "instances")


def five_scenes(masks=True):
    """Scene i has i objects of class i, and is filled with i."""
    plane = torch.arange(5)[:, None, None].expand(5, 2, 3)
    return Scenes(
        plane[:, None].float(),
        [torch.full((n, 4), float(n)) for n in range(5)],
        [torch.full((n,), n) for n in range(5)],
        plane + 10 if masks else None,
        plane + 20 if masks else None,
        tuple("abcde"),
    )


def rows(scenes):
    """The number of each scene, after a look at whether all of its parts belong together."""
    numbers = [int(image.mean()) for image in scenes.images]
    assert [len(boxes) for boxes in scenes.boxes] == numbers
    assert [kinds.tolist() for kinds in scenes.classes] == [[n] * n for n in numbers]
    if scenes.masks is not None:
        assert scenes.masks[:, 0, 0].tolist() == [n + 10 for n in numbers]
        assert scenes.instances[:, 0, 0].tolist() == [n + 20 for n in numbers]
    return numbers


CHOICES = [
    (slice(1, 3), [1, 2]),
    (slice(None, None, 2), [0, 2, 4]),
    ([3, -1], [3, 4]),
    (torch.tensor([4, 0]), [4, 0]),
    (torch.tensor([True, False, False, True, False]), [0, 3]),
    (slice(9, 9), []),
]


@pytest.mark.parametrize("masks", [True, False])
def test_scenes_are_chosen_as_from_a_tensor(masks):
    for index, expected in CHOICES:
        chosen = five_scenes(masks)[index]
        assert rows(chosen) == expected and len(chosen) == len(expected), index
        assert chosen.class_names == tuple("abcde")
    sample = five_scenes(masks)[-2]
    assert sample.image.shape == (1, 2, 3) and sample.image.mean() == 3
    assert sample.boxes.shape == (3, 4) and sample.classes.tolist() == [3, 3, 3]
    if masks:
        assert sample.mask[0, 0] == 13 and sample.instances[0, 0] == 23
    else:
        assert sample.mask is None and sample.instances is None
    assert [len(each.classes) for each in five_scenes(masks)] == [0, 1, 2, 3, 4]


def test_an_index_without_a_scene_is_an_error():
    for index in (5, -6):
        with pytest.raises(IndexError, match=f"no scene {index}: there are 5 scenes"):
            five_scenes()[index]
    with pytest.raises(IndexError, match="along one axis, got an index of 2 axes"):
        five_scenes()[torch.zeros(2, 2, dtype=torch.int64)]


def test_scenes_move_as_a_whole():
    moved = five_scenes().to("meta")
    tensors = [*moved.boxes, *moved.classes, *(getattr(moved, name) for name in NAMES)]
    assert {tensor.device.type for tensor in tensors} == {"meta"} and len(tensors) == 13
    assert five_scenes(masks=False).to("cpu").masks is None
    assert moved[torch.tensor([1, 2])].images.device.type == "meta"


def test_padded_truth_goes_through_minibatches_with_the_images():
    scenes = five_scenes()
    boxes, classes = scenes.padded()
    assert boxes.shape == (5, 4, 4) and classes.shape == (5, 4)
    assert classes[2].tolist() == [2, 2, -1, -1] and boxes[2, :, 0].tolist() == [2, 2, 0, 0]
    seen = []
    for images, some_boxes, kinds in minibatches(scenes.images, boxes, classes, batch_size=2):
        for image, box, kind in zip(images, some_boxes, kinds, strict=True):
            n = int(image.mean())
            assert (kind >= 0).sum() == n and box.sum() == 4 * n * n
            seen.append(n)
    assert sorted(seen) == [0, 1, 2, 3, 4]
    boxes, classes = scenes[:1].padded()
    assert boxes.shape == (1, 0, 4) and classes.shape == (1, 0), "no object at all"


def test_a_loader_puts_samples_together():
    loader = DataLoader(five_scenes(), batch_size=2, collate_fn=collate)
    batches = list(loader)
    assert [rows(batch) for batch in batches] == [[0, 1], [2, 3], [4]]
    assert batches[0].images.shape == (2, 1, 2, 3)
    assert rows(collate(list(five_scenes(masks=False)))) == [0, 1, 2, 3, 4]


def test_samples_that_do_not_fit_together_are_an_error():
    with pytest.raises(ValueError, match="at least one sample"):
        collate([])
    small = Sample(torch.zeros(1, 2, 2), torch.zeros(0, 4), torch.zeros(0).long())
    large = Sample(torch.zeros(1, 3, 2), torch.zeros(0, 4), torch.zeros(0).long())
    with pytest.raises(ValueError, match=r"one shape, got \[\(1, 2, 2\), \(1, 3, 2\)\]: resize"):
        collate([small, large])
    with pytest.raises(ValueError, match="1 of 2 samples have no mask: give all or none"):
        collate([five_scenes()[0], five_scenes(masks=False)[1]])


def test_scenes_say_what_they_are():
    assert repr(five_scenes()) == "Scenes(5 of shape (1, 2, 3), 10 objects)"
