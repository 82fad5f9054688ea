"""Patches and the vision transformer of utils, against torch and torchvision."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torchvision.models.vision_transformer import EncoderBlock
from torchvision.models.vision_transformer import VisionTransformer as TheirVisionTransformer

from utils.checks import assert_same
from utils.repro import seeded
from utils.sequences.torchvision_names import block_state, net_names, net_state
from utils.sequences.transformer import Block
from utils.sequences.vision_transformer import (
    EPS,
    VisionTransformer,
    cut,
    joined,
    rollout,
    shuffled,
)


def draw(*shape):
    return torch.randn(shape, dtype=torch.float64)


@pytest.mark.parametrize(
    ("shape", "side"),
    [((2, 3, 8, 8), 2), ((1, 1, 6, 9), 3), ((3, 2, 4, 4), 1), ((1, 2, 5, 5), 5)],
)
def test_patches_are_those_of_unfold_and_go_back(shape, side):
    seeded(0)
    images = draw(*shape)
    patches = cut(images, side)
    assert torch.equal(patches, F.unfold(images, side, stride=side).mT)
    if shape[2] == shape[3]:
        assert torch.equal(joined(patches, side, channels=shape[1]), images)


def test_patches_that_do_not_fill_a_picture_are_refused():
    for shape, side in (((1, 1, 8, 9), 4), ((1, 1, 9, 8), 4)):
        with pytest.raises(ValueError, match="do not fill"):
            cut(torch.zeros(shape), side)
    with pytest.raises(ValueError, match="do not make a square"):
        joined(torch.zeros(1, 6, 4), 2)
    with pytest.raises(ValueError, match="do not fill a side of 10"):
        VisionTransformer(10, 4)


def test_shuffling_moves_whole_patches():
    seeded(1)
    images, order = draw(2, 3, 6, 6), torch.tensor([3, 0, 8, 1, 7, 2, 6, 4, 5])
    moved = shuffled(images, 2, order)
    assert torch.equal(cut(moved, 2), cut(images, 2)[:, order])
    assert torch.equal(moved[:, :, :2, :2], images[:, :, 2:4, :2])


@pytest.mark.parametrize(
    ("side", "patch", "width", "heads", "blocks"), [(8, 2, 12, 3, 2), (6, 6, 4, 1, 1)]
)
def test_the_net_is_torchvisions(side, patch, width, heads, blocks):
    seeded(2)
    options = {"width": width, "heads": heads, "blocks": blocks}
    net = VisionTransformer(side, patch, channels=3, classes=5, **options).double()
    theirs = TheirVisionTransformer(
        side, patch, blocks, heads, width, 2 * width, num_classes=5
    ).double()
    for parameter in net.parameters():
        nn.init.normal_(parameter)
    theirs.load_state_dict(net_state(net))
    images = [draw(2, 3, side, side).requires_grad_()]
    images += [images[0].detach().clone().requires_grad_()]
    outs = net(images[0]), theirs(images[1])
    assert_same(*outs)
    for out in outs:
        out.square().sum().backward()
    assert_same(images[0].grad, images[1].grad)
    own = {name: parameter.grad for name, parameter in net.named_parameters()}
    slopes = net_names(own, blocks, patch)
    for name, parameter in theirs.named_parameters():
        assert_same(slopes[name], parameter.grad)


def test_what_torchvision_has_no_names_for_is_refused():
    for block in (Block(4, 2, pre_norm=False), Block(4, 2, cross=True)):
        with pytest.raises(ValueError, match="norms in front and no cross"):
            block_state(block)
    with pytest.raises(ValueError, match="positions=True"):
        net_state(VisionTransformer(4, 2, width=4, heads=1, positions=False))


@pytest.mark.parametrize(("width", "heads", "length"), [(12, 3, 5), (4, 4, 1)])
def test_the_block_is_torchvisions(width, heads, length):
    seeded(8)
    block = Block(width, heads, ratio=3, eps=EPS).double()
    theirs = EncoderBlock(heads, width, 3 * width, 0.0, 0.0).double()
    theirs.load_state_dict(block_state(block))
    x = draw(2, length, width)
    assert_same(block(x), theirs(x))


def test_the_first_weights():
    seeded(3)
    net = VisionTransformer(16, 4)
    assert sum(p.numel() for p in net.parameters()) == 10_882
    assert not net.class_token.any() and abs(net.positions.std() - 0.02) < 0.003
    bag = VisionTransformer(16, 4, positions=False)
    assert bag.positions is None
    assert sum(p.numel() for p in bag.parameters()) == 10_882 - 17 * 24
    assert {norm.eps for norm in net.modules() if isinstance(norm, nn.LayerNorm)} == {EPS}


def test_without_positions_the_order_of_patches_is_nothing():
    seeded(4)
    images, order = draw(3, 1, 16, 16), torch.randperm(16)
    for positions in (False, True):
        net = VisionTransformer(16, 4, positions=positions).double()
        moved = net(shuffled(images, 4, order))
        assert torch.allclose(moved, net(images)) != positions
        if positions:  # positions that travel with their patches
            places = torch.cat([torch.zeros(1).long(), order + 1])
            net.positions = nn.Parameter(net.positions[:, places])
            before = net.positions[:, places.argsort()]
            travelled = net(shuffled(images, 4, order))
            net.positions = nn.Parameter(before)
            assert_same(travelled, net(images))


def test_weights_are_those_of_the_blocks():
    seeded(5)
    net, images = VisionTransformer(8, 2, width=8, heads=2, blocks=3).double(), draw(2, 1, 8, 8)
    found = net.weights(images)
    assert found.shape == (3, 2, 2, 17, 17) and not found.requires_grad
    assert_same(found.sum(-1), torch.ones(3, 2, 2, 17).double())
    x = net.tokens(images)
    for block, weights in zip(net.blocks, found, strict=True):
        heads, q = block.attention, block.attention_norm(x)
        fetched = weights @ heads.value(q).unflatten(-1, (2, 4)).transpose(1, 2)
        x = x + heads.out(fetched.transpose(1, 2).flatten(2))
        x = x + block.feed_forward(block.feed_forward_norm(x))
    assert_same(net.head(net.norm(x[:, 0])), net(images))


@pytest.mark.parametrize("blocks", [1, 2, 4])
def test_rollout_is_the_slope_of_a_net_that_only_mixes(blocks):
    seeded(6)
    weights = draw(blocks, 3, 5, 5).softmax(-1)

    def mixed(x):
        for heads in weights:
            x = (x + heads.mean(0) @ x) / 2
        return x

    slope = torch.autograd.functional.jacobian(mixed, draw(5))
    assert_same(rollout(weights), slope)
    assert_same(rollout(weights).sum(-1), torch.ones(5).double())


def test_rollout_takes_a_batch():
    seeded(7)
    weights = draw(2, 4, 3, 5, 5).softmax(-1)
    each = [rollout(weights[:, index]) for index in range(4)]
    assert_same(rollout(weights), torch.stack(each))
    assert torch.equal(rollout(list(weights)), rollout(weights))
