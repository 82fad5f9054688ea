"""The Python side of the demo: its net, and where it looks."""

import json

import pytest
import torch
import traitlets

from utils.data.images import load_images
from utils.train import evaluate
from utils.widgets.patch_gazer import POSITIONS, PatchGazer
from utils.widgets.patch_gazer.network import (
    ORDER,
    net_of,
    packed,
    packed_state,
    pictures,
    unpacked,
    with_positions,
    without_positions,
)


def test_the_net_reads_digits_with_positions_and_without():
    test = load_images("digits", size=28).test
    net = unpacked().float()
    assert evaluate(net, test) > 0.94
    assert evaluate(without_positions(net), test) > 0.8
    bag = with_positions(unpacked(), none=True).float()
    assert evaluate(bag, test) == evaluate(without_positions(net), test)


def test_weights_are_packed_with_three_decimals():
    net = net_of().double()
    found = packed_state(net)
    for name, values in net.state_dict().items():
        assert torch.allclose(
            torch.tensor(found[name]).flatten(), values.flatten().float(), atol=6e-4
        )
    assert packed_state(unpacked()) == packed()


def test_the_pictures_are_one_of_each_digit():
    assert pictures().shape == (10, 28, 28) and pictures().dtype == torch.uint8
    said = [int(PatchGazer(digit=digit).probabilities.argmax()) for digit in range(10)]
    assert said == list(range(10))


def test_the_gaze_is_a_row_of_the_weights():
    demo = PatchGazer(token=5, layer=2, head=3)
    assert demo.weights.shape == (2, 3, 50, 50)
    assert torch.equal(demo.gaze, demo.weights[1, 2, 5])
    assert torch.allclose(demo.weights.sum(-1), torch.ones(2, 3, 50).double())


def test_shuffling_matters_while_positions_belong_to_the_places():
    assert sorted(ORDER.tolist()) == list(range(49)) and (torch.arange(49) != ORDER).sum() > 40
    for mode in POSITIONS:
        whole, moved = (PatchGazer(positions=mode, shuffle=one) for one in (False, True))
        same = torch.allclose(whole.probabilities, moved.probabilities)
        assert same == (mode != "of the places")
        if same:
            places = torch.cat([torch.zeros(1).long(), ORDER + 1])
            wanted = whole.weights[:, :, places][..., places]
            assert torch.allclose(moved.weights, wanted)


def test_what_the_website_carries_is_small():
    assert len(json.dumps(PatchGazer().net["weights"])) < 100_000
    assert len(json.dumps(PatchGazer().asset_values())) < 105_000


@pytest.mark.parametrize(
    "bad",
    [
        {"digit": 10},
        {"digit": -1},
        {"token": 50},
        {"token": -1},
        {"layer": 0},
        {"layer": 3},
        {"head": 0},
        {"head": 4},
        {"positions": "somewhere"},
        {"shuffle": "yes"},
    ],
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        PatchGazer(**bad)
