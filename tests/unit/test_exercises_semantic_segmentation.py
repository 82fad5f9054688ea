import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_refuted, assert_right, in_every_form
from scipy import ndimage

from utils.exercises import semantic_segmentation as exercises
from utils.metrics.segmentation import class_iou, confusion, pixel_accuracy

CLAIMS = {
    "swapping prediction and truth keeps each IoU": True,
    "more pixels right means a larger mean IoU": False,
    "of two pictures together, an IoU lies between theirs": True,
    "merging two classes never lowers pixel accuracy": True,
}


@pytest.mark.parametrize(
    ("optimizer", "settings", "moves"),
    [
        (torch.optim.SGD, {}, False),
        (torch.optim.SGD, {"momentum": 0.9}, True),
        (torch.optim.SGD, {"weight_decay": 0.1}, True),
        (torch.optim.Adam, {}, True),
    ],
)
def test_a_batch_without_a_pixel_that_counts_may_move_the_weights(optimizer, settings, moves):
    net, x = torch.nn.Conv2d(1, 3, 1), torch.ones(1, 1, 2, 2)
    optimizer, places = optimizer(net.parameters(), lr=0.1, **settings), []
    for number in (1, 255):
        optimizer.zero_grad()
        target = torch.full((1, 2, 2), number)
        F.cross_entropy(net(x), target, ignore_index=255).backward()
        optimizer.step()
        places.append(net.weight.detach().clone())
    assert torch.equal(*places) != moves


def test_the_predictions_are_what_the_scores_are():
    truth = torch.zeros(10, 10, dtype=torch.int64)
    truth[2:7, 3:5] = 1
    wanted = [pixel_accuracy(confusion(0 * truth, truth, 2)).item()]
    table = confusion(truth.roll(1, dims=1), truth, 2)
    wanted += [pixel_accuracy(table).item(), class_iou(table)[1].item()]
    found = [question["right"] for question in exercises.predict.questions]
    assert found == pytest.approx(wanted, abs=0.005)


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(4 / 7), form(8 / 11), form(0.85)])
    assert_right(capsys, 1, exercises.check_by_hand, [form(0.57), form(0.73), form(0.85)])
    numbers = [form(math.log(2)), form(-0.33), form(0.0)]
    assert_right(capsys, 2, exercises.check_gradient, numbers)


@pytest.mark.parametrize(
    "wrong", [[4 / 11, 8 / 11, 0.85], [4 / 7, 4 / 11, 0.85], [4 / 7, 8 / 11, 0.9], [None, 1, 1]]
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (IoU|Dice|pixel)"):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize(
    "wrong", [[1.39, -0.33, 0], [0.69, 0.33, 0], [0.69, -0.33, 0.5], [0.69, None, 0]]
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (loss|gradient)"):
        exercises.check_gradient(wrong)


def test_the_second_is_what_torch_computes():
    scores = torch.zeros(1, 2, 1, 4, requires_grad=True)
    target = torch.tensor([[[0, 0, 1, 255]]])
    loss = F.cross_entropy(scores, target, torch.tensor([1.0, 4.0]), ignore_index=255)
    (slope,) = torch.autograd.grad(loss, scores)
    exercises.check_gradient([loss.item(), slope[0, 1, 0, 2].item(), slope[0, 1, 0, 3].item()])


def pooled(mask, *, kernel=3, number=255, inside=False):
    numbers = mask[None, None].double()
    far = F.max_pool2d(numbers, kernel, stride=1, padding=kernel // 2)
    near = -F.max_pool2d(-numbers, kernel, stride=1, padding=kernel // 2)
    border = (far != near)[0, 0]
    return mask.masked_fill(border & (mask > 0) if inside else border, number)


def by_scipy(mask):
    numbers = mask.numpy()
    far = ndimage.maximum_filter(numbers, 3, mode="nearest")
    near = ndimage.minimum_filter(numbers, 3, mode="nearest")
    return torch.from_numpy(np.where(far != near, 255, numbers))


def four_neighbours(mask):
    border = torch.zeros_like(mask, dtype=torch.bool)
    for axis in (0, 1):
        differ = mask.diff(dim=axis) != 0
        for part in (slice(1, None), slice(None, -1)):
            border[(slice(None),) * axis + (part,)] |= differ
    return mask.masked_fill(border, 255)


def by_loop(mask):
    found, (height, width) = mask.clone(), mask.shape
    for row in range(height):
        for column in range(width):
            near = mask[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
            if (near != mask[row, column]).any():
                found[row, column] = 255
    return found


def by_shifts(mask):
    framed = F.pad(mask[None, None].double(), (1, 1, 1, 1), mode="replicate")[0, 0]
    height, width = mask.shape
    parts = [framed[i : i + height, j : j + width] for i in range(3) for j in range(3)]
    return mask.where((torch.stack(parts) == mask).all(0), 255)


def in_place(mask):
    return mask.copy_(pooled(mask))


BORDERS = {
    "pools": pooled,
    "scipy": by_scipy,
    "shifts": by_shifts,
    "bytes": lambda mask: pooled(mask).byte(),
}
NOT_BORDERS = {
    "four neighbours": four_neighbours,
    "two pixels wide": lambda mask: pooled(mask, kernel=5),
    "another number": lambda mask: pooled(mask, number=-1),
    "inside alone": lambda mask: pooled(mask, inside=True),
    "in place": in_place,
    "as it was": lambda mask: mask.clone(),
    "with axes": lambda mask: pooled(mask)[None],
    "nothing": lambda mask: None,
}


@pytest.mark.parametrize("answer", BORDERS.values(), ids=BORDERS)
def test_the_border_accepts(answer, capsys):
    assert_right(capsys, 3, exercises.check_border, answer)


def test_the_border_refuses_a_loop_over_pixels():
    with pytest.raises(AssertionError, match="with_border takes .* calls"):
        exercises.check_border(by_loop)


@pytest.mark.parametrize("answer", NOT_BORDERS.values(), ids=NOT_BORDERS)
def test_the_border_rejects(answer):
    with pytest.raises(AssertionError, match="not yet: for a mask"):
        exercises.check_border(answer)


def by_bayes(scores, shown, real):
    product = scores.softmax(1) * (real / shown)[:, None, None]
    return (product / product.sum(1, keepdim=True)).log()


REBALANCED = {
    "sum": lambda s, q, r: s + (r / q).log()[:, None, None],
    "bayes": by_bayes,
    "float32": lambda s, q, r: (s + (r / q).log().view(1, -1, 1, 1)).float(),
}
NOT_REBALANCED = {
    "upside down": lambda s, q, r: s + (q / r).log()[:, None, None],
    "without log": lambda s, q, r: s + (r / q)[:, None, None],
    "times": lambda s, q, r: s * (r / q)[:, None, None],
    "probabilities": lambda s, q, r: by_bayes(s, q, r).exp(),
    "as they were": lambda s, q, r: s,
    "classes last": lambda s, q, r: (s + (r / q).log()[:, None, None]).movedim(1, -1),
    "nothing": lambda s, q, r: None,
}


@pytest.mark.parametrize("answer", REBALANCED.values(), ids=REBALANCED)
def test_rebalanced_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_rebalanced, answer)


@pytest.mark.parametrize("answer", NOT_REBALANCED.values(), ids=NOT_REBALANCED)
def test_rebalanced_rejects(answer):
    with pytest.raises(AssertionError, match="not yet: for"):
        exercises.check_rebalanced(answer)


def test_the_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_claim_is_refuted(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "set of masks")


def test_no_answer_is_no_answer():
    with pytest.raises(AssertionError, match="needs True or False, got None"):
        exercises.check_claims(dict.fromkeys(CLAIMS))
