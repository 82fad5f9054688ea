"""The command that trains the network of the class maps."""

import torch

from tools.train_nin import folded, normed, scenes
from utils.repro import seeded
from utils.widgets.class_maps.network import DIGIT, nin


def test_a_scene_has_one_digit_or_two_that_do_not_touch():
    digits, labels = torch.ones(40, 1, DIGIT, DIGIT), torch.arange(40) % 10
    for side in (20, 32, 48):
        pictures, shares = scenes(digits, labels, side, seeded(0))
        assert pictures.shape == (40, 1, side, side) and pictures.max() == 1
        assert torch.equal(shares.sum(1), torch.ones(40))
        counts = (shares > 0).sum(1)
        assert torch.equal(pictures.sum((1, 2, 3)), counts * DIGIT**2.0)
        assert shares.gather(1, labels[:, None]).min() >= 0.5
        assert (counts == 2).any() == (side >= 2 * DIGIT)


def test_folding_leaves_the_answers_as_they_are():
    seeded(1)
    net = normed(nin())
    x = torch.rand(8, 1, 24, 24)
    for _ in range(3):
        net(x)
    net.eval()
    with torch.no_grad():
        wanted = net(x)
    one = folded(net)
    assert [type(a) for a in one] == [type(b) for b in nin()]
    assert torch.allclose(one(x), wanted, atol=1e-4)
