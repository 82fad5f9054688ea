"""Checks for the exercises of the page on learning problems."""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.answers import as_number
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_number, ask_numbers, expect, expect_number, right
from utils.exercises.learning_problems_sheets import (
    ANSWERS,
    KINDS,
    OPTIONS,
    by_hand_sheet,
    kinds_sheet,
    predict_sheet,
)

_POINTS = torch.tensor([[0.0, 0], [2, 0], [1, 3], [6, 1], [6, 3]])
_LABELS = torch.tensor([0, 0, 0, 1, 1])
_ASKED = torch.tensor([[4.0, 1], [3, 2]])
EXACT = 1e-6  # an answer may be a float32


@exercise
def check_centroids_by_hand(answers: Sequence) -> None:
    """Check exercise 1: two means, a squared distance, and the nearer mean of two points."""
    expect(len(answers) == 5, f"5 answers are wanted, got {len(answers)}")
    *centroids, square, first, second = answers
    means = torch.stack([_POINTS[c == _LABELS].mean(dim=0) for c in (0, 1)])
    for c, (answer, wanted) in enumerate(zip(centroids, means, strict=True)):
        given = ask_numbers(f"the centroid of class {c}", answer, (2,))
        is_mean = torch.allclose(given, wanted.double(), rtol=0, atol=EXACT)
        expect(is_mean, f"{answer} is not the mean of the points of class {c}")
    squares = torch.cdist(_ASKED, means).square()
    expect_number("the squared distance", square, squares[0, 0], within=EXACT)
    nearest = squares.argmin(dim=1).tolist()
    for point, answer, wanted in zip(_ASKED.tolist(), (first, second), nearest, strict=True):
        expect(as_number(answer) in (0, 1), f"the class of {point} is 0 or 1, got {answer!r}")
        expect(answer == wanted, f"class {answer} does not have the centroid nearer to {point}")
    right(1)


@exercise
def check_kinds(answers: Sequence) -> None:
    """Check exercise 2: the kinds of four problems, the kind of an answer, and a risk."""
    tasks = {**dict.fromkeys(KINDS, OPTIONS), "predict the price of a house": ANSWERS}
    wanted_kinds = (*KINDS.values(), ANSWERS[0])
    expect(len(answers) == len(tasks) + 1, f"{len(tasks) + 1} answers are wanted")
    for (task, options), wanted, answer in zip(tasks.items(), wanted_kinds, answers, strict=False):
        expect(answer in options, f"{task!r} needs one of {', '.join(options)}, got {answer!r}")
        expect(answer == wanted, f"{task!r} is not {answer}")
    risk = F.mse_loss(torch.tensor([2.0, 5.0]), torch.tensor([1.0, 5.0]))
    expect_number("the empirical risk", answers[-1], risk, within=EXACT)
    right(2)


@exercise
def check_hide_middle(
    hide_middle: Callable[[torch.Tensor, int], tuple[torch.Tensor, torch.Tensor]],
) -> None:
    """Check exercise 3 on even and odd sizes, one and three channels."""
    generator = torch.Generator().manual_seed(0)
    cases = (((2, 1, 8, 8), 4), ((1, 1, 5, 7), 3), ((3, 3, 6, 6), 1), ((2, 1, 4, 4), 4))
    cases += (((2, 3, 5, 6), 2),)
    for shape, size in cases:
        images = torch.rand(shape, generator=generator) + 0.1  # no pixel is zero by itself
        before, case = images.clone(), f"for images {shape} and size {size}"
        answer = hide_middle(images, size)
        is_pair = isinstance(answer, (tuple, list)) and len(answer) == 2
        expect(is_pair, f"inputs and labels are wanted {case}")
        inputs, labels = answer
        expect(torch.equal(images, before), f"the pictures themselves were changed {case}")
        expect(inputs.shape == images.shape, f"inputs have shape {tuple(inputs.shape)} {case}")
        count = (shape[0], shape[1] * size * size)
        expect(labels.shape == count, f"labels have shape {tuple(labels.shape)} {case}")
        height, width = shape[2:]
        top, left = (height - size) // 2, (width - size) // 2
        hole = (left, width - left - size, top, height - top - size)
        mask = F.pad(torch.zeros(size, size), hole, value=1.0)
        expect(torch.equal(inputs, images * mask), f"the wrong pixels are hidden {case}")
        cut = images[mask.expand(shape) == 0].view(count)
        expect(torch.equal(labels, cut), f"the labels are not the hidden pixels {case}")
    right(3)


def _columns_to_card(image: torch.Tensor) -> int | None:
    card = F.l1_loss(image.mean().expand_as(image), image)
    width = image.shape[1]
    for columns in range(1, width):
        moved = F.pad(image[None], (columns, 0), mode="replicate")[0, :, :width]
        if F.l1_loss(moved, image) > card:
            return columns
    return None


@exercise
def check_columns_to_card(columns_to_card: Callable[[torch.Tensor], int | None]) -> None:
    """Check exercise 4 on pictures that are lost soon, late and not at all."""
    generator = torch.Generator().manual_seed(0)
    slopes = torch.linspace(0, 1, 9, dtype=torch.float64).expand(4, 9)
    steep = (4 * slopes).exp()  # its mean is far from its median
    edges = torch.eye(6, 7, dtype=torch.float64) + slopes[:1, :7]
    noise = torch.rand(5, 8, generator=generator, dtype=torch.float64)
    blank, column = torch.full((3, 5), 0.25), torch.tensor([[0.0], [1.0]])
    # A card that is exactly as far as the moved picture has not been passed.
    tie = torch.tensor([[0.0, 0, 1, 1]])
    last = torch.tensor([[0.0, 1, 0, 3, 3]])  # only the largest number of columns passes it
    pictures = (slopes, steep, edges, noise, noise.cumsum(1), blank, column, tie, tie.flip(1))
    for image in (*pictures, last):
        wanted, given = _columns_to_card(image), image.clone()
        answer = columns_to_card(given)
        expect(torch.equal(image, given), "the picture itself was changed")
        case = f"for the picture {image.tolist()}"
        is_right = answer is None if wanted is None else as_number(answer) == wanted
        expect(is_right, f"{answer!r} is not the number of columns {case}")
    right(4)


@exercise
def check_step_factors(factor_for_sum: float, factor_for_mean: float) -> None:
    """Check exercise 5 on the slopes of a loss over 100 and over 2,000 examples."""
    for name, answer, reduction in (
        ("factor_for_sum", factor_for_sum, "sum"),
        ("factor_for_mean", factor_for_mean, "mean"),
    ):
        factor = ask_number(name, answer)
        weight = torch.zeros((), dtype=torch.float64, requires_grad=True)
        slopes = []
        for count in (100, 2000):
            targets = torch.ones(count, dtype=torch.float64)
            loss = F.mse_loss(weight * targets, targets, reduction=reduction)
            slopes += torch.autograd.grad(loss, weight)
        few, many = slopes
        expect(
            ((factor * many - few) / few).abs() < EXACT,
            f"{name} = {answer} does not keep the step as long as it was",
        )
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_centroids_by_hand)
kinds = kinds_sheet(check_kinds)
