"""The shared home of the detectors: backbone, training, score, and the mistakes that are named."""

import pytest
import torch
from torch import nn

from utils.data.scenes import load_scenes
from utils.detection.backbone import Backbone
from utils.detection.pictures import Mistakes, mistakes, plot_detections, worst
from utils.detection.training import detected, held_out, train_detector, truths

BOXES = torch.tensor([[0.0, 0, 10, 10], [20, 20, 40, 40]])
CLASSES = torch.tensor([3, 7])


def record(*rows: tuple[list[float], float, int]) -> dict[str, torch.Tensor]:
    boxes, scores, labels = zip(*rows, strict=True) if rows else ((), (), ())
    boxes = torch.tensor(boxes, dtype=torch.float32).reshape(-1, 4)
    return {"boxes": boxes, "scores": torch.tensor(scores), "labels": torch.tensor(labels)}


RIGHT = (([0, 0, 10, 10], 0.9, 3), ([20, 20, 40, 40], 0.8, 7))


@pytest.mark.parametrize("strides", [(2,), (4, 8, 16), (8,), (2, 16)])
def test_the_maps_have_the_strides_that_were_asked_for(strides):
    net = Backbone(strides, c_in=3).eval()
    maps = net(torch.zeros(2, 3, 64, 32))
    for stride, channels, found in zip(strides, net.channels, maps, strict=True):
        assert found.shape == (2, channels, 64 // stride, 32 // stride)
    assert len(net.stages) == strides[-1].bit_length() - 1


@pytest.mark.parametrize("strides", [(), (3,), (8, 4), (4, 4), (32,), (1, 2)])
def test_other_strides_are_refused(strides):
    with pytest.raises(ValueError, match="strides must rise"):
        Backbone(strides)


class Middle(nn.Module):
    """Sees each object where it was told to: for the score, and for the loop around it."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(3))

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.weight.expand(len(images), 3)


def squared(predictions, boxes, classes):
    assert boxes.shape[:2] == classes.shape
    assert (boxes[classes < 0] == 0).all()
    return (predictions - 1).square().mean()


def test_the_loop_lowers_the_loss_and_ends_in_evaluation_mode():
    net, scenes = Middle(), load_scenes(10)
    history = train_detector(net, squared, scenes, epochs=6, batch_size=4, lr=0.3)
    assert len(history.train_loss) == 6
    assert history.train_loss[-1] < 0.3 * history.train_loss[0]
    assert not net.training


def test_tensors_of_the_callers_own_stay_together():
    images, numbers = torch.arange(6.0)[:, None], torch.arange(6.0)
    seen = []

    def loss(predictions, targets):
        seen.append(targets)
        return predictions.mean() + 0 * targets.sum()

    class Same(Middle):
        def forward(self, images):
            seen.append(images[:, 0])
            return super().forward(images)

    train_detector(Same(), loss, (images, numbers), epochs=1, batch_size=2, lr=0.1, seed=1)
    for inputs, targets in zip(seen[::2], seen[1::2], strict=True):
        assert torch.equal(inputs, targets)
    assert sorted(torch.cat(seen[::2]).tolist()) == numbers.tolist()


def test_the_seed_draws_the_order_and_the_schedule_leaves_the_betas_alone():
    def trained(seed):
        torch.manual_seed(7)
        net = nn.Linear(1, 1)
        data = torch.arange(6.0)[:, None], torch.arange(6.0)[:, None] ** 2
        train_detector(
            net, nn.functional.mse_loss, data, epochs=1, batch_size=2, lr=0.1, seed=seed
        )
        return net.weight.item()

    assert trained(0) == trained(0) != trained(3)


def test_a_loss_that_is_nan_or_no_batch_at_all_says_so():
    data = torch.zeros(4, 1), torch.zeros(4)
    with pytest.raises(FloatingPointError, match="in epoch 1"):
        train_detector(
            Middle(), lambda p, t: p.sum() / t.sum(), data, epochs=2, batch_size=2, lr=0.1
        )
    with pytest.raises(ValueError, match="one batch at least"):
        train_detector(Middle(), squared, data, epochs=1, batch_size=8, lr=0.1)
    with pytest.raises(ValueError, match="one epoch"):
        train_detector(Middle(), squared, data, epochs=0, batch_size=2, lr=0.1)


def test_the_truth_scores_one_and_nothing_scores_zero():
    scenes = load_scenes(9, split="test")
    answers = iter(
        [{**each, "scores": torch.ones(len(each["labels"]))} for each in truths(scenes)]
    )
    result = held_out(lambda images: [next(answers) for _ in images], scenes, batch_size=4)
    assert result.mean == result.at(0.5) == 1
    assert held_out(lambda images: [record() for _ in images], scenes).mean == 0


def test_detected_asks_for_no_gradient_and_keeps_the_order():
    scenes, sizes = load_scenes(5), []

    def detect(images):
        assert not torch.is_grad_enabled()
        sizes.append(len(images))
        return [record(([0, 0, 1, 1], image.sum().item(), 0)) for image in images]

    found = detected(detect, scenes, batch_size=2)
    assert sizes == [2, 2, 1]
    sums = torch.stack([each["scores"][0] for each in found])
    torch.testing.assert_close(sums, scenes.images.sum((1, 2, 3)))


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        (RIGHT, ()),
        (RIGHT[:1], ("missed",)),
        ((), ("missed", "missed")),
        ((RIGHT[0], ([20, 20, 40, 40], 0.8, 8)), ("wrong class",)),
        ((RIGHT[0], ([20, 20, 28, 40], 0.8, 7)), ("poor box",)),
        ((RIGHT[0], ([20, 20, 21, 21], 0.8, 7)), ("missed", "false alarm")),
        ((*RIGHT, ([21, 20, 40, 40], 0.7, 7)), ("found twice",)),
        ((*RIGHT, ([21, 20, 40, 40], 0.95, 7)), ("found twice",)),
        ((*RIGHT, ([50, 50, 60, 60], 0.7, 7)), ("false alarm",)),
        ((*RIGHT, ([20, 20, 40, 40], 0.6, 8)), ("false alarm",)),
        ((*RIGHT, ([50, 50, 60, 60], 0.4, 7)), ()),  # below the score
        ((RIGHT[0], ([20, 20, 40, 40], 0.5, 7)), ()),  # just reaches it
    ],
)
def test_a_mistake_is_named(rows, reasons):
    assert mistakes(record(*rows), BOXES, CLASSES) == reasons


def test_an_empty_scene_can_only_have_false_alarms():
    assert mistakes(record(*RIGHT), BOXES[:0], CLASSES[:0]) == ("false alarm",) * 2
    assert mistakes(record(), BOXES[:0], CLASSES[:0]) == ()


def test_the_worst_scenes_come_first_and_are_drawn():
    scenes = load_scenes(3, objects=(2, 2))
    full = [{**each, "scores": torch.ones(2)} for each in truths(scenes)]
    records = [full[0], record(), {key: value[:1] for key, value in full[2].items()}]
    found = worst(records, scenes)
    assert [each.index for each in found] == [1, 2]
    assert [str(each) for each in found] == ["2 × missed", "missed"]
    assert str(Mistakes(0, ("missed", "poor box"))) == "missed, poor box"
    axes = plot_detections(scenes, records, titles=list("abc"), columns=2)
    assert [len(ax.patches) for ax in axes] == [4, 2, 3, 0]
    assert [ax.get_title() for ax in axes] == ["a", "b", "c", ""]
    figure = axes[0].figure
    figure.draw_without_rendering()
    tops = [ax.title.get_window_extent().y1 for ax in axes[:3]]
    assert max(tops) < figure.bbox.y1 - 3 and tops[2] < axes[0].get_window_extent().y0
    with pytest.raises(ValueError, match="one record a scene"):
        plot_detections(scenes, records[:2])
