import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)
from torch import nn

from utils.exercises import lenet as exercises
from utils.exercises.lenet_claims import CLAIMS as TRIED

BY_HAND = [[7, 2, 0, 3], 3, 1, [2, 2, 2, 2], [0, 8, 0, 0]]
SIZES = [400, 456, 62_006]
CLAIMS = dict(zip(TRIED, [True, False, True, False, True, False], strict=True))


def test_the_predictions_are_what_torch_finds():
    weights, windows = exercises.predict.questions
    assert weights["right"] == nn.Linear(16 * 5 * 5, 120).weight.numel()
    x = torch.zeros(1, 1, 28, 28, requires_grad=True)
    uses = F.conv2d(x, torch.ones(1, 1, 5, 5), padding=2).sum()
    (counts,) = torch.autograd.grad(uses, x)
    assert windows["right"] == counts[0, 0, 14, 14]


@in_every_form
def test_right_numbers_are_accepted_in_every_form(capsys, form):
    assert_right(capsys, 1, exercises.check_by_hand, [form(part) for part in BY_HAND])
    assert_right(capsys, 2, exercises.check_sizes, [form(part) for part in SIZES])


def test_gradients_may_keep_the_shape_of_the_layer(capsys):
    for form in (np.array, torch.tensor):
        squares = [
            form(part).reshape(2, 2) if isinstance(part, list) else part for part in BY_HAND
        ]
        squares[1] = form([3.0])
        assert_right(capsys, 1, exercises.check_by_hand, squares)


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_sizes, SIZES)]
)
def test_a_wrong_number_is_named(check, answers):
    for place, answer in enumerate(answers):
        wrongs = [None, "6", [1, 2, 3]]
        wrongs += [[x + 1 for x in answer], answer[0]] if isinstance(answer, list) else []
        wrongs += [-answer, answer + 1, True] if answer not in ([], 1) and place == 1 else []
        for wrong in wrongs:
            with pytest.raises(AssertionError, match="^not yet: .*(needs|is not)"):
                check([*answers[:place], wrong, *answers[place + 1 :]])
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


class Subsampling:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.x, self.sums = x, 4 * F.avg_pool2d(x, 2)
        return self.sums * self.w[:, None, None] + self.b[:, None, None]

    def backward(self, G):
        self.dw, self.db = (G * self.sums).sum((0, 2, 3)), G.sum((0, 2, 3))
        below = torch.zeros_like(self.x)
        spread = (G * self.w[:, None, None]).repeat_interleave(2, 2).repeat_interleave(2, 3)
        below[:, :, : spread.shape[2], : spread.shape[3]] = spread
        return below


class BySlices(Subsampling):
    def forward(self, x):
        self.x = x
        rows, columns = x.shape[2] // 2 * 2, x.shape[3] // 2 * 2
        x = x[:, :, :rows, :columns]
        rows_added = x[:, :, ::2] + x[:, :, 1::2]
        self.sums = rows_added[..., ::2] + rows_added[..., 1::2]
        return torch.einsum("ncij,c->ncij", self.sums, self.w) + self.b.view(1, -1, 1, 1)


class ByAutograd(Subsampling):
    def backward(self, G):
        parts = [part.clone().requires_grad_() for part in (self.x, self.w, self.b)]
        outputs = 4 * F.avg_pool2d(parts[0], 2) * parts[1][:, None, None] + parts[2][:, None, None]
        below, self.dw, self.db = torch.autograd.grad(outputs, parts, G)
        return below


@pytest.mark.parametrize("answer", [Subsampling, BySlices, ByAutograd])
def test_a_right_layer_is_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_subsampling, answer)


def spoilt(**methods):
    return type("Spoilt", (Subsampling,), methods)


def means(self, x):
    return Subsampling.forward(self, x) / 4


def returns_nothing(self, G):
    Subsampling.backward(self, G)


def one_for_all(self, G):
    below = Subsampling.backward(self, G)
    self.db = G.sum()
    return below


def forgets_w(self, G):
    Subsampling.backward(self, G)
    return Subsampling(torch.ones_like(self.w), self.b).backward_of(self.x, G)


def backward_of(self, x, G):
    self.forward(x)
    return Subsampling.backward(self, G)


def stores_nothing(self, G):
    return Subsampling(self.w, self.b).backward_of(self.x, G)


def steps(self, G):
    below = Subsampling.backward(self, G)
    self.w -= 0.1 * self.dw
    return below


def keeps_old(self, G):
    before = getattr(self, "dw", 0)
    below = Subsampling.backward(self, G)
    self.dw = self.dw + before
    return below


Subsampling.backward_of = backward_of


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (spoilt(forward=means), "what forward returns.* is wrong"),
        (spoilt(forward=lambda self, x: None), "what forward returns.* is None"),
        (spoilt(backward=returns_nothing), "what backward returns.* is None"),
        (spoilt(backward=one_for_all), "db.* has shape"),
        (spoilt(backward=forgets_w), "what backward returns.* is wrong"),
        (spoilt(backward=stores_nothing), "dw.* is None"),
        (spoilt(backward=keeps_old), "dw.* is wrong"),
        (spoilt(backward=steps), "(is wrong|changed w or b)"),
    ],
)
def test_a_wrong_layer_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_subsampling(wrong)


def by_formula(input_dim, conv_param, hidden_size, output_size, act=nn.ReLU, pool=nn.MaxPool2d):
    channels, *sides = input_dim
    count, size, stride, pad = conv_param.values()
    flat = count
    for side in sides:
        flat *= ((side + 2 * pad - size) // stride + 1) // 2
    return nn.Sequential(
        *(nn.Conv2d(channels, count, size, stride, pad), act(), pool(2), nn.Flatten()),
        *(nn.Linear(flat, hidden_size), act(), nn.Linear(hidden_size, output_size)),
    )


def by_trying(input_dim, conv_param, hidden_size, output_size):
    conv = nn.Conv2d(
        input_dim[0],
        conv_param["filter_num"],
        conv_param["filter_size"],
        conv_param["stride"],
        conv_param["pad"],
    )
    maps = nn.Sequential(conv, nn.ReLU(), nn.MaxPool2d(2), nn.Flatten())
    flat = maps(torch.zeros(1, *input_dim)).shape[1]
    return nn.Sequential(
        maps, nn.Linear(flat, hidden_size), nn.ReLU(), nn.Linear(hidden_size, output_size)
    )


class AsModule(nn.Module):
    def __init__(self, *sizes):
        super().__init__()
        net = by_trying(*sizes)
        self.first, self.second, self.third = net[0][0], net[1], net[3]

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.first(x), 2)).flatten(1)
        return self.third(F.relu(self.second(x)))


@pytest.mark.parametrize("answer", [by_formula, by_trying, AsModule])
def test_a_right_network_is_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_convnet, answer)


def square(input_dim, *rest):
    return by_formula((input_dim[0], input_dim[1], input_dim[1]), *rest)


def without_padding(input_dim, conv_param, *rest):
    return by_formula(input_dim, {**conv_param, "pad": 0}, *rest)


def grey(input_dim, *rest):
    return by_formula((1, *input_dim[1:]), *rest)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda *sizes: None, "is None, not a network"),
        (square, "the parameters are"),
        (without_padding, "the parameters are"),
        (grey, "the parameters are"),
        (lambda *sizes: by_formula(*sizes, act=nn.Sigmoid), "the logits are wrong"),
        (lambda *sizes: by_formula(*sizes, pool=nn.AvgPool2d), "the logits are wrong"),
    ],
)
def test_a_wrong_network_is_rejected(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_convnet(wrong)


def test_right_verdicts_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


def test_a_wrong_verdict_is_refuted_by_a_network():
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "network")


def test_no_verdict_is_asked_for():
    for answers in no_verdicts(CLAIMS):
        assert_wants_true_or_false(exercises.check_claims, answers)


def test_the_checks_leave_the_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_subsampling(Subsampling))
