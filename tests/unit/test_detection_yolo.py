import pytest
import torch

from tools.train_grid import run, scenes
from utils.data.scenes import load_scenes
from utils.detection.grid import grid_targets, owners
from utils.detection.grid_runs import KINDS, RATES, SCENES, SEEDS, runs, stored
from utils.detection.training import held_out
from utils.detection.yolo import FirstYolo, GridNet, LaterYolo, train_yolo

SIDE = 8


@pytest.fixture(scope="module")
def few():
    return load_scenes(40, objects=(1, 4), seed=3)


def perfect(kind, target):
    """What a network would say that knows the target, for each kind."""
    if isinstance(kind, FirstYolo):
        out = target.clone()
        for start in range(0, 5 * kind.copies, 5):
            out[..., start + 2 : start + 4] = target[..., start + 2 : start + 4].sqrt()
            out[..., start + 4] *= start == 0  # of equal boxes the first is responsible
        return out.movedim(-1, 1)
    prior = torch.tensor(kind.prior) / kind.size
    parts = [
        target[..., :2].clamp(1e-4, 1 - 1e-4).logit(),
        (target[..., 2:4] / prior).clamp(min=1e-3).log(),
        20 * target[..., 4:5] - 10,
        20 * target[..., 5:],
    ]
    return torch.cat(parts, -1).movedim(-1, 1)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_perfect_numbers_are_read_as_the_objects_and_cost_nothing(kind, few):
    boxes, classes = few.padded()
    target = kind.targets(boxes, classes, SIDE)
    out = perfect(kind, target)
    assert kind.loss(out, target) < 0.02
    kept = owners(boxes, classes, size=64, side=SIDE).kept
    assert torch.equal(kept, classes >= 0)
    assert held_out(lambda _: kind.read(out), few, batch_size=40).mean > 0.97


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_number_of_a_cell_with_an_object_matters(kind, few):
    target = kind.targets(*few.padded(), SIDE)
    torch.manual_seed(0)
    out = torch.randn(40, kind.net().head.out_channels, SIDE, SIDE).mul(0.3).requires_grad_()
    (slope,) = torch.autograd.grad(kind.loss(out, target), out)
    slope, there = slope.movedim(1, -1), target[..., 4] == 1
    numbers = slope[~there].abs().sum(0) > 0
    copies = getattr(kind, "copies", 1)
    wanted = torch.zeros_like(numbers)
    wanted[4 : 5 * copies : 5] = True  # an empty cell learns silence alone
    assert torch.equal(numbers, wanted)
    assert (slope[there].abs().sum(0) > 0).all()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_pictures_without_objects(kind):
    target = grid_targets(
        torch.zeros(2, 1, 4), torch.full((2, 1), -1), size=64, side=4, num_classes=10, copies=2
    )[..., : kind.net().head.out_channels]
    out = torch.zeros(2, kind.net().head.out_channels, 4, 4, requires_grad=True)
    loss = kind.loss(out, target)
    loss.backward()
    assert loss.isfinite() and out.grad.isfinite().all()


def test_the_responsible_box_is_the_one_with_the_larger_overlap():
    kind = FirstYolo(num_classes=1)
    target = torch.zeros(1, 1, 1, 11)
    target[..., :11] = torch.tensor([0.5, 0.5, 0.25, 0.25, 1, 0.5, 0.5, 0.25, 0.25, 1, 1])
    out = torch.zeros(1, 11, 1, 1)
    out[0, :10, 0, 0] = torch.tensor([0.5, 0.5, 0.25, 0.5, 0.7, 0.5, 0.5, 0.5, 0.5, 0.4])
    # The second fits: (0.4 - 1)²; the first is silent: half of 0.7²; the class: 1.
    torch.testing.assert_close(kind.loss(out, target), torch.tensor(0.36 + 0.245 + 1))


def test_a_network_gives_each_cell_its_numbers_and_confidence():
    net = GridNet(15, confidence=-3.0)
    assert net(torch.zeros(2, 1, 64, 64)).shape == (2, 15, 8, 8)
    assert net.head.bias[4] == -3


def test_training_lowers_the_loss_and_repeats(few):
    kind = LaterYolo()
    target = kind.targets(*few.padded(), SIDE)
    nets = [train_yolo(kind, few, epochs=2, seed=1, widths=(4, 8, 8)) for _ in range(2)]
    pairs = zip(nets[0].state_dict().values(), nets[1].state_dict().values(), strict=True)
    assert all(torch.equal(*pair) for pair in pairs)
    torch.manual_seed(1)
    untrained = kind.net(widths=(4, 8, 8)).eval()
    with torch.no_grad():
        before, after = (kind.loss(net(few.images), target) for net in (untrained, nets[0]))
    assert after < before


def test_all_runs_are_kept_and_looked_up():
    keys = {each[:3] for each in runs()}
    assert len(keys) == len(runs()) == sum(map(len, RATES.values())) * len(SEEDS)
    assert keys == {(k, lr, seed) for k in RATES for lr in RATES[k] for seed in SEEDS}
    some = runs()[-1]
    assert stored(some.kind)(seed=some.seed, lr=some.lr) == (some.validation, some.test)
    assert all(0 < each.strict < each.test < 1 for each in runs())


def test_one_run_can_be_repeated():
    kept = next(each for each in runs() if each[:3] == ("later", 0.02, 1))
    data = scenes()
    assert tuple(map(len, data)) == SCENES
    again = run(*kept[:3], data)
    # Sums in another order, on another processor, change every step a little.
    assert again.test == pytest.approx(kept.test, abs=0.03)
    assert again.strict == pytest.approx(kept.strict, abs=0.04)
