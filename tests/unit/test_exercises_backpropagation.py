import pytest
import torch
from exercise_checks import in_every_form, in_form

from utils.exercises import backpropagation as exercises

ANSWERS = {"f": -3, "df/dx": -1, "df/dy": 0, "df/dz": 3}
COUNTS = {
    "passes, forward mode": 3,
    "passes, reverse mode": 1000,
    "multiplications, forward pass": 2_540_800,
    "multiplications, backward pass": 2_572_800,
}


class Softplus:
    def forward(self, x):
        self.saved = x
        return x.clamp(min=0) + torch.log1p(torch.exp(-x.abs()))

    def backward(self, upstream):
        return upstream * torch.sigmoid(self.saved)


class Naive(Softplus):
    def forward(self, x):
        self.saved = x
        return torch.log(1 + torch.exp(x))


class NaiveSlope(Softplus):
    def backward(self, upstream):
        return upstream * torch.exp(self.saved) / (1 + torch.exp(self.saved))


class NoUpstream(Softplus):
    def backward(self, upstream):
        return torch.sigmoid(self.saved)


class Relu(Softplus):
    def forward(self, x):
        self.saved = x
        return x.clamp(min=0)


class Summed(Softplus):
    def forward(self, x):
        return super().forward(x)[None]


class Starter:
    def forward(self, x): ...

    def backward(self, upstream): ...


@in_every_form
def test_by_hand_accepts_the_right_numbers(form, capsys):
    exercises.check_by_hand(in_form(form, ANSWERS))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("f", None, "f needs a number, got None"),
        ("f", -9, "f is not -9"),
        ("df/dx", -2, "df/dx is not -2"),
        ("df/dx", 1, "df/dx is not 1"),
        ("df/dy", -2, "df/dy is not -2"),
        ("df/dy", True, "df/dy needs a number, got True"),
        ("df/dz", "3", "df/dz needs a number, got '3'"),
        ("df/dz", 1, "df/dz is not 1"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_by_hand({**ANSWERS, name: answer})


def test_by_hand_names_an_answer_that_is_missing():
    with pytest.raises(AssertionError, match="f needs a number, got None"):
        exercises.check_by_hand({})


class ByLogaddexp(Softplus):
    def forward(self, x):
        self.saved = x
        return torch.logaddexp(x, torch.zeros_like(x))


class KeepsItsSlope:
    def forward(self, x):
        self.slope = 1 / (1 + torch.exp(-x))
        return torch.where(x > 0, x, 0) + torch.log1p(torch.exp(-x.abs()))

    def backward(self, upstream):
        return self.slope * upstream


@pytest.mark.parametrize("node", [Softplus, ByLogaddexp, KeepsItsSlope])
def test_softplus_accepts_the_right_node(node, capsys):
    exercises.check_softplus(node)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (Starter, "forward for a single number returns None, not a tensor"),
        (Summed, r"forward for a single number has the shape \(1,\)"),
        (Relu, "forward for a single number is wrong"),
        (NoUpstream, "backward for a single number is wrong"),
        (Naive, "forward for ±1000 is wrong"),
        (NaiveSlope, "backward for ±1000 is wrong"),
    ],
)
def test_softplus_rejects_a_wrong_node(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_softplus(wrong)


@in_every_form
def test_counts_accept_the_right_numbers(form, capsys):
    exercises.check_counts(in_form(form, COUNTS))
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("passes, forward mode", None, "passes, forward mode needs a number, got None"),
        ("passes, forward mode", 1000, "passes, forward mode is not 1000"),
        ("passes, reverse mode", 3, "passes, reverse mode is not 3"),
        ("multiplications, forward pass", 2_508_800, "forward pass is not 2508800"),
        ("multiplications, backward pass", 5_081_600, "backward pass is not 5081600"),
    ],
)
def test_counts_reject_a_wrong_number(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_counts({**COUNTS, name: answer})
