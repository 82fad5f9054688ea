"""The Python side of the softmax demo."""

import math

import numpy as np
import pytest
import torch
import traitlets
from torch.nn import functional as F

from utils.checks import assert_gradient, assert_same
from utils.widgets.softmax import PRESETS, Softmax


def double(values):
    return torch.tensor(values, dtype=torch.float64)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_fills_logits_and_class_and_they_name_their_preset(name):
    for demo in (Softmax(preset=name), Softmax(logits=[1] * 5, true_class=4, hinge=True)):
        demo.preset = name
        assert (demo.logits, demo.true_class) == PRESETS[name]
    logits, truth = PRESETS[name]
    assert Softmax(logits=logits, true_class=truth).preset == name
    demo.true_class = 2
    assert demo.preset == "custom"
    assert demo.logits == logits


def test_presets_that_share_their_logits_are_told_apart_by_the_class():
    demo = Softmax(preset="sure and right")
    demo.true_class = 1
    assert demo.preset == "sure and wrong"
    demo.preset = "sure and right"
    assert demo.true_class == 0
    demo.preset = "custom"
    assert demo.logits == PRESETS["sure and right"][0]


def test_logits_and_class_have_the_last_word():
    demo = Softmax(preset="a tie", logits=[1, 2, 3, 4])
    assert (demo.preset, demo.logits, demo.true_class) == ("custom", (1.0, 2.0, 3.0, 4.0), 0)
    assert Softmax(preset="sure and wrong", true_class=0).preset == "sure and right"
    assert Softmax(logits=[0] * 5, true_class=4).true_class == 4


def test_with_fewer_classes_the_true_one_becomes_the_last():
    demo = Softmax(logits=[0, 1, 2, 3, 4], true_class=4)
    demo.logits = [0, 1, 2]
    assert demo.true_class == 2
    with pytest.raises(traitlets.TraitError, match="an index of the 3 logits, got 3"):
        demo.true_class = 3
    assert demo.true_class == 2


@pytest.mark.parametrize(
    "given", [(1, 2, -3), np.array([1, 2, -3]), torch.tensor([1.0, 2.0, -3.0])], ids=str
)
def test_logits_are_taken_from_sequences_arrays_and_tensors(given):
    assert Softmax(logits=given).logits == (1.0, 2.0, -3.0)


BAD = [[], [1, 2], [0] * 6, [[1, 2, 3]], [0, 0, 6.1], [0, 0, math.nan], [0, 0, -math.inf]]


@pytest.mark.parametrize("bad", [*BAD, "abc", None, 3])
def test_other_logits_are_refused_with_the_bounds(bad):
    demo = Softmax()
    with pytest.raises(traitlets.TraitError, match="3 to 5 numbers from -6 to 6, got"):
        demo.logits = bad
    assert demo.logits == (2.0, 1.0, 0.0)


@pytest.mark.parametrize(
    "bad",
    [{"temperature": value} for value in (0, 0.09, 10.1, -1, math.nan, math.inf)]
    + [{"true_class": value} for value in (-1, 3, 5, 0.5)]
    + [{"offset": value} for value in (1, 999, -1000)],
)
def test_other_settings_have_bounds_too(bad):
    with pytest.raises(traitlets.TraitError):
        Softmax(**bad)


SETTINGS = [
    {"logits": logits, "true_class": truth, "temperature": temperature}
    for logits in ([2.5, -1, 0.25], [0, 0, 0, 0], [6, -6, 1.5, 1, 6])
    for truth in (0, 2)
    for temperature in (0.1, 1.0, 4.0)
]


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("offset", [0, 1000])
def test_every_property_is_that_of_the_definition(setting, offset):
    demo = Softmax(offset=offset, **setting)
    logits, truth, heat = double(setting["logits"]), demo.true_class, demo.temperature
    assert_same(demo.scores, logits + offset)
    p = torch.softmax(logits / heat, dim=0)
    assert_same(demo.probabilities, p, atol=1e-11)
    assert demo.loss == pytest.approx(-torch.log_softmax(logits / heat, 0)[truth].item())
    one_hot = F.one_hot(torch.tensor(truth), len(logits))
    assert_same(demo.gradient, (p - one_hot) / heat, atol=1e-10)
    theirs = len(logits) * F.multi_margin_loss(logits, torch.tensor(truth))
    assert demo.hinge_loss == pytest.approx(theirs.item())
    assert demo.hinge_gradient.sum() == 0
    assert demo.lead == logits[truth] - logits[one_hot == 0].max()


def test_the_gradient_at_a_temperature_is_proved_by_finite_differences():
    demo = Softmax(logits=[1, -2, 0.5], true_class=1, temperature=2.5)

    def loss(logits):
        return F.cross_entropy(logits / 2.5, torch.tensor(1))

    assert_gradient(loss, demo.scores, demo.gradient)


def test_hinge_rests_at_a_lead_of_one_however_it_is_rounded():
    for tenths in range(-50, 60):
        for offset in (0, 1000):
            logits = [tenths / 10, (tenths - 10) / 10, -6]
            demo = Softmax(logits=logits, offset=offset)
            assert demo.hinge_gradient[1] == 0, logits
    demo = Softmax(logits=[0.9, 0, -6])
    assert demo.hinge_loss == pytest.approx(0.1)
    assert demo.hinge_gradient.tolist() == [-1, 1, 0]
    assert demo.gradient[0] < 0 < demo.gradient[2]


def test_the_presets_are_what_their_names_say():
    demos = {name: Softmax(preset=name) for name in PRESETS}
    untrained = demos["untrained"]
    assert untrained.loss == pytest.approx(math.log(len(untrained.logits)))
    right, wrong = demos["sure and right"], demos["sure and wrong"]
    assert right.probabilities[right.true_class] > 0.98 > 0.02 > wrong.probabilities[1]
    assert right.hinge_loss == 0 < right.loss < 0.01 < 5 < wrong.loss
    assert demos["a tie"].lead == 0
    assert 0 < demos["two close"].lead < 1
    assert demos["steps of one"].lead == 1


def test_the_controls_and_what_travels_beside_them():
    names = ["hinge", "logits", "offset", "preset", "temperature", "true_class"]
    assert Softmax.controls() == names
    assert Softmax().asset_values() == {"presets": PRESETS}
    with pytest.raises(traitlets.TraitError):
        Softmax().presets = {}
    with pytest.raises(TypeError, match="no control 'scale'"):
        Softmax(scale=1)
