"""Checks for the exercises of the page on computational graphs and backpropagation."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import torch
from torch.func import jacrev
from torch.utils.flop_counter import FlopCounterMode

from utils.exercises.asked import exercise
from utils.exercises.backpropagation_sheets import by_hand_sheet, counts_sheet, predict_sheet
from utils.exercises.feedback import expect, expect_number, expect_tried, right

EXACT = 1e-6
MOST_READS = 50  # how often an answer may read the edges of a node, on average


def _compare(answers: Sequence, wanted: Mapping[str, object], *, within: float) -> None:
    expect(len(answers) == len(wanted), f"{len(wanted)} numbers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=within)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1, f and its gradients by x, y and z, against torch."""
    x, y, z = (torch.tensor(value, requires_grad=True) for value in (3.0, 1.0, -2.0))
    f = torch.maximum(x, y) * z + x
    f.backward()
    leaves = zip("xyz", (x, y, z), strict=True)
    gradients = {f"the gradient of {name}": leaf.grad for name, leaf in leaves}
    _compare(answers, {"f": f.detach(), **gradients}, within=EXACT)
    right(1)


def _multiplications() -> tuple[int, int]:
    """Count the multiplications of exercise 2 as torch makes them, forward and backward."""
    weights = [torch.zeros(784, 100, requires_grad=True), torch.zeros(100, 10, requires_grad=True)]
    with FlopCounterMode(display=False) as counter:
        loss = (torch.sigmoid(torch.zeros(32, 784) @ weights[0]) @ weights[1]).sum()
        forward = counter.get_total_flops()
        loss.backward()
    # torch counts a multiplication and its addition as two operations.
    return forward // 2, (counter.get_total_flops() - forward) // 2


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2: passes by the shape of a Jacobian, multiplications by torch's counter."""
    pixels, numbers = jacrev(lambda pose: pose.sum() * torch.ones(1000))(torch.zeros(3)).shape
    forward, backward = _multiplications()
    wanted = {
        "the passes in forward mode": numbers,
        "the passes in reverse mode": pixels,
        "the multiplications of the forward pass": forward,
        "the multiplications of the backward pass": backward,
    }
    _compare(answers, wanted, within=0)
    right(2)


@exercise
def check_log_cosh(node_class: type) -> None:
    """Check the node of exercise 3 on ordinary, extreme and empty input."""
    generator = torch.Generator().manual_seed(0)
    cases = {
        "a single number": torch.tensor(0.5),
        "random numbers": torch.randn(2, 3, generator=generator, dtype=torch.float64),
        "no numbers": torch.ones(0, 2),
        "±1000": torch.tensor([-1000.0, 0.0, 1000.0]),
        "±1000 in double precision": torch.tensor([-1000.0, 1000.0], dtype=torch.float64),
        "whole numbers up to 15": torch.arange(-15, 16, dtype=torch.float64),
    }
    for name, x in cases.items():
        node, theirs = node_class(), x.clone().requires_grad_()
        wanted = torch.logaddexp(theirs, -theirs) - math.log(2)
        upstream = torch.randn(x.shape, generator=generator, dtype=torch.float64).to(x)
        wanted.backward(upstream)
        for method, argument, expected in (
            ("forward", x, wanted.detach()),
            ("backward", upstream, theirs.grad),
        ):
            result = getattr(node, method)(argument)
            case = f"{method} for {name}"
            expect(isinstance(result, torch.Tensor), f"{case} returns {result!r}, not a tensor")
            expect(result.shape == x.shape, f"{case} has the shape {tuple(result.shape)}")
            rtol = 1e-5 if x.dtype == torch.float32 else 1e-7
            # At 0 the value is 0, but for rounding.
            close = torch.allclose(result.to(x), expected, rtol=rtol, atol=rtol / 100)
            expect(close, f"{case} is wrong")
    right(3)


class _Vertex:
    """A node that counts how often its edges are read."""

    reads = allowed = 0

    def __init__(self, *parents: "_Vertex", local: float = 1.0) -> None:
        self.value, self.grad = 1.0, 0.0
        self._edges = tuple((parent, local) for parent in parents)

    @property
    def edges(self) -> tuple[tuple["_Vertex", float], ...]:
        _Vertex.reads += 1
        expect(_Vertex.reads <= _Vertex.allowed, "each path is walked, and there are too many")
        return self._edges


def _graphs() -> Iterator[tuple[str, list[_Vertex], int, int, int]]:
    """Yield a name, nodes, the places of `last` and `first` among them, and the paths between."""
    one = _Vertex()
    yield "from a node to itself", [one], 0, 0, 1
    yield "in x · x", [one, _Vertex(one, one, local=3.0)], 1, 0, 2
    other = _Vertex()
    yield "between two inputs", [one, other], 1, 0, 0
    total = _Vertex(one, other, local=0.0)
    beyond = _Vertex(total, one, local=-2.0)
    yield "in (x · y) · x", [one, other, total, beyond], 3, 0, 2
    yield "from x · y on", [one, other, total, beyond], 3, 2, 1
    yield "backwards in time", [one, other, total, beyond], 2, 3, 0
    late = _Vertex(total, _Vertex(total))
    yield "where a node reports late", [one, other, total, late], 3, 0, 2
    nodes = [_Vertex()]
    for _ in range(60):
        nodes.append(_Vertex(nodes[-1], nodes[-1], local=0.5))
    yield "through 60 doublings", nodes, 60, 0, 2**60


@exercise
def check_count_paths(count_paths: Callable[..., int]) -> None:
    """Check exercise 4 on graphs with few paths and with 2 to the 60."""
    for name, nodes, last, first, wanted in _graphs():
        _Vertex.reads, _Vertex.allowed = 0, MOST_READS * (len(nodes) + 4)
        answer = count_paths(nodes[last], nodes[first])
        expect_number(f"the number of paths {name}", answer, wanted, within=0)
    right(4)


Place = tuple[float, float, float]


def _f(place: Place, upstream: float = 1.0) -> tuple[float, float, float]:
    """The gradients of max(x, y) · z + x at a place."""
    x, y, z = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in place)
    (torch.maximum(x, y) * z + x).backward(torch.tensor(upstream, dtype=torch.float64))
    return x.grad.item(), y.grad.item(), z.grad.item()


def _close(ours: Sequence[float], theirs: Sequence[float]) -> bool:
    return all(abs(a - b) < EXACT for a, b in zip(ours, theirs, strict=True))


_CLAIMS: dict[str, Callable[[Place], bool]] = {
    "with 2 in place of 1 at the end, all gradients double": lambda place: _close(
        _f(place, 2.0), [2 * slope for slope in _f(place)]
    ),
    "if x, y and z double, all gradients double": lambda place: _close(
        _f(tuple(2 * v for v in place)), [2 * slope for slope in _f(place)]
    ),
    # A path leads from each of the three inputs.
    "an input with gradient 0 has no path to f": lambda place: 0 not in _f(place),
    "the gradient of z is the value of the maximum": lambda place: _f(place)[2] == max(place[:2]),
    "the gradients of x and y add up to z + 1": lambda place: _close(
        [sum(_f(place)[:2])], [place[2] + 1]
    ),
    # Over the maximum comes what y would get on the other side, and 1 directly.
    "the gradient of x is the product of what its two paths bring": lambda place: _close(
        [_f(place)[0]], [(_f(place)[0] - 1) * 1]
    ),
}


def _places() -> list[Place]:
    generator = torch.Generator().manual_seed(0)
    drawn = torch.randn(60, 3, generator=generator, dtype=torch.float64)
    drawn[::6, 1] = drawn[::6, 0]  # ties
    return [tuple(place) for place in drawn.tolist()]


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim at sixty random places, ties among them."""
    expect_tried(claims, _CLAIMS, _places(), "place")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
counts = counts_sheet(check_counts)
