"""Targets of many images at once, against those of each image alone."""

import pytest
import torch

from utils.boxes.labels import batched_targets, targets
from utils.data.scenes import load_scenes
from utils.detection.multibox import laid_anchors

CROWDED = torch.cat([laid_anchors({16: (8,), 8: (16,)}, (1.0,))] * 2)  # each anchor twice


def on_a_grid(images, most, step, seed):
    """Boxes with corners on a grid, so that many overlaps tie; some rows are padding."""
    draw = torch.Generator().manual_seed(seed)
    corner = torch.randint(0, 60 // step, (images, most, 2), generator=draw) * step
    side = torch.randint(1, 30 // step + 1, (images, most, 2), generator=draw) * step
    kinds = torch.randint(0, 10, (images, most), generator=draw)
    kinds[torch.rand(images, most, generator=draw) < 0.3] = -1
    return torch.cat([corner, corner + side], -1).float(), kinds


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.5, 1.0])
@pytest.mark.parametrize("laid", [laid_anchors(), CROWDED], ids=["SSD's", "twice"])
def test_all_images_at_once_get_what_each_gets_alone(laid, threshold):
    batches = [load_scenes(8, seed=1).padded(), load_scenes(8, objects=(0, 12)).padded()]
    batches += [on_a_grid(12, most, step, step) for most, step in ((1, 4), (5, 8), (12, 5))]
    shared = 0
    for boxes, classes in batches:
        labels, offsets = batched_targets(laid, boxes, classes, threshold)
        for image, kinds in enumerate(classes):
            real = kinds >= 0
            alone = targets(laid, boxes[image][real], kinds[real], threshold)
            assert torch.equal(labels[image], alone[0])
            assert torch.equal(offsets[image], alone[1])
            shared += real.sum().item() > 1
    assert shared > 10


def test_images_without_an_object_and_no_image_at_all():
    laid = laid_anchors()
    for images, most in ((3, 0), (3, 2), (0, 2)):
        empty = torch.full((images, most), -1)
        labels, offsets = batched_targets(laid, torch.zeros(images, most, 4), empty)
        assert labels.shape == (images, len(laid)) and not labels.any()
        assert offsets.shape == (images, len(laid), 4) and not offsets.any()
        assert labels.dtype == torch.int64
