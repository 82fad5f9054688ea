import numpy as np
import pytest
import torch
from exercise_checks import in_every_form
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from utils.exercises import comparing_architectures as exercises
from utils.networks.full import FULL


def test_the_prediction_is_what_torch_counts():
    work = {}
    for name in ("AlexNet", "ResNet-18"):
        with torch.device("meta"), FlopCounterMode(display=False) as counter:
            FULL[name].ours().eval()(torch.empty(1, *FULL[name].image))
        work[name] = counter.get_total_flops()
    assert work["ResNet-18"] > 2 * work["AlexNet"]
    assert exercises.predict.questions[0]["options"][1] == max(work, key=work.get)


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    exercises.check_by_hand(form([73_728, 57_802_752, 784]))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"
    exercises.check_hooks(form([128, 64, 0]))
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    "wrong",
    [[73_856, 57_802_752, 784], [73_728, 115_605_504, 784], [73_728, 57_802_752, 9], [1], None],
)
def test_the_counts_by_hand_reject(wrong):
    with pytest.raises(AssertionError):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize("wrong", [[64, 64, 0], [128, 72, 0], [128, 64, 64], [None] * 3, None])
def test_the_hooks_reject(wrong):
    with pytest.raises(AssertionError):
        exercises.check_hooks(wrong)


def by_row(layer, x):
    return x.numel() * layer.weight[0].numel()


def by_shapes(layer, x):
    _, c_out, rows, columns = layer.weight.shape
    return torch.tensor(x.shape).prod() * c_out * rows * columns


def by_places(layer, x):
    return np.int64(layer.weight.numel() * x[:, 0].numel())


@pytest.mark.parametrize("transposed", [by_row, by_shapes, by_places])
def test_transposed_accepts(transposed, capsys):
    exercises.check_transposed(transposed)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


def by_counter(layer, x):
    with FlopCounterMode(display=False) as counter:
        layer(x)
    return counter.get_total_flops() // 2


NOT_TRANSPOSED = {
    "numbers out": lambda layer, x: layer(x).numel() * layer.weight[0].numel(),
    "no batch": lambda layer, x: x[0].numel() * layer.weight[0].numel(),
    "all weights": lambda layer, x: x.numel() * layer.weight.numel(),
    "two operations": lambda layer, x: 2 * by_row(layer, x),
    "groups twice": lambda layer, x: by_row(layer, x) // layer.groups,
    "a counter": by_counter,
    "nothing": lambda layer, x: None,
}


@pytest.mark.parametrize("wrong", NOT_TRANSPOSED.values(), ids=NOT_TRANSPOSED)
def test_transposed_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_transposed(wrong)


def by_pairs(rows):
    return [
        name
        for name, cost, score in rows
        if not any(c <= cost and s >= score and (c, s) != (cost, score) for _, c, s in rows)
    ]


def by_sorting(rows):
    best, found = -1.0, set()
    for cost in sorted({row[1] for row in rows}):
        top = max(row[2] for row in rows if row[1] == cost)
        if top > best:
            found |= {name for name, c, s in rows if (c, s) == (cost, top)}
            best = top
    return found


@pytest.mark.parametrize("worth", [by_pairs, by_sorting, lambda rows: np.array(by_pairs(rows))])
def test_worth_accepts(worth, capsys):
    exercises.check_worth(worth)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


NOT_WORTH = {
    "all": lambda rows: [row[0] for row in rows],
    "the most accurate": lambda rows: [max(rows, key=lambda row: row[2])[0]],
    "the cheapest": lambda rows: [min(rows, key=lambda row: row[1])[0]],
    "better in both": lambda rows: [
        n for n, cost, score in rows if not any(c < cost and s > score for _, c, s in rows)
    ],
    "ties lose": lambda rows: [
        rows[i][0]
        for i in range(len(rows))
        if not any(
            rows[j][1] <= rows[i][1] and rows[j][2] >= rows[i][2]
            for j in range(len(rows))
            if j != i
        )
    ],
    "nothing": lambda rows: None,
}


@pytest.mark.parametrize("wrong", NOT_WORTH.values(), ids=NOT_WORTH)
def test_worth_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_worth(wrong)


def design(width=8, layers=7, first=2):
    parts = [nn.Conv2d(1, width, 3, first, 1), nn.ReLU(), nn.Conv2d(width, width, 3, first, 1)]
    for _ in range(layers):
        parts += [nn.ReLU(), nn.Conv2d(width, width, 3, padding=1)]
    return nn.Sequential(*parts, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 10))


def narrow():
    parts = [layer for _ in range(9) for layer in (nn.Linear(12, 12), nn.ReLU())]
    return nn.Sequential(nn.Flatten(), nn.Linear(256, 12), *parts, nn.Linear(12, 10))


@pytest.mark.parametrize("net", [design(), design(4, 12, 2), narrow()])
def test_designs_accepted(net, capsys):
    exercises.check_design(net)
    assert capsys.readouterr().out == "Exercise 5 is right.\n"


DESIGNS = {
    "too shallow": (design(8, 5), "depth"),
    "too large": (design(12, 7), "parameters"),
    "too much work": (design(8, 7, 1), "multiply-adds"),
    "no classes": (nn.Sequential(nn.Flatten()), "ten logits"),
    "another image": (nn.Linear(7, 10), "stops"),
    "nothing": (None, "module"),
}


@pytest.mark.parametrize(("wrong", "word"), DESIGNS.values(), ids=DESIGNS)
def test_designs_rejected(wrong, word):
    with pytest.raises(AssertionError, match=word):
        exercises.check_design(wrong)
