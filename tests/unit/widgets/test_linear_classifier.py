"""The Python side of the linear classifier in the plane."""

import math
from functools import partial

import numpy as np
import pytest
import torch
import traitlets
from sklearn.svm import LinearSVC
from widget_checks import assert_refused

from utils.checks import assert_same, numerical_gradient
from utils.widgets.linear_classifier import BOUND, OPEN, PRESETS, START, LinearClassifier


def trained(preset, steps=400, **settings):
    demo = LinearClassifier(preset=preset, **settings)
    for _ in range(steps):
        demo.step()
    return demo


def test_every_preset_has_fifteen_points_of_three_classes_on_the_plane():
    for name in PRESETS:
        demo = LinearClassifier(preset=name)
        assert demo.points.shape == (15, 2)
        assert demo.points.abs().max() < BOUND
        assert set(demo.labels.tolist()) == {0, 1, 2}
        assert len({tuple(point) for point in demo.points.tolist()}) == 15


def test_the_presets_are_what_their_names_say():
    assert trained("separable", lr=0.2, decay=0).data_loss == 0
    for name in ("overlapping", "one class in the middle"):
        points, labels = LinearClassifier(preset=name).points, LinearClassifier(preset=name).labels
        best = LinearSVC(C=100, max_iter=20_000, random_state=0).fit(points, labels)
        assert best.score(points, labels) < 1
        assert trained(name).accuracy < 1


def test_the_class_in_the_middle_lies_between_points_of_another():
    points = PRESETS["one class in the middle"]
    ends = [(x, y) for x, y, label in points if label == 0]
    assert {(-3.0, -1.0), (3.0, -1.0)} <= set(ends)
    assert (0.0, -1.0, 1) in points  # halfway: no convex region can hold both ends and not it


@pytest.mark.parametrize("kind", ["hinge", "cross-entropy"])
@pytest.mark.parametrize("lr", [0.01, 0.05, 0.2, 1])
def test_a_hand_gets_more_right_than_training_where_one_class_lies_in_the_middle(kind, lr):
    # The task of the demo: three arrows that give up one side of class A.
    hand = LinearClassifier(preset="one class in the middle", kind=kind, lr=lr)
    hand.weights = [[2, 0], [0, -2.5], [0, 2]]
    assert round(15 * hand.accuracy) == 12
    for decay in (0, 0.01, 0.3):
        machine = LinearClassifier(preset="one class in the middle", kind=kind, lr=lr, decay=decay)
        for _ in range(200):
            machine.step()
        assert round(15 * machine.accuracy) < 12
        assert machine.data_loss < hand.data_loss


def test_a_preset_goes_back_to_the_start_and_given_weights_have_the_last_word():
    demo = LinearClassifier(weights=np.ones((3, 2)), biases=torch.ones(3), steps=4)
    assert (demo.weights, demo.biases) == (((1.0, 1.0),) * 3, (1.0, 1.0, 1.0))
    assert demo.steps == 4
    demo.preset = "overlapping"
    assert (demo.weights, demo.biases, demo.steps) == (START["weights"], START["biases"], 0)
    both = LinearClassifier(preset="overlapping", biases=[1, 2, 3])
    assert both.biases == (1.0, 2.0, 3.0)
    assert both.weights == START["weights"]


@pytest.mark.parametrize(
    ("name", "bad", "message"),
    [
        ("weights", [[0, 0], [0, 0]], "weights must be 3×2 numbers from -4 to 4"),
        ("weights", [[0, 0], [0, 0], [0, 4.1]], "weights must be 3×2 numbers"),
        ("weights", [[0, 0], [0, 0], [0, math.nan]], "weights must be 3×2 numbers"),
        ("weights", [[0, 0], [0], [0, 0]], "weights must be 3×2 numbers"),
        ("weights", "abc", "weights must be 3×2 numbers"),
        ("biases", [0, 0], "biases must be 3 numbers from -4 to 4"),
        ("biases", [0, 0, math.inf], "biases must be 3 numbers"),
        ("biases", None, "biases must be 3 numbers"),
        ("kind", "softmax", "kind"),
        ("preset", "custom", "preset"),
        ("decay", -0.1, "decay"),
        ("decay", 1.1, "decay"),
        ("decay", math.nan, "decay must be a number, got NaN"),
        ("lr", 0, "lr"),
        ("lr", 2, "lr"),
        ("lr", math.nan, "lr must be a number, got NaN"),
        ("selected", 15, "selected"),
        ("selected", -1, "selected"),
        ("steps", -1, "steps"),
    ],
)
def test_what_lies_outside_the_bounds_is_refused(name, bad, message):
    assert_refused(LinearClassifier(), name, bad, message)


def loss_at(demo, table):
    given = {"weights": table[:, :2], "biases": table[:, 2]}
    return torch.tensor(LinearClassifier(**(demo.state() | given)).loss, dtype=torch.float64)


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("kind", ["hinge", "cross-entropy"])
def test_losses_and_gradients_are_those_of_the_definitions(preset, kind):
    generator = torch.Generator().manual_seed(1)
    demo = LinearClassifier(preset=preset, kind=kind, decay=0.3)
    for _ in range(5):
        demo.weights = 4 * torch.rand(3, 2, generator=generator) - 2
        demo.biases = 4 * torch.rand(3, generator=generator) - 2
        total = 0.0
        for point, label in zip(demo.points.numpy(), demo.labels.tolist(), strict=True):
            scores = np.array(demo.weights) @ point + np.array(demo.biases)
            if kind == "hinge":
                others = np.delete(scores, label)
                total += np.maximum(0, others - scores[label] + 1).sum()
            else:
                total += np.log(np.exp(scores).sum()) - scores[label]
        assert demo.data_loss == pytest.approx(total / 15)
        assert demo.penalty == pytest.approx(0.15 * (np.array(demo.weights) ** 2).sum())
        assert demo.loss == pytest.approx(demo.data_loss + demo.penalty)
        rows = [[*row, bias] for row, bias in zip(demo.weights, demo.biases, strict=True)]
        weights, biases = demo.gradient
        ours = torch.cat([weights, biases[:, None]], dim=1)
        at = torch.tensor(rows, dtype=torch.float64)
        theirs = numerical_gradient(partial(loss_at, demo), at)
        assert_same(ours, theirs, rtol=1e-5, atol=1e-5)


def test_a_step_goes_against_the_gradient_and_stops_at_the_bound():
    demo = LinearClassifier(lr=0.1)
    weights, biases = demo.gradient
    wanted = torch.tensor(demo.weights, dtype=torch.float64) - 0.1 * weights
    before = demo.loss
    demo.step()
    assert_same(torch.tensor(demo.weights, dtype=torch.float64), wanted)
    assert_same(torch.tensor(demo.biases, dtype=torch.float64), -0.1 * biases)
    assert demo.loss < before
    assert demo.steps == 1
    wild = trained("separable", steps=1, lr=1, weights=[[4, -4], [-4, 4], [4, 4]])
    assert max(abs(value) for row in wild.weights for value in row) == BOUND


def test_it_opens_in_the_midst_of_a_training():
    opened, begun = LinearClassifier(), LinearClassifier(**START)
    assert begun.steps == 0
    for _ in range(OPEN["steps"]):
        begun.step()
    assert opened.steps == begun.steps
    assert_same(torch.tensor(opened.weights), torch.tensor(begun.weights), atol=5.1e-5)
    assert_same(torch.tensor(opened.biases), torch.tensor(begun.biases), atol=5.1e-5)


def test_restart_takes_back_what_training_did():
    demo = trained("overlapping", steps=3)
    demo.restart()
    assert (demo.weights, demo.biases, demo.steps) == (START["weights"], START["biases"], 0)


def test_points_and_start_travel_beside_the_module_and_are_no_controls():
    demo = LinearClassifier()
    names = ["biases", "decay", "kind", "lr", "preset", "selected", "steps", "weights"]
    assert sorted(LinearClassifier.controls()) == names
    assert demo.asset_values() == {"presets": PRESETS, "start": START}
    with pytest.raises(traitlets.TraitError):
        demo.presets = {}
