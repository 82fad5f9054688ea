import pytest
import torch
import torch.nn.functional as F
from torch import nn

from utils.data.samples import Scenes
from utils.data.scenes import load_scenes
from utils.metrics.segmentation import confusion
from utils.segmentation.training import held_out, predict, score, share_right, train_segmenter

SETTINGS = {"epochs": 3, "batch_size": 5, "lr": 0.01, "seed": 3, "device": "cpu"}


@pytest.fixture(scope="module")
def scenes() -> Scenes:
    return load_scenes(12)


def small(seed: int = 0) -> nn.Sequential:
    torch.manual_seed(seed)
    layers = nn.Conv2d(1, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU()
    return nn.Sequential(*layers, nn.Conv2d(8, 11, 1))


def by_hand(net: nn.Module, scenes: Scenes) -> list[float]:
    """Train with a plain loop; return the mean loss of each epoch."""
    draw = torch.Generator().manual_seed(SETTINGS["seed"])
    adam = torch.optim.Adam(net.parameters(), lr=SETTINGS["lr"])
    schedule = torch.optim.lr_scheduler.OneCycleLR(adam, SETTINGS["lr"], total_steps=9)
    losses = []
    for _ in range(SETTINGS["epochs"]):
        total = 0.0
        for rows in torch.randperm(len(scenes), generator=draw).split(SETTINGS["batch_size"]):
            loss = F.cross_entropy(net(scenes.images[rows]), scenes.masks[rows])
            adam.zero_grad()
            loss.backward()
            adam.step()
            schedule.step()
            total += loss.item() * len(rows)
        losses.append(total / len(scenes))
    return losses


def test_training_is_adam_with_one_cycle(scenes: Scenes) -> None:
    ours, theirs = small(), small()
    history = train_segmenter(ours, scenes, **SETTINGS)
    assert history.train_loss == pytest.approx(by_hand(theirs, scenes), rel=1e-4)
    for one, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-4)
    assert len(history.train_metric) == 3 and history.validation_metric == []
    assert all(0 <= value <= 1 for value in history.train_metric)


def test_the_same_seed_gives_the_same_net(scenes: Scenes) -> None:
    runs = [train_segmenter(small(), scenes, **SETTINGS | {"seed": s}) for s in (3, 3, 4)]
    assert runs[0].train_loss == runs[1].train_loss != runs[2].train_loss


def test_the_loss_is_the_one_asked_for(scenes: Scenes) -> None:
    def constant(logits: torch.Tensor, masks: torch.Tensor) -> torch.Tensor:
        assert logits.shape == (len(masks), 11, 64, 64)
        return 0 * logits.sum() + 7

    net, first = small(), small()
    assert train_segmenter(net, scenes, **SETTINGS, loss=constant).train_loss == [7.0] * 3
    assert all(map(torch.equal, net.parameters(), first.parameters()))


def test_after_each_epoch_the_net_is_shown_in_evaluation_mode(scenes: Scenes) -> None:
    seen = []

    def look(net: nn.Module) -> float:
        seen.append(net.training)
        return held_out(net, scenes).mean

    net = small()
    history = train_segmenter(net, scenes, **SETTINGS, after_epoch=look)
    assert seen == [False] * 3 and net.training
    assert history.validation_metric[-1] == held_out(net, scenes).mean
    plain = train_segmenter(small(), scenes, **SETTINGS)
    assert plain.train_loss == history.train_loss  # looking changes nothing


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"epochs": 0}, "epochs must be"),
        ({"epochs": True}, "epochs must be"),
        ({"batch_size": 0}, "batch_size must be"),
        ({"batch_size": 2.5}, "batch_size must be"),
        ({"seed": -1}, "seed must be"),
    ],
)
def test_settings_out_of_range_are_refused(scenes: Scenes, change: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        train_segmenter(small(), scenes, **SETTINGS | change)


def test_what_does_not_fit_is_refused(scenes: Scenes) -> None:
    halved = nn.Sequential(nn.Conv2d(1, 11, 2, stride=2))
    with pytest.raises(ValueError, match=r"logits of \(32, 32\) pixels for masks of \(64, 64\)"):
        train_segmenter(halved, scenes, **SETTINGS)
    with pytest.raises(ValueError, match=r"has label \d+ at index \(0, \d+, \d+\)"):
        train_segmenter(nn.Conv2d(1, 3, 1), scenes, **SETTINGS)
    bare = Scenes(scenes.images, scenes.boxes, scenes.classes)
    for call in (
        lambda: train_segmenter(small(), bare, **SETTINGS),
        lambda: held_out(small(), bare),
    ):
        with pytest.raises(ValueError, match="have no masks"):
            call()
    with pytest.raises(FloatingPointError):
        train_segmenter(small(), scenes, **SETTINGS, loss=lambda z, _: z.sum() * torch.nan)


def test_predict_takes_the_largest_logit_in_evaluation_mode(scenes: Scenes) -> None:
    net = small()
    net(scenes.images)  # moves the running statistics
    masks = predict(net, scenes.images, batch_size=7)
    assert net.training and masks.dtype == torch.int64 and not masks.requires_grad
    with torch.no_grad():
        assert torch.equal(masks, net.eval()(scenes.images).argmax(1))
    predict(net, scenes.images)
    assert not net.training
    with pytest.raises(ValueError, match="empty"):
        predict(net, scenes.images[:0])
    assert predict(nn.Identity(), torch.eye(3).view(1, 3, 1, 3)).tolist() == [[[0, 1, 2]]]


def test_score_counts_all_pixels_at_once(scenes: Scenes) -> None:
    draw = torch.Generator().manual_seed(0)
    predicted = torch.where(
        torch.rand(scenes.masks.shape, generator=draw) < 0.7, scenes.masks, scenes.masks.flip(2)
    )
    found = score(predicted, scenes.masks)
    for kind in range(11):
        one, other = predicted == kind, scenes.masks == kind
        expected = (one & other).sum() / (one | other).sum()
        assert found.iou[kind].item() == pytest.approx(expected.item(), nan_ok=True)
    assert found.mean == pytest.approx(found.iou.nanmean().item())
    assert confusion(predicted, scenes.masks, 11).sum() == scenes.masks.numel()


def test_a_class_that_is_nowhere_is_left_out_of_the_mean() -> None:
    truth = torch.tensor([[[0, 0], [1, 1]]])
    found = score(torch.tensor([[[0, 0], [1, 2]]]), truth, classes=4)
    assert found.iou[:3].tolist() == [1.0, 0.5, 0.0] and found.iou[3].isnan()
    assert found.mean == 0.5


def test_share_right_is_a_share_of_all_pixels() -> None:
    logits = F.one_hot(torch.tensor([[[0, 1], [1, 1]]]), 2).permute(0, 3, 1, 2).float()
    assert share_right(logits, torch.tensor([[[0, 0], [1, 1]]])) == 0.75
