import pytest
import torch
import torch.nn.functional as F

from utils.data.scenes import load_scenes
from utils.repro import seeded
from utils.segmentation.losses import both_losses, dice_loss, soft_dice
from utils.segmentation.training import train_segmenter
from utils.segmentation.unet import UNet, WithoutSkips


def net(classes=3, **settings):
    seeded(0)
    return UNet(classes, (4, 6, 8), **settings).eval()


@pytest.mark.parametrize(("sides", "c_in"), [((16, 16), 1), ((4, 20), 3), ((8, 12), 2)])
def test_a_mask_is_as_large_as_the_picture(sides, c_in):
    assert net(c_in=c_in)(torch.rand(2, c_in, *sides)).shape == (2, 3, *sides)


def test_the_maps_go_down_and_up_again():
    shapes = [tuple(part.shape[1:]) for part in net().features(torch.rand(1, 1, 16, 24))]
    assert shapes == [(4, 16, 24), (6, 8, 12), (8, 4, 6), (6, 8, 12), (4, 16, 24)]


def test_a_block_has_as_many_convolutions_as_asked_for():
    count = [sum(isinstance(m, torch.nn.Conv2d) for m in net(convs=n).modules()) for n in (1, 2)]
    assert count == [6, 11]  # five blocks and the head


def test_it_is_the_net_written_out():
    one, x = net(), torch.rand(2, 1, 8, 8)
    a = one.down[0](x)
    b = one.down[1](F.max_pool2d(a, 2))
    c = one.down[2](F.max_pool2d(b, 2))
    d = one.join[1](torch.cat([b, one.up[1](c)], 1))
    e = one.join[0](torch.cat([a, one.up[0](d)], 1))
    assert torch.equal(one(x), one.head(e))
    cut = one.join[0](torch.cat([0 * a, one.up[0](d)], 1))
    assert torch.equal(one(x, [False, True]), one.head(cut))
    assert torch.equal(WithoutSkips(one, [False, True])(x), one.head(cut))
    assert not torch.equal(one(x, [True, False]), one.head(cut))


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="multiples of 4"):
        net()(torch.rand(1, 1, 8, 10))
    with pytest.raises(ValueError, match="multiples of 4"):
        net()(torch.rand(1, 1, 0, 8))
    with pytest.raises(ValueError, match="2 skips"):
        net()(torch.rand(1, 1, 8, 8), [True])
    with pytest.raises(ValueError, match="two levels"):
        UNet(3, (8,))


def test_soft_dice_of_hard_masks_is_dice():
    truth = torch.tensor([[1, 0], [0, 2]])
    found = torch.tensor([[1, 1], [0, 2]])
    one_hot = [F.one_hot(m, 4).movedim(-1, 0)[None].double() for m in (found, truth)]
    score = soft_dice(*one_hot, smooth=0)
    assert score[:3].tolist() == pytest.approx([2 / 3, 2 / 3, 1])
    assert score[3].isnan()
    assert soft_dice(*one_hot)[3] == 1
    assert soft_dice(*one_hot, smooth=2).tolist() == pytest.approx([4 / 5, 4 / 5, 1, 1])


def test_each_picture_may_be_scored_by_itself():
    draw = torch.rand(2, 3, 2, 4, 5, generator=seeded(0))
    shares, truth = draw[0], (draw[1] > 0.5).float()
    alone = torch.stack([soft_dice(p[None], t[None]) for p, t in zip(shares, truth, strict=True)])
    torch.testing.assert_close(soft_dice(shares, truth, each=True), alone)
    assert not torch.allclose(soft_dice(shares, truth), alone.mean(0))


def test_soft_dice_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match=r"got \(1, 2, 3, 3\) and \(1, 3, 3\)"):
        soft_dice(torch.rand(1, 2, 3, 3), torch.rand(1, 3, 3))
    with pytest.raises(ValueError, match="negative"):
        soft_dice(torch.rand(1, 2, 3, 3), torch.rand(1, 2, 3, 3), smooth=-1)


def test_the_losses_take_logits_and_classes():
    masks = torch.randint(0, 3, (2, 4, 4), generator=seeded(0))
    sure = 50 * F.one_hot(masks, 3).movedim(-1, 1).float()
    assert dice_loss(sure, masks).item() == pytest.approx(0, abs=1e-6)
    assert dice_loss(-sure, masks) > 0.5
    logits = torch.randn(2, 3, 4, 4, generator=seeded(1))
    truth = F.one_hot(masks, 3).movedim(-1, 1).float()
    torch.testing.assert_close(
        dice_loss(logits, masks), 1 - soft_dice(logits.softmax(1), truth).mean()
    )
    torch.testing.assert_close(
        both_losses(logits, masks), F.cross_entropy(logits, masks) + dice_loss(logits, masks)
    )


def test_adam_in_one_call_and_call_by_call_differ_by_rounding_alone():
    scenes, losses = load_scenes(8, classes=range(2)), []
    for fused in (True, False):
        seeded(0)
        training = {"epochs": 1, "batch_size": 4, "lr": 0.01, "seed": 0, "device": "cpu"}
        history = train_segmenter(UNet(3, (4, 6)), scenes, fused=fused, **training)
        losses.append(history.train_loss[0])
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)
