import itertools
import statistics

import pytest
import torch
import torch.nn.functional as F

from tools.train_fcn import train
from utils.data.scenes import load_scenes
from utils.segmentation.borders import border, border_and_inside
from utils.segmentation.fcn import FCN, balanced, train_fcn, upsampler
from utils.segmentation.skips import RATES, SEEDS, SKIPS, found
from utils.segmentation.training import score


@pytest.mark.parametrize("skips", [0, 1, 2])
def test_logits_are_enlarged_and_added_scores(skips: int) -> None:
    torch.manual_seed(0)
    net, x = FCN(skips).eval(), torch.rand(2, 1, 32, 40)
    maps = net.maps(x)
    assert [tuple(part.shape[2:]) for part in maps] == [(4, 5), (8, 10), (16, 20)][: skips + 1]
    stages = [x]
    for stage in net.stages:
        stages.append(stage(stages[-1]))
    total = 0
    for index, up in enumerate(net.ups):
        fine = net.scores[index](stages[-1 - index])
        torch.testing.assert_close(fine, maps[index])
        total = up(total + fine)
    torch.testing.assert_close(net(x), total)
    assert net(x).shape == (2, 11, 32, 40)


def test_other_numbers_of_skips_and_odd_strides_are_refused() -> None:
    for skips in (-1, 3, 1.5):
        with pytest.raises(ValueError, match="skips must be between 0 and 2"):
            FCN(skips)
    with pytest.raises(ValueError, match="must be even"):
        upsampler(3, 3)


@pytest.mark.parametrize("stride", [2, 4, 8])
def test_an_upsampler_begins_bilinear_for_each_channel_alone(stride: int) -> None:
    x = torch.randn(1, 3, 4, 5)
    inner = (..., *[slice(stride // 2, -(stride // 2))] * 2)
    wanted = F.interpolate(x, scale_factor=stride, mode="bilinear")
    torch.testing.assert_close(upsampler(3, stride)(x)[inner], wanted[inner])


def test_the_loss_is_a_weighted_mean_over_pixels() -> None:
    torch.manual_seed(1)
    logits, masks = torch.randn(2, 11, 3, 4), torch.randint(3, (2, 3, 4))
    each = F.cross_entropy(logits, masks, reduction="none")
    counts = torch.where(masks == 0, 0.3, 1.0)
    torch.testing.assert_close(balanced()(logits, masks), (each * counts).sum() / counts.sum())


def test_a_border_is_where_a_neighbour_differs() -> None:
    masks = torch.randint(3, (2, 9, 7), generator=torch.Generator().manual_seed(0))
    for width in (1, 2):
        for scene, row, column in itertools.product(range(2), range(9), range(7)):
            rows = slice(max(0, row - width), row + width + 1)
            columns = slice(max(0, column - width), column + width + 1)
            wanted = masks[scene, rows, columns].unique().numel() > 1
            assert border(masks, width)[scene, row, column] == wanted
    with pytest.raises(ValueError, match="at least 1"):
        border(masks, 0)


def test_band_and_inside_are_scored_apart() -> None:
    truth = torch.zeros(1, 8, 8, dtype=torch.int64)
    truth[:, 2:7, 2:7] = 4
    wrong_inside, wrong_rim = truth.clone(), truth.clone()
    wrong_inside[:, 4, 4] = 0
    wrong_rim[:, 2, 2] = 0
    for mask, place in ((wrong_inside, 1), (wrong_rim, 0)):
        scores = border_and_inside(mask, truth)
        assert scores[place].mean < 1 and scores[1 - place].mean == 1
    assert score(wrong_rim, truth).mean < 1


def test_the_sweep_has_all_runs_and_chose_by_validation() -> None:
    assert [*found()] == [*SKIPS]
    for run in found().values():
        assert [*run["rates"]] == [*RATES] and all(
            len(r) == len(SEEDS) for r in run["rates"].values()
        )
        means = {
            lr: statistics.fmean(row["validation"] for row in rows)
            for lr, rows in run["rates"].items()
        }
        assert run["lr"] == max(means, key=means.get)
        assert all(
            0 < value < 1 for rows in run["rates"].values() for r in rows for value in r.values()
        )


def test_a_stored_run_can_be_repeated() -> None:
    scores, frames = train((0, RATES[1], SEEDS[0]))
    stored = found()[0]["rates"][RATES[1]][0]
    assert len(frames) == 5
    for name, value in scores.items():
        assert value == pytest.approx(stored[name], abs=0.04)  # other processors round otherwise


def test_training_an_fcn_is_repeatable() -> None:
    few = load_scenes(8)
    one, other, third = (train_fcn(1, few, seed=s, device="cpu", epochs=1) for s in (1, 1, 2))
    assert one[1].train_loss == other[1].train_loss != third[1].train_loss
    assert all(map(torch.equal, one[0].parameters(), other[0].parameters()))
