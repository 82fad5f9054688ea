"""Checks for the exercises of the page on multilayer perceptrons."""

import copy
import itertools
from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import nn

from utils.exercises import small_networks
from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_numbers,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.multilayer_perceptron_sheets import by_hand_sheet, counts_sheet, predict_sheet

MARGIN = 0.05  # exercise 4 asks for no point nearer than this to the line through a side
SIDES = torch.tensor(
    [[-1.0, 0, 0], [0, -1, 0], [1, 1, -1]]
).double()  # w1, w2, b; above 0: outside


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's layers."""
    differences = nn.Linear(2, 2, bias=False).double()
    with torch.no_grad():
        differences.weight.copy_(torch.tensor([[1.0, -1], [-1, 1]]))
        hidden = nn.Sequential(differences, nn.ReLU())
        corners = torch.tensor(list(itertools.product((0.0, 1.0), repeat=2))).double()
        at = hidden(torch.tensor([5.0, 2.0]).double())
        outputs = hidden(corners).sum(1)
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    expect_numbers("the hidden numbers", answers[0], at)
    expect_number("the output for (5, 2)", answers[1], at.sum())
    expect_numbers("the four outputs", answers[2], outputs)
    expect_number("the second coordinate", answers[3], 4)
    right(1)


@exercise
def check_counts(answers: Sequence) -> None:
    """Check exercise 2 with a network of torch, and by cutting the plane with four lines."""
    net = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
    weight = torch.zeros(6, 3)
    weight[5, 2] = 1  # unit 5 of the later layer listens to unit 2 of the earlier one
    (row,) = (weight @ torch.eye(3)[2]).nonzero().flatten().tolist()
    wanted = {
        "the number of layers": sum(isinstance(layer, nn.Linear) for layer in net),
        "the number of parameters": sum(p.numel() for p in net.parameters()),
        "the shape": tuple(net[0].weight.shape),
        "the row and the column": (row, 2),
        "the number of pieces": pieces(4),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        if isinstance(value, tuple):
            expect_numbers(name, answer, value, within=0)
        else:
            expect_number(name, answer, value, within=0)
    right(2)


def pieces(count: int) -> int:
    """Return the pieces that ``count`` lines in general position cut the plane into.

    Found by looking close to each crossing: from two lines on, each piece has a corner there.

    >>> [pieces(count) for count in (2, 3, 4)]
    [4, 7, 11]
    """
    generator = torch.Generator().manual_seed(0)
    lines = torch.randn(count, 3, generator=generator, dtype=torch.float64)
    found = set()
    for pair in itertools.combinations(range(count), 2):
        normals = lines[list(pair), :2]
        crossing = torch.linalg.solve(normals, -lines[list(pair), 2])
        for signs in itertools.product((-1.0, 1.0), repeat=2):
            near = torch.linalg.solve(normals, torch.tensor(signs).double() * 1e-7)
            sides = lines[:, :2] @ (crossing + near) + lines[:, 2] > 0
            found.add(tuple(sides.tolist()))
    return len(found)


@exercise
def check_collapse(collapse: Callable[[list[nn.Linear]], tuple]) -> None:
    """Check exercise 3 on stacks of one to four layers, with and without biases."""
    generator = torch.Generator().manual_seed(0)
    for widths in ((3, 2), (2, 4, 3), (3, 3, 3), (5, 1, 4), (2, 5, 3, 4, 2)):
        for biases in (True, False, "some"):
            layers = []
            for index, (before, after) in enumerate(itertools.pairwise(widths)):
                has_bias = index % 2 == 0 if biases == "some" else biases
                layer = nn.Linear(before, after, bias=has_bias)
                for parameter in layer.parameters():
                    parameter.data = torch.randn(parameter.shape, generator=generator)
                layers.append(layer)
            words = {True: "with biases", False: "without biases", "some": "with some biases"}
            case = f"for the widths {widths} {words[biases]}"
            answer = collapse(list(layers))
            if isinstance(answer, nn.Linear):
                zeros = torch.zeros(answer.out_features)
                answer = (answer.weight, zeros if answer.bias is None else answer.bias)
            is_pair = isinstance(answer, (tuple, list)) and len(answer) == 2
            expect(is_pair, f"collapse returns two things, weight and bias, {case}")
            weight = ask_numbers(f"the weight {case}", answer[0], (widths[-1], widths[0]))
            bias = ask_numbers(f"the bias {case}", answer[1], (widths[-1],))
            x = torch.randn(4, widths[0], generator=generator, dtype=torch.float64)
            exact = copy.deepcopy(nn.Sequential(*layers)).double()
            with torch.no_grad():
                wanted, at_zero = exact(x), exact(0 * x[0])
            # The layers are in single precision, as those that one makes oneself.
            is_bias_right = bool((bias - at_zero).abs().max() < 1e-3)
            expect(is_bias_right, f"the bias {case} is not what comes out for the input 0")
            is_right = bool((F.linear(x, weight, bias) - wanted).abs().max() < 1e-3)
            expect(is_right, f"the weight {case} gives other outputs than the layers")
    right(3)


@exercise
def check_triangle(triangle: Callable[[], tuple]) -> None:
    """Check exercise 4 on a grid in and around the triangle, and as near to its sides as asked."""
    answer = triangle()
    is_four = isinstance(answer, (tuple, list)) and len(answer) == 4
    expect(is_four, "triangle returns four things: W1, b1, W2 and b2")
    shapes = {"W1": (3, 2), "b1": (3,), "W2": (1, 3), "b2": (1,)}
    W1, b1, W2, b2 = (
        ask_numbers(name, part, shape)
        for (name, shape), part in zip(shapes.items(), answer, strict=True)
    )
    steps = torch.linspace(-2, 3, 121, dtype=torch.float64)
    points = torch.cat([torch.cartesian_prod(steps, steps), _beside_the_sides(steps)])
    outside = points @ SIDES[:, :2].T + SIDES[:, 2]
    distance = outside / SIDES[:, :2].norm(dim=1)
    points = points[(distance.abs() >= MARGIN).all(1)]
    inside = (points @ SIDES[:, :2].T + SIDES[:, 2] < 0).all(1)
    outputs = F.linear(F.linear(points, W1, b1).relu(), W2, b2)[:, 0]
    for wrong, name, side in (
        (inside & ~(outputs > 0), "inside", "above"),
        (~inside & ~(outputs < 0), "outside", "below"),
    ):
        if wrong.any():
            x, y = points[wrong][0].tolist()
            value = outputs[wrong][0].item()
            hint = f"({x:.2f}, {y:.2f}) lies {name}, and its output {value:.3g} is not {side} zero"
            expect(False, hint)
    right(4)


def _beside_the_sides(steps: torch.Tensor) -> torch.Tensor:
    """Return points just over ``MARGIN`` from the line through each side, on both sides of it."""
    points = []
    for side in SIDES:
        length = side[:2].norm()
        normal = side[:2] / length
        along = steps[:, None] * normal.flip(0) * torch.tensor([-1.0, 1]).double()
        for distance in (1.001 * MARGIN, -1.001 * MARGIN):
            points.append(along + (distance - side[2] / length) * normal)
    return torch.cat(points)


_CLAIMS: dict[str, Callable[[small_networks.Network], bool]] = {
    "two hidden units swapped, with all their weights: the outputs stay": small_networks.swapped,
    "W1 and b1 doubled, W2 halved: the outputs stay": small_networks.rescaled,
    "all weights and biases doubled: the outputs double": small_networks.doubled,
    "without ReLU, some single nn.Linear gives the same outputs": small_networks.collapses,
    "the input halfway between two others has an output halfway, too": small_networks.halfway,
    "without biases, three times the input gives three times the output": small_networks.stretched,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on two hundred random networks."""
    expect_tried(claims, _CLAIMS, small_networks.draw(200), "network")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
counts = counts_sheet(check_counts)
