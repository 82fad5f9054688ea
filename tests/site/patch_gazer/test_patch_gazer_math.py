"""The net in the browser, against torch."""

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.repro import seeded
from utils.sequences.vision_transformer import cut, shuffled
from utils.widgets.patch_gazer import POSITIONS
from utils.widgets.patch_gazer.network import HEADS, net_of, unpacked, with_positions

RUN = """(module, [net, pixels, state]) => module.looked(net, pixels, state)"""


def numbers(rows):
    return torch.tensor(rows, dtype=torch.float64)


def rows_of(net):
    """The weights as the browser has them, not rounded."""
    state = net.state_dict()
    return {name: (part[0] if part.ndim == 3 else part).tolist() for name, part in state.items()}


def random_net(seed, scale):
    seeded(seed)
    net = net_of().double()
    for part in net.parameters():
        torch.nn.init.normal_(part, std=scale)
    return net


@pytest.mark.parametrize("positions", POSITIONS)
def test_weights_and_probabilities_are_those_of_torch(open_module, positions):
    module = open_module("patch_gazer/math")
    for seed, net in enumerate((unpacked(), random_net(1, 0.2), random_net(2, 0.6))):
        generator = seeded(seed)
        picture = torch.rand(1, 1, 28, 28, generator=generator, dtype=torch.float64)
        for order in (torch.arange(49), torch.randperm(49, generator=generator)):
            state = {"order": order.tolist(), "positions": positions, "heads": HEADS}
            given = [rows_of(net), picture.flatten().tolist(), state]
            found = module.evaluate(RUN, given)
            other = net_of().double()
            other.load_state_dict(net.state_dict())
            travels = order if positions == "of the patches" else None
            with_positions(other, none=positions == "none", order=travels)
            image = shuffled(picture, 4, order)
            assert_same(numbers(found["weights"]), other.weights(image)[:, 0], atol=1e-9)
            with torch.no_grad():
                wanted = other(image)[0].softmax(0)
            assert_same(numbers(found["probabilities"]), wanted, atol=1e-9)


def test_norm_and_softmax(open_module):
    module = open_module("patch_gazer/math")
    row, weight, bias = (torch.randn(24, generator=seeded(s)).double() for s in range(3))
    for scale in (1.0, 1e-3, 0.0):
        wanted = F.layer_norm(scale * row, (24,), weight, bias, eps=1e-6)
        (found,) = module.call_each(
            [("layerNorm", (scale * row).tolist(), weight.tolist(), bias.tolist())]
        )
        assert_same(numbers(found), wanted, atol=1e-12)
    (found,) = module.call_each([("softmax", [1000.0, 1001.0, 0.0])])
    assert_same(numbers(found), numbers([1000, 1001, 0]).softmax(0), atol=1e-12)


def test_patches_are_cut_as_in_python(open_module):
    picture = torch.rand(1, 1, 28, 28, generator=seeded(4), dtype=torch.float64)
    (found,) = open_module("patch_gazer/math").call_each([("cut", picture.flatten().tolist())])
    assert torch.equal(numbers(found), cut(picture, 4)[0])


def test_arrow_keys_walk_over_the_tokens(open_module):
    far = float("inf")
    steps = {
        (0, 0, 1): 22,  # from the class token into the middle row
        (0, 0, -1): 0,
        (0, 1, 0): 0,
        (22, 0, -1): 0,
        (1, 0, -1): 0,
        (1, 0, 1): 2,
        (7, 0, 1): 7,
        (1, -1, 0): 1,
        (1, 1, 0): 8,
        (49, 1, 0): 49,
        (30, -1, 0): 23,
        (30, 0, -far): 0,
        (30, 0, far): 49,
    }
    calls = [("moved", *step) for step in steps]
    assert open_module("patch_gazer/math").call_each(calls) == list(steps.values())
    assert open_module("patch_gazer/math").call("largest", [1, 3, 3]) == 1
