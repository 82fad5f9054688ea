"""What a mask head is taught with: objects, masks in boxes, and its training."""

import pytest
import torch
import torch.nn.functional as F

from utils.data.scenes import load_scenes
from utils.segmentation.mask_head import (
    last_maps,
    new_head,
    owners,
    targets_in,
    train_head,
    true_masks,
)
from utils.segmentation.unet import UNet


@pytest.fixture(scope="module")
def scenes():
    return load_scenes(6, classes=range(3))


def own_loss(logits, labels, targets):
    own = logits[torch.arange(len(labels)), labels]
    return F.binary_cross_entropy_with_logits(own, targets)


def test_each_object_has_its_scene_and_its_mask(scenes):
    owner, masks = owners(scenes), true_masks(scenes)
    assert owner.bincount().tolist() == [len(boxes) for boxes in scenes.boxes]
    for scene in range(len(scenes)):
        together = masks[owner == scene].sum(0)
        assert torch.equal(together, (scenes.masks[scene] > 0).float())


def test_a_mask_is_read_within_its_own_box():
    masks = torch.zeros(2, 8, 8)
    masks[0, 2:4, 2:6] = 1
    masks[1, 5:, :3] = 1
    boxes = torch.tensor([[2.0, 2, 6, 6], [0, 4, 6, 8]])
    first, second = targets_in(masks, boxes, side=4)
    assert first.tolist() == [[1.0] * 4] * 2 + [[0.0] * 4] * 2
    assert second.tolist() == [[0.0] * 4] + [[1.0, 1, 0, 0]] * 3
    moved = targets_in(masks, boxes, side=4, aligned=False)
    assert not torch.equal(moved[0], first)


def test_a_box_too_few_is_refused():
    with pytest.raises(ValueError, match="one box for each mask: 2 masks, 1 boxes"):
        targets_in(torch.zeros(2, 8, 8), torch.zeros(1, 4))


def test_the_last_maps_do_not_depend_on_the_batch(scenes):
    net = UNet(4, (2, 4))
    maps = last_maps(net, scenes.images, batch_size=4)
    torch.testing.assert_close(maps, net.eval().features(scenes.images)[-1])
    assert not maps.requires_grad


def test_a_head_learns_the_mask_of_its_own_class_and_can_be_repeated(scenes):
    boxes, labels = torch.cat(scenes.boxes), torch.cat(scenes.classes)
    targets = targets_in(true_masks(scenes), boxes)
    crops = F.avg_pool2d(targets[:, None], 2).expand(-1, 8, -1, -1)
    losses = []
    for epochs in (1, 40, 40):
        torch.manual_seed(0)
        head = new_head(8, 3)
        losses.append(
            train_head(head, crops, labels, targets, loss=own_loss, epochs=epochs, seed=0)
        )
    assert losses[1] < 0.3 < losses[0]
    assert losses[1] == losses[2]
