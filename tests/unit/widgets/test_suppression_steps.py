"""The Python side of the demo: its scene, and what it keeps."""

import json

import pytest
import torch
import traitlets

from utils.boxes.overlap import iou
from utils.widgets.suppression_steps import BOXES, SuppressionSteps
from utils.widgets.suppression_steps.crowd import HEIGHT, WIDTH, crowd


def owners(**state):
    """The digits of the boxes that are kept."""
    return crowd().digits[SuppressionSteps(**state).kept - 1].tolist()


def test_the_scene_has_boxes_by_falling_score_within_the_picture():
    found = crowd()
    assert found.picture.shape == (HEIGHT, WIDTH)
    assert len(found.boxes) == BOXES == len(found.scores.unique())
    assert torch.equal(found.scores, found.scores.sort(descending=True).values)
    assert (found.boxes >= 0).all()
    assert (found.boxes[:, 2:] <= torch.tensor([WIDTH, HEIGHT])).all()
    assert torch.equal(found.boxes, found.boxes.round())
    best = iou(found.boxes, found.truth).max(dim=1)
    assert torch.equal(found.digits, best.indices.where(best.values >= 0.5, -1))


def test_no_overlap_lies_at_a_threshold_that_the_slider_offers():
    table = iou(crowd().boxes, crowd().boxes).triu(1)
    twentieths = 20 * table[table > 0]
    assert (twentieths - twentieths.round()).abs().min() > 0.005


def test_true_boxes_are_tight_around_bright_ink():
    found = crowd()
    for left, top, right, bottom in found.truth.long().tolist():
        inside = found.picture[top:bottom, left:right]
        assert all(
            edge.max() >= 0.4 for edge in (inside[0], inside[-1], inside[:, 0], inside[:, -1])
        )


def test_both_thresholds_matter():
    one_each = {"iou_threshold": 0.5, "score_threshold": 0.35}
    assert sorted(owners(**one_each)) == [0, 1, 2, 3, 4]
    assert -1 in owners(**{**one_each, "score_threshold": 0.1})
    assert len(set(owners(**{**one_each, "iou_threshold": 0.3}))) < 5
    doubles = owners(**{**one_each, "iou_threshold": 0.7})
    assert len(doubles) > len(set(doubles))


def test_the_opening_is_in_the_middle_of_the_story():
    demo = SuppressionSteps()
    assert 0 < demo.step < len(demo.kept)


def test_what_the_website_carries_is_small():
    assert len(json.dumps(SuppressionSteps().asset_values())) < 15_000


@pytest.mark.parametrize(
    "bad", [{"iou_threshold": 0}, {"score_threshold": 1.0}, {"step": 15}, {"step": 1.5}]
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        SuppressionSteps(**bad)
