"""Checks for the exercises of the page on universal approximation."""

import math
from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_numbers,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.universal_approximation_sheets import (
    bounds_sheet,
    by_hand_sheet,
    predict_sheet,
)
from utils.widgets.bump_builder.network import by_hand as bumps

CLOSE = 1e-4  # of outputs that are to agree, beside heights near 1
FINE = torch.linspace(0, 1, 1001, dtype=torch.float64)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with a network of one bump in torch."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    steepness, left, right_edge, height = 100.0, 0.2, 0.5, 3.0
    edges = torch.tensor([left, right_edge]).double()
    at_left = height * torch.sigmoid(steepness * (left - edges))
    expect_numbers("the biases", answers[0], -steepness * edges)
    expect_numbers("the weights of the output", answers[1], [height, -height])
    expect_number("the output at 0.2", answers[2], at_left[0] - at_left[1])
    units = bumps(torch.sin, bumps=7, steepness=steepness)[0].out_features
    expect_number("the number of hidden units", answers[3], units, within=0)
    right(1)


def box_error(f: Callable[[torch.Tensor], torch.Tensor], count: int) -> float:
    """Return the largest error of ``count`` boxes, each as high as ``f`` in its middle.

    >>> round(box_error(lambda x: 2 * x, 4), 3)
    0.25
    """
    piece = torch.arange(count, dtype=torch.float64)[:, None]
    inside = torch.linspace(0, 1, 101, dtype=torch.float64)  # both ends included
    return (f((piece + 0.5) / count) - f((piece + inside) / count)).abs().max().item()


def pieces_of_tents(layers: int) -> int:
    """Return into how many straight pieces so many layers of tents cut the interval.

    >>> [pieces_of_tents(layers) for layers in (1, 2, 3)]
    [2, 4, 8]
    """
    x = torch.linspace(0, 1, 2**12 + 1, dtype=torch.float64)
    for _ in range(layers):
        x = 2 * F.relu(x) - 4 * F.relu(x - 0.5)
    return 1 + int((x.diff().diff().abs() > 1e-9).sum())


@exercise
def check_bounds(answers: Sequence) -> None:
    """Check exercise 2 by measuring boxes and counting the pieces of tents."""
    expect(len(answers) == 5, f"5 answers are wanted, got {len(answers)}")
    enough = next(h for h in range(1, 100) if box_error(lambda x: x, h) <= 0.01 + 1e-9)
    expect_number("the error", answers[0], box_error(lambda x: x, 5))
    expect_number("the number of bumps", answers[1], enough, within=0)
    expect_number("the error at the jump", answers[2], 0.5)
    expect_number("the number of pieces", answers[3], pieces_of_tents(6), within=0)
    expect_number("the number of units", answers[4], pieces_of_tents(6) - 1, within=0)
    right(2)


def _ask_network(name: str, answer: object, units: int) -> list[torch.Tensor]:
    is_four = isinstance(answer, (tuple, list)) and len(answer) == 4
    expect(is_four, f"{name} returns four things: W1, b1, W2 and b2")
    shapes = {"W1": (units, 1), "b1": (units,), "W2": (1, units), "b2": (1,)}
    return [
        ask_numbers(f"{part}, for {units} hidden units,", numbers, shape)
        for (part, shape), numbers in zip(shapes.items(), answer, strict=True)
    ]


@exercise
def check_share_edges(share_edges: Callable[[list[float], float], tuple]) -> None:
    """Check exercise 3 on staircases of two to nine steps, rising, falling, level and soft."""
    generator = torch.Generator().manual_seed(0)
    cases = [([1.0, 2.0], 100.0), ([2.0, 2.0, -1.0], 200.0), ([0.0, 0.0], 50.0)]
    cases += [(torch.randn(h, generator=generator).tolist(), 20.0 * h) for h in (3, 4, 6, 9)]
    for heights, steepness in cases:
        answer = share_edges(list(heights), steepness)
        W1, b1, W2, b2 = _ask_network("share_edges", answer, len(heights) - 1)
        given = torch.tensor(heights, dtype=torch.float64)

        def height_at(middles: torch.Tensor, given: torch.Tensor = given) -> torch.Tensor:
            return given[(middles * len(given)).long()]

        with torch.no_grad():
            wanted = bumps(height_at, bumps=len(heights), steepness=steepness)(FINE[:, None])
        outputs = F.linear(torch.sigmoid(F.linear(FINE[:, None], W1, b1)), W2, b2)
        gap, at = (outputs - wanted)[:, 0].abs().max(0)
        x, got, want = FINE[at].item(), outputs[at].item(), wanted[at].item()
        rounded = [round(height, 2) for height in heights]
        case = f"for the heights {rounded} and the steepness {steepness:g}"
        expect(bool(gap <= CLOSE), f"{case}, the output at {x:.2f} is {got:.3f}, not {want:.3f}")
    right(3)


@exercise
def check_polyline(polyline: Callable[[list[float], list[float]], tuple]) -> None:
    """Check exercise 4 at the points and between them, evenly and unevenly spaced."""
    generator = torch.Generator().manual_seed(0)
    cases = [([0.0, 1.0], [1.0, 3.0]), ([-2.0, 0.0, 1.0], [0.0, 0.0, 5.0])]
    for n in (3, 5, 8):
        xs = torch.rand(n, generator=generator).add(0.1).cumsum(0) - 1
        cases.append((xs.tolist(), torch.randn(n, generator=generator).tolist()))
    for xs, ys in cases:
        W1, b1, W2, b2 = _ask_network("polyline", polyline(list(xs), list(ys)), len(xs) - 1)
        points = torch.tensor([xs, ys], dtype=torch.float64)
        middles = (points[:, 1:] + points[:, :-1]) / 2
        quarters = (points[:, 1:] + 3 * points[:, :-1]) / 4
        for kind, (x, y) in (("", points), ("between, ", middles), ("between, ", quarters)):
            outputs = F.linear(F.relu(F.linear(x[:, None], W1, b1)), W2, b2)[:, 0]
            gap, at = (outputs - y).abs().max(0)
            hint = f"{kind}at x = {x[at]:.2f} the output is {outputs[at]:.3f}, not {y[at]:.3f}"
            expect(bool(gap <= 1e-3), f"with {len(xs)} points, {hint}")
    right(4)


class Staircase:
    """Random steep bumps: heights, steepness, and the curve that they are to follow."""

    def __init__(self, generator: torch.Generator) -> None:
        self.count = int(torch.randint(2, 9, (1,), generator=generator))
        self.heights = torch.randn(self.count, generator=generator, dtype=torch.float64)
        self.turns = int(torch.randint(1, 4, (1,), generator=generator))

    def outputs(self, heights: torch.Tensor | None = None, steepness: float = 400) -> torch.Tensor:
        """The outputs on the interval, for other heights or another steepness."""
        given = self.heights if heights is None else heights
        net = bumps(
            lambda middles: given[(middles * len(given)).long()],
            bumps=len(given),
            steepness=steepness,
        )
        with torch.no_grad():
            return net(FINE[:, None])[:, 0]

    def error_of_a_wave(self, count: int) -> float:
        """The largest error of so many boxes for a sine with ``turns`` periods."""
        return box_error(lambda x: torch.sin(2 * math.pi * self.turns * x), count)


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return bool((one - other).abs().max() <= CLOSE)


def _doubled(stairs: Staircase) -> bool:
    return _same(stairs.outputs(2 * stairs.heights), 2 * stairs.outputs())


def _raised(stairs: Staircase) -> bool:
    return _same(stairs.outputs(stairs.heights + 1), stairs.outputs() + 1)


def _between(stairs: Staircase) -> bool:
    outputs, heights = stairs.outputs(), stairs.heights
    return bool(outputs.min() >= heights.min() - CLOSE and outputs.max() <= heights.max() + CLOSE)


def _steeper(stairs: Staircase) -> bool:
    return _same(stairs.outputs(steepness=800), stairs.outputs())


def _joined(stairs: Staircase) -> bool:
    return _same(stairs.outputs(stairs.heights.repeat_interleave(2)), stairs.outputs())


def _better(stairs: Staircase) -> bool:
    return stairs.error_of_a_wave(2 * stairs.count) < stairs.error_of_a_wave(stairs.count) - CLOSE


_CLAIMS: dict[str, Callable[[Staircase], bool]] = {
    "all heights doubled: the output doubles": _doubled,
    "all heights raised by 1: the output rises by 1": _raised,
    "the output stays between the smallest and the largest height": _between,
    "the steepness doubled: the output stays": _steeper,
    "two neighbours of equal height: one wide bump does the same": _joined,
    "twice as many bumps for a curve: the largest error is smaller": _better,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on thirty random staircases."""
    generator = torch.Generator().manual_seed(0)
    draws = [Staircase(generator) for _ in range(30)]
    expect_tried(claims, _CLAIMS, draws, "network")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
bounds = bounds_sheet(check_bounds)
