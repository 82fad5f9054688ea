"""The small detector of two stages, against torchvision's parts of Faster R-CNN."""

import pytest
import torch
from torchvision.models.detection._utils import Matcher
from torchvision.models.detection.roi_heads import fastrcnn_loss

from utils.boxes.overlap import iou
from utils.boxes.regions import roi_align
from utils.data.scenes import load_scenes
from utils.detection.training import held_out
from utils.detection.two_stage import PARTS, Outputs, TwoStage, detector, propose, results
from utils.detection.two_stage_loss import (
    anchor_labels,
    balanced,
    head_loss,
    region_targets,
    trained_two_stage,
    two_stage_loss,
)
from utils.repro import seeded


@pytest.fixture(scope="module")
def scenes():
    return load_scenes(24, objects=(0, 4))


@pytest.fixture(scope="module")
def net():
    seeded(0)
    return TwoStage().eval()


def test_labels_of_anchors_are_those_of_torchvision(net, scenes):
    matcher = Matcher(0.7, 0.3, allow_low_quality_matches=True)
    padded, _ = scenes.padded()
    together = anchor_labels(iou(padded, net.anchors))
    counts = set()
    for boxes, batched in zip(scenes.boxes, together, strict=True):
        mine = anchor_labels(iou(boxes, net.anchors))
        assert torch.equal(mine, batched)
        counts.add(len(boxes))
        if len(boxes):
            theirs = matcher(iou(boxes, net.anchors)).clamp(min=-2)
            assert torch.equal(mine, torch.where(theirs >= 0, 1, theirs + 1).clamp(min=-1))
        else:
            assert not mine.any()
    assert 0 in counts and len(counts) > 2


def test_bounds_of_labels():
    overlaps = torch.tensor([[0.7, 0.69, 0.3, 0.29, 0.0], [0, 0, 0, 0.2, 0.2]])
    assert anchor_labels(overlaps).tolist() == [1, -1, -1, 1, 1]  # the last two tie
    bounds = torch.tensor([[0.75, 0.7, 0.69, 0.3, 0.29]])
    assert anchor_labels(bounds).tolist() == [1, 1, -1, -1, 0]
    assert anchor_labels(torch.zeros(2, 3)).tolist() == [0, 0, 0]


def test_the_sample_is_balanced():
    labels = torch.zeros(3, 200, dtype=torch.int64)
    labels[0, :50], labels[1, :3], labels[:, 100:150] = 1, 1, -1
    keys = torch.rand(labels.shape, generator=seeded(0))
    chosen = balanced(labels, 32, keys)
    assert chosen.sum(1).tolist() == [32, 32, 32]
    assert (chosen & (labels == 1)).sum(1).tolist() == [16, 3, 0]
    assert not (chosen & (labels < 0)).any()
    other = balanced(labels, 32, torch.rand(labels.shape, generator=seeded(1)))
    assert not torch.equal(chosen, other)


def test_the_loss_of_the_head_is_torchvisions():
    draw = seeded(0)
    logits, offsets = torch.randn(9, 5, generator=draw), torch.randn(9, 5, 4, generator=draw)
    labels, wanted = torch.arange(9) % 5, torch.randn(9, 4, generator=draw)
    theirs = fastrcnn_loss(logits, offsets.flatten(1), [labels], [wanted])
    torch.testing.assert_close(head_loss(logits, offsets, labels, wanted), theirs)
    nothing = head_loss(logits, offsets, 0 * labels, wanted)
    assert nothing[1] == 0


def test_regions_stand_for_the_object_they_overlap_most():
    boxes = torch.tensor([[[0.0, 0, 8, 8], [8, 0, 16, 8]], [[0, 0, 4, 4], [0, 0, 0, 0]]])
    classes = torch.tensor([[3, 7], [5, -1]])
    regions = torch.tensor([[0.0, 8, 0, 16, 8], [0, 0, 0, 8, 4], [0, 0, 0, 8, 3], [1, 0, 0, 4, 4]])
    labels, wanted = region_targets(regions, boxes, classes)
    assert labels.tolist() == [8, 4, 0, 6]
    assert not wanted[[0, 2, 3]].any()
    assert wanted[1].tolist() == pytest.approx([0, 5, 0, 3.4657], abs=1e-3)


def test_proposals_are_the_best_apart_and_within_the_picture(net):
    anchors = len(net.anchors)
    objectness = torch.full((2, anchors), -9.0)
    wanted = [(0, 10, 3.0), (0, 11, 2.0), (1, 500, 1.0)]  # 10 and 11 share a cell
    for image, anchor, value in wanted:
        objectness[image, anchor] = value
    offsets = torch.zeros(2, anchors, 4)
    offsets[1, 500, 2:] = 25  # far too large: cut off
    found = propose(net, Outputs(torch.zeros(2, 1, 1, 1), objectness, offsets), 2)
    assert found[:, 0].long().bincount().tolist() == [2, 2]
    first = found[found[:, 0] == 0, 1:]
    torch.testing.assert_close(first[0], net.anchors[10].clamp(0, 64))
    assert found[found[:, 0] == 1][0, 1:].tolist() == [0, 0, 64, 64]
    assert iou(first, first).triu(1).max() <= 0.7


def test_what_the_head_sees_is_roi_align(net, scenes):
    outputs = net(scenes.images[:2])
    regions = propose(net, outputs)
    features = roi_align(outputs.maps, regions, (PARTS, PARTS), 0.25, 1, True)
    hidden = net.head(features)
    logits, offsets = net.look(outputs.maps, regions)
    torch.testing.assert_close(logits, net.classes(hidden))
    torch.testing.assert_close(offsets.flatten(1), net.corrections(hidden))


def test_an_anchor_reads_the_numbers_of_its_cell(net, scenes):
    outputs = net(scenes.images[:1])
    hidden = net.rpn(outputs.maps)
    row, column, number = 5, 9, 2
    place = (row * 16 + column) * 4 + number
    assert outputs.objectness[0, place] == net.objectness(hidden)[0, number, row, column]
    own = net.offsets(hidden)[0, 4 * number : 4 * number + 4, row, column]
    assert torch.equal(outputs.offsets[0, place], own)
    middle = (net.anchors[place, :2] + net.anchors[place, 2:]) / 2
    assert middle.tolist() == [4 * 9.5, 4 * 5.5]


def test_results_have_scores_classes_and_boxes_in_the_picture(net, scenes):
    for record in results(net, scenes.images[:3], score=0.0):
        boxes, scores, labels = (record[name] for name in ("boxes", "scores", "labels"))
        assert len(boxes) == len(scores) == len(labels) > 0
        assert (scores.diff() <= 0).all() and boxes.min() >= 0 and boxes.max() <= 64
        assert set(labels.tolist()) <= set(range(10))
    assert not len(results(net, scenes.images[:1], score=1.0)[0]["boxes"])
    first, second = results(net, scenes.images[:2])
    alone = results(net, scenes.images[1:2])[0]
    torch.testing.assert_close(second["boxes"], alone["boxes"])


def test_the_loss_reaches_each_parameter_and_counts_what_is_there(scenes):
    seeded(0)
    net = TwoStage()
    boxes, classes = scenes.padded()
    loss = two_stage_loss(net)(net(scenes.images), boxes, classes)
    loss.backward()
    assert all(parameter.grad.abs().sum() > 0 for parameter in net.parameters())
    empty = load_scenes(3, objects=(1, 1))
    none = torch.zeros(3, 1, 4), torch.full((3, 1), -1)
    assert two_stage_loss(net)(net(empty.images), *none).isfinite()


def test_a_short_training_finds_large_objects_and_is_repeatable():
    scenes = load_scenes(96, objects=(1, 2), classes=(0, 1), texture=False)
    net, history = trained_two_stage(scenes, epochs=6)
    again = trained_two_stage(scenes, epochs=6)[1]
    assert history.train_loss == again.train_loss
    assert history.train_loss[-1] < 0.6 * history.train_loss[0]
    assert held_out(detector(net), scenes).at(0.5) > 0.3
