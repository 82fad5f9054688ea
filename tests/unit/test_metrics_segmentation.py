"""utils.metrics.segmentation: as torchmetrics and scikit-learn count, edge cases included."""

from functools import partial

import numpy as np
import pytest
import torch
from sklearn.metrics import confusion_matrix, f1_score, jaccard_score
from torchmetrics.functional.classification import multiclass_accuracy as tm_accuracy
from torchmetrics.functional.classification import multiclass_confusion_matrix as tm_confusion
from torchmetrics.functional.classification import multiclass_jaccard_index as tm_iou
from torchmetrics.functional.segmentation import dice_score as tm_dice
from torchmetrics.functional.segmentation import mean_iou as tm_mean
from torchmetrics.segmentation import MeanIoU

from utils.cases.masks import CLASSES, IGNORED, mask_pairs
from utils.metrics.segmentation import class_iou, confusion, dice, mean_iou, pixel_accuracy

PAIRS = mask_pairs(device="cpu")
same = partial(torch.testing.assert_close, equal_nan=True, check_dtype=False)


def drawn(count, classes, seed=0):
    """Pairs of small masks, many of them without some class, a tenth of the pixels ignored."""
    random = torch.Generator().manual_seed(seed)
    most = torch.randint(1, classes + 1, (count, 1, 1), generator=random)
    predicted, target = ((torch.rand(count, 3, 4, generator=random) * most).long() for _ in "ab")
    return predicted, target.masked_fill(torch.rand(target.shape, generator=random) < 0.1, 255)


def test_ten_thousand_masks_are_scored_as_in_torchmetrics_and_sklearn():
    predicted, target = drawn(10_000, 5)
    # One number for a pair and a cell: all tables in one count, by another library.
    counted = target != 255
    cells = torch.arange(len(target))[:, None, None] * 25 + target * 5 + predicted
    wanted = np.bincount(cells[counted].numpy(), minlength=250_000).reshape(-1, 5, 5)
    tables = torch.stack([confusion(*pair, 5) for pair in zip(predicted, target, strict=True)])
    assert torch.equal(tables, torch.from_numpy(wanted))
    assert tables.dtype == torch.int64
    whole = predicted[counted].numpy(), target[counted].numpy()
    assert torch.equal(confusion(predicted, target, 5), tables.sum(0))
    assert np.array_equal(tables.sum(0).numpy(), confusion_matrix(*whole[::-1]))
    absent = (tables.sum(1) + tables.sum(2)) == 0
    assert 5_000 < absent.any(1).sum() < 10_000
    assert torch.equal(class_iou(tables).isnan(), absent)
    assert torch.equal(dice(tables).isnan(), absent)
    # torchmetrics: per picture. Pixels that are ignored are taken out by calling them right, of a
    # class of their own, the last.
    own = counted.logical_not()
    pair = predicted.masked_fill(own, 5), target.masked_fill(own, 5)
    scores = tm_dice(*pair, 6, average="none", input_format="index")[:, :5]
    same(dice(tables).float(), scores)
    scores = tm_mean(*pair, 6, per_class=True, input_format="index")[:, :5]
    same(class_iou(tables).nan_to_num(-1).float(), scores)
    pair = predicted[:, :1].contiguous(), predicted[:, 1:2].contiguous()
    each = torch.stack([confusion(*each, 5) for each in zip(*pair, strict=True)])
    same(mean_iou(each).float(), tm_mean(*pair, 5, input_format="index"))
    metric = MeanIoU(5, input_format="index")
    metric.update(*pair)
    same(metric.compute(), class_iou(each).nanmean().float())


@pytest.mark.parametrize("case", PAIRS, ids=range(len(PAIRS)))
def test_edge_cases_are_scored_as_in_torchmetrics(case):
    predicted, target, classes = case
    table = confusion(predicted, target, classes)
    setting = {"num_classes": classes, "ignore_index": IGNORED}
    assert torch.equal(table, tm_confusion(predicted, target, **setting))
    assert table.sum() == (target != IGNORED).sum()
    nothing = not table.any()
    for ours, average in ((mean_iou(table), "macro"), (class_iou(table), "none")):
        theirs = tm_iou(predicted, target, average=average, **setting).double()
        if average == "none":
            ours, nothing = ours.nan_to_num(0.0), False
        same(ours, theirs, rtol=1e-6, atol=0)
        assert not nothing or theirs.isnan()
    if not table.any():  # torchmetrics: 0 where all is ignored, an error where nothing is there
        assert pixel_accuracy(table).isnan()
        return
    same(pixel_accuracy(table), tm_accuracy(predicted, target, average="micro", **setting))


COUNTED = [case for case in PAIRS if (case[1] != IGNORED).any()]  # scikit-learn needs a pixel


@pytest.mark.parametrize("case", COUNTED, ids=range(len(COUNTED)))
def test_edge_cases_are_scored_as_in_sklearn(case):
    predicted, target, classes = case
    kept = target != IGNORED
    truth, guess = target[kept].numpy(), predicted[kept].numpy()
    table, labels = confusion(predicted, target, classes), range(classes)
    assert np.array_equal(table.numpy(), confusion_matrix(truth, guess, labels=labels))
    assert mean_iou(table).item() == pytest.approx(jaccard_score(truth, guess, average="macro"))
    assert dice(table).nanmean().item() == pytest.approx(f1_score(truth, guess, average="macro"))
    setting = {"labels": labels, "average": None, "zero_division": 0}
    theirs = torch.from_numpy(jaccard_score(truth, guess, **setting))
    same(class_iou(table).nan_to_num(0.0), theirs)
    counted = jaccard_score(truth, guess, **setting | {"average": "macro"})
    assert class_iou(table).nan_to_num(0.0).mean().item() == pytest.approx(counted)


def test_an_ignored_class_differs_from_torchmetrics_in_the_mean_alone():
    predicted, target = torch.tensor([0, 1, 1, 2]), torch.tensor([0, 1, 2, 2])
    table = confusion(predicted, target, 3, ignore_index=0)
    assert torch.equal(table, tm_confusion(predicted, target, 3, ignore_index=0))
    assert mean_iou(table).item() == 0.5 == tm_iou(predicted, target, 3, ignore_index=0).item()
    table = confusion(torch.tensor([0, 0]), torch.tensor([0, 1]), 2, ignore_index=0)
    assert class_iou(table).tolist() == [0, 0]
    mixed = torch.tensor([1, 0]), torch.tensor([1, 1])
    assert mean_iou(confusion(*mixed, 2, ignore_index=0)).item() == 0.25
    assert tm_iou(*mixed, 2, ignore_index=0).item() == 0.5, "class 0 is left out there"


def test_dice_is_two_j_over_one_plus_j():
    table = torch.randint(50, (1000, CLASSES, CLASSES), generator=torch.Generator().manual_seed(1))
    iou = class_iou(table)
    same(dice(table), 2 * iou / (1 + iou))
    assert not iou.isnan().any()
    assert pixel_accuracy(table).shape == mean_iou(table).shape == (1000,)
    same(mean_iou(table[7]), iou[7].mean())


@pytest.mark.parametrize("dtype", [torch.uint8, torch.int8, torch.int32, torch.bool])
def test_small_integers_do_not_overflow(dtype):
    classes = 2 if dtype == torch.bool else 120
    mask = torch.arange(120).remainder(classes)
    table = confusion(mask.to(dtype), mask.flip(0).to(dtype), classes, ignore_index=None)
    assert torch.equal(table, confusion(mask, mask.flip(0), classes))
    assert table.sum() == 120


def test_what_stands_at_ignored_pixels_does_not_matter():
    target = torch.tensor([[0, 255], [255, 1]])
    for other in (0, 255, -3, 10**9):
        predicted = torch.tensor([[0, other], [other, 0]])
        assert confusion(predicted, target, 2).tolist() == [[1, 0], [1, 0]]
    table = confusion(target, target, 256, ignore_index=None)
    assert table[255, 255] == 2
    assert mean_iou(table) == 1


@pytest.mark.parametrize(
    "case, message",
    [
        ((torch.zeros(2), torch.zeros(2, dtype=torch.int64), 2), "predicted must hold class num"),
        ((torch.zeros(2, dtype=torch.int64), torch.zeros(2), 2), "target must hold class numbers"),
        ((torch.tensor([1]), torch.tensor([1, 1]), 2), r"one shape, got \(1,\) and \(2,\)"),
        ((torch.tensor([2, 0]), torch.tensor([1, 1]), 2), "predicted holds classes from 0 to 2"),
        ((torch.tensor([0, -1]), torch.tensor([1, 1]), 2), "predicted holds classes from -1"),
        ((torch.tensor([0, 1]), torch.tensor([1, 2]), 2), "target holds classes from 1 to 2, but"),
        ((torch.tensor([0, 1]), torch.tensor([255, -1]), 2), "target holds classes from -1 to -1"),
        ((torch.tensor([0]), torch.tensor([255]), 2, None), "does ignore_index name the pixels"),
        ((torch.tensor([0]), torch.tensor([0]), 0), "classes must be a whole number from 1"),
        ((torch.tensor([0]), torch.tensor([0]), 2**15), "whole number from 1 to 32767, got 32768"),
        ((torch.tensor([0]), torch.tensor([0]), 2.0), "classes must be a whole number fro"),
    ],
)
def test_masks_that_make_no_sense_are_refused(case, message):
    with pytest.raises(ValueError, match=message):
        confusion(*case)


@pytest.mark.parametrize("score", [pixel_accuracy, class_iou, mean_iou, dice])
def test_scores_take_tables_only(score):
    with pytest.raises(ValueError, match=r"from confusion, got \(2, 3\)"):
        score(torch.zeros(2, 3))
    with pytest.raises(ValueError, match="table must be"):
        score(torch.zeros(4))
