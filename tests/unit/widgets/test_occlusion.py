"""The Python side of the demo."""

import pytest
import torch
import traitlets

from utils.widgets.occlusion import EXAMPLES, PLACES, Occlusion, examples


def test_the_pictures_are_one_of_each_class():
    assert sorted(examples()) == [str(label) for label in range(10)]
    assert len(set(EXAMPLES)) == 10


def test_black_on_black_changes_nothing():
    demo = Occlusion(size=2)
    blank = demo.picture.view(14, 2, 14, 2).amax((1, 3)) == 0
    assert blank.sum() > 10
    assert demo.drops[blank].abs().max() < 1e-12
    demo.fill = 1.0
    assert demo.drops[blank].abs().max() > 1e-6


def test_the_drop_is_what_the_digit_loses_under_the_patch():
    demo = Occlusion(digit="3", size=8, place=(6, 9))
    whole = Occlusion(digit="3", size=2, place=(0, 0))
    lost = whole.probability - demo.probability
    assert demo.drops.shape == (14, 14)
    assert abs(demo.drops[6, 9].item() - lost) < 1e-6
    assert abs(demo.probabilities.sum().item() - 1) < 1e-12
    assert demo.said == demo.probabilities.argmax()


@pytest.mark.parametrize(
    "bad",
    [
        {"digit": "10"},
        {"digit": 6},
        {"size": 3},
        {"fill": 0.3},
        {"place": (14, 0)},
        {"painted": [PLACES]},
        {"painted": [-1]},
    ],
)
def test_what_is_out_of_range_is_refused(bad):
    with pytest.raises(traitlets.TraitError):
        Occlusion(**bad)


def test_it_says_what_it_shows_and_not_each_cell():
    shown = repr(Occlusion(painted=torch.arange(3).tolist()))
    assert shown == "Occlusion(digit='6', place=(7, 7), size=6, fill=0.0, 3 cells painted)"
