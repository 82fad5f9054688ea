"""Checks for the exercises of the page on coding and training a network from scratch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from utils.exercises.answers import flat, near, plain
from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_numbers,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.mlp_from_scratch_sheets import by_hand_sheet, predict_sheet, shapes_sheet


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's own linear layer and autograd."""
    X = torch.tensor([[1.0, 0], [2, 3]], requires_grad=True)
    W, b = torch.tensor([[1.0, -1]], requires_grad=True), torch.ones(1, requires_grad=True)
    outputs = F.linear(X, W, b)
    of_X, of_W, of_b = torch.autograd.grad(outputs, (X, W, b), torch.tensor([[4.0], [-2]]))
    wanted = {
        "the two outputs": outputs.detach()[:, 0],
        "the gradient of W": of_W[0],
        "the gradient of b": of_b[0],
        "the gradient of the second row of X": of_X[1],
        "the threshold": -b.detach()[0],
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        if value.ndim:
            expect_numbers(name, flat(answer), value)
        else:
            single = answer if not _is_list(answer) else ask_numbers(name, answer, (1,))[0]
            expect_number(name, single, value)
    right(1)


def _is_list(answer: object) -> bool:
    shape = getattr(answer, "shape", None)
    return isinstance(answer, (list, tuple)) if shape is None else tuple(shape) == (1,)


@exercise
def check_shapes(answers: Sequence) -> None:
    """Check exercise 2 with the gradients that autograd finds."""
    sizes = (40, 64), (40,), (10, 40), (10,)
    W1, b1, W2, b2 = (torch.zeros(size, requires_grad=True) for size in sizes)
    hidden = F.relu(F.linear(torch.zeros(20, 64), W1, b1))
    logits = F.linear(hidden, W2, b2)
    loss = F.cross_entropy(logits, torch.zeros(20, dtype=torch.int64))
    of_logits, of_hidden, of_weight = torch.autograd.grad(loss, (logits, hidden, W1))
    wanted = {
        "the shape that the loss hands down": of_logits.shape,
        "the shape that the second Linear hands down": of_hidden.shape,
        "the shape of the first dW": of_weight.shape,
        "the number of weights and biases": sum(part.numel() for part in (W1, b1, W2, b2)),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        if isinstance(value, int):
            expect_number(name, answer, value, within=0)
        else:
            expect_numbers(name, answer, list(value), within=0)
    right(2)


@exercise
def check_scale(layer_class: type) -> None:
    """Check the layer of exercise 3 against autograd, on several shapes and in two calls."""
    generator = torch.Generator().manual_seed(0)
    for shape in ((5, 3), (1, 4), (6, 1), (3, 3)):
        w, b = torch.randn(2, shape[1], generator=generator, dtype=torch.float64)
        kept = w.clone(), b.clone()
        layer = layer_class(w, b)
        for _ in range(2):  # gradients of the second minibatch replace those of the first
            X, G = torch.randn(2, *shape, generator=generator, dtype=torch.float64)
            parts = [part.clone().requires_grad_() for part in (X, w, b)]
            outputs = parts[0] * parts[1] + parts[2]
            of_X, of_w, of_b = torch.autograd.grad(outputs, parts, G)
            forward, backward = layer.forward(X.clone()), layer.backward(G.clone())
            results = {
                "what forward returns": (forward, outputs.detach()),
                "what backward returns": (backward, of_X),
                "dw": (getattr(layer, "dw", None), of_w),
                "db": (getattr(layer, "db", None), of_b),
            }
            for name, (answer, wanted) in results.items():
                case = f"{name}, for X of shape {shape},"
                expect(isinstance(answer, torch.Tensor), f"{case} is {answer!r}, not a tensor")
                found = tuple(answer.shape)
                expect(
                    found == wanted.shape, f"{case} has shape {found}, not {tuple(wanted.shape)}"
                )
                expect(near(answer, wanted), f"{case} is wrong")
        same = torch.equal(w, kept[0]) and torch.equal(b, kept[1])
        expect(same, "backward changed w or b: the step comes later")
    right(3)


@exercise
def check_wrong_parts(wrong_parts: Callable[..., Sequence[int]]) -> None:
    """Check exercise 4 on a small function, with claims that are wrong in many ways."""
    generator = torch.Generator().manual_seed(0)
    parts = [
        torch.randn(shape, generator=generator, dtype=torch.float64)
        for shape in ((3, 2), (3,), (2, 3))
    ]

    def loss() -> torch.Tensor:
        expect(not any(part.requires_grad for part in parts), "no autograd: nudge the entries")
        hidden = torch.tanh(parts[0] @ torch.tensor([0.5, -1.0], dtype=torch.float64) + parts[1])
        return ((parts[2] @ hidden) ** 2).sum()

    twins = [part.clone().requires_grad_() for part in parts]
    hidden = torch.tanh(twins[0] @ torch.tensor([0.5, -1.0], dtype=torch.float64) + twins[1])
    truth = torch.autograd.grad(((twins[2] @ hidden) ** 2).sum(), twins)
    one_entry = truth[0].clone()
    one_entry[2, 1] += 0.01
    claims = {
        "all are right": ([], truth),
        "one entry is off": ([0], (one_entry, *truth[1:])),
        "a sign is wrong": ([1], (truth[0], -truth[1], truth[2])),
        "all are twice as long": ([0, 1, 2], tuple(2 * part for part in truth)),
        "a shape is wrong": ([1], (truth[0], truth[1].expand(2, 3).clone(), truth[2])),
        "a matrix is transposed": ([2], (truth[0], truth[1], truth[2].T.clone())),
        "all are zero": ([0, 1, 2], tuple(torch.zeros_like(part) for part in truth)),
    }
    before = [part.clone() for part in parts]
    for name, (wanted, claim) in claims.items():
        answer = wrong_parts(loss, parts, [part.clone() for part in claim])
        listed = plain(list(answer) if isinstance(answer, set) else answer)
        found = sorted(listed) if isinstance(listed, list) else listed
        expect(found == wanted, f"where {name}, the answer is {answer!r} instead of {wanted}")
        for part, old in zip(parts, before, strict=True):
            same = torch.allclose(part, old, rtol=0, atol=1e-12)
            expect(same, "a part is not as it was before the call")
    right(4)


@dataclass
class _Network:
    """A minibatch ``(6, 3)`` with labels, and the parts of a network of 4 units, float64."""

    X: torch.Tensor
    labels: torch.Tensor
    parts: tuple[torch.Tensor, ...]

    def logits(self, X: torch.Tensor, parts: Sequence[torch.Tensor]) -> torch.Tensor:
        W1, b1, W2, b2 = parts
        return F.linear(F.relu(F.linear(X, W1, b1)), W2, b2)

    def loss(self, parts: Sequence[torch.Tensor]) -> torch.Tensor:
        return F.cross_entropy(self.logits(self.X, parts), self.labels)

    def gradients(self, X: torch.Tensor, labels: torch.Tensor) -> tuple[torch.Tensor, ...]:
        parts = [part.clone().requires_grad_() for part in self.parts]
        return torch.autograd.grad(F.cross_entropy(self.logits(X, parts), labels), parts)


def _draw(count: int) -> list[_Network]:
    """Return networks with normal weights; the first hidden unit is cut off throughout."""
    generator = torch.Generator().manual_seed(0)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    drawn = []
    for _ in range(count):
        b1 = normal(4)
        b1[0] = -100
        labels = torch.randint(3, (6,), generator=generator)
        drawn.append(_Network(normal(6, 3), labels, (normal(4, 3), b1, normal(3, 4), normal(3))))
    return drawn


def _output_biases_add_up_to_zero(net: _Network) -> bool:
    return bool(net.gradients(net.X, net.labels)[3].sum().abs() < 1e-12)


def _no_gradient_when_cut_off(net: _Network) -> bool:
    W1, b1, W2, _ = net.gradients(net.X, net.labels)
    return not (W1[0].any() or b1[0].any() or W2[:, 0].any())


def _twice_the_logits(net: _Network) -> bool:
    return torch.allclose(net.logits(2 * net.X, net.parts), 2 * net.logits(net.X, net.parts))


def _factor(value: float) -> Callable[[_Network], bool]:
    def same_loss(net: _Network) -> bool:
        W1, b1, W2, b2 = net.parts
        other = net.loss((value * W1, value * b1, W2 / value, b2))
        return torch.allclose(other, net.loss(net.parts))

    return same_loss


def _twice_the_gradients(net: _Network) -> bool:
    once = net.gradients(net.X, net.labels)
    twice = net.gradients(net.X.repeat(2, 1), net.labels.repeat(2))
    return all(torch.allclose(b, 2 * a) for a, b in zip(once, twice, strict=True))


_CLAIMS: dict[str, Callable[[_Network], bool]] = {
    "the gradient of the output biases adds up to 0": _output_biases_add_up_to_zero,
    "a hidden unit that is 0 for the whole minibatch gets no gradient": _no_gradient_when_cut_off,
    "doubling the images doubles the logits": _twice_the_logits,
    "W1 and b1 times 2, and W2 divided by 2, leaves the loss as it is": _factor(2),
    "W1 and b1 times -1, and W2 times -1, leaves the loss as it is": _factor(-1),
    "each example twice in the minibatch doubles the gradients": _twice_the_gradients,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on fifty random networks."""
    expect_tried(claims, _CLAIMS, _draw(50), "network")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
shapes = shapes_sheet(check_shapes)
