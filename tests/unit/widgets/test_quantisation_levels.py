"""The Python side of the demo: its net, its levels, and what is right."""

import base64
import json

import pytest
import torch
import traitlets

from utils.data.images import load_images
from utils.quantisation import fit_levels
from utils.widgets.quantisation_levels import QuantisationLevels
from utils.widgets.quantisation_levels.network import unpacked

MODES = [
    {"per_row": per_row, "affine": affine} for per_row in (False, True) for affine in (False, True)
]


def test_it_opens_where_bits_are_missed():
    demo = QuantisationLevels()
    assert demo.bits == 3 and demo.right < demo.right_of_floats - 20


@pytest.mark.parametrize("mode", MODES)
def test_eight_bits_lose_next_to_nothing(mode):
    demo = QuantisationLevels(bits=8, **mode)
    assert abs(demo.right - demo.right_of_floats) <= 3
    assert demo.error < 0.02


def test_the_task_needs_both_switches():
    right = [QuantisationLevels(bits=2, **mode).right for mode in MODES]
    assert [count >= 300 for count in right] == [False, False, False, True]


@pytest.mark.parametrize("mode", MODES)
def test_levels_are_those_of_the_book(mode):
    demo, weight = QuantisationLevels(bits=3, **mode), unpacked()[0].weight.detach()
    scale, zero = demo.levels
    assert scale.shape == zero.shape == (12,)
    assert (len(set(scale.tolist())) > 1) == mode["per_row"]
    assert zero.any() == mode["affine"]
    first = -3 if not mode["affine"] else 0
    q = demo.rounded / scale[:, None] + zero[:, None]
    assert torch.allclose(q, q.round(), atol=1e-9) and q.min() >= first - 1e-9
    assert q.max() <= first + (7 if mode["affine"] else 6) + 1e-9
    assert ((demo.rounded - weight).abs() <= scale[:, None] / 2 + 1e-9).all()
    wanted = (demo.rounded - weight).square().mean().sqrt().item()
    assert demo.error == pytest.approx(wanted)
    options = {"symmetric": not mode["affine"], "per_channel": mode["per_row"]}
    assert torch.equal(fit_levels(weight, 3, **options)[0].flatten().expand(12), scale)


def test_bytes_count_weights_biases_and_levels():
    weights, biases = 12 * 64 + 10 * 12, 4 * 22
    assert QuantisationLevels(bits=4).bytes == weights / 2 + biases + 2 * 4
    assert QuantisationLevels(bits=4, affine=True).bytes == weights / 2 + biases + 2 * 5
    both = QuantisationLevels(bits=8, affine=True, per_row=True)
    assert both.bytes == weights + biases + 22 * 5


def test_what_the_website_carries():
    carried = QuantisationLevels().asset_values()
    assert len(json.dumps(carried)) < 45_000
    digits = load_images("digits")
    ink = torch.tensor(list(base64.b64decode(carried["images"]["ink"])))
    assert torch.equal(ink.view(360, 1, 8, 8) / 16, digits.test_images)
    assert [int(label) for label in carried["images"]["labels"]] == digits.test_labels.tolist()


@pytest.mark.parametrize(
    "bad", [{"bits": 1}, {"bits": 9}, {"bits": 2.5}, {"row": 12}, {"row": -2}, {"affine": "yes"}]
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(traitlets.TraitError):
        QuantisationLevels(**bad)
