"""Checks for the exercises of the page on reductions and joining."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right
from utils.exercises.forbidden import expect_in_torch, expect_no_loop, expect_same_effort, watch
from utils.exercises.reductions_and_joining_sheets import (
    numbers_sheet,
    predict_sheet,
    shapes_sheet,
)


@exercise
def check_shapes(shapes: Sequence[Sequence[int]]) -> None:
    """Check exercise 1 by what torch makes of a tensor of shape (2, 3, 4, 5)."""
    x = torch.zeros(2, 3, 4, 5)
    wanted = {
        "x.amax(dim=2)": x.amax(dim=2),
        "x.mean(dim=(0, 3))": x.mean(dim=(0, 3)),
        "x.sum(dim=-1, keepdim=True)": x.sum(dim=-1, keepdim=True),
        "x.cumsum(dim=1)": x.cumsum(dim=1),
        "torch.cat([x, x], dim=1)": torch.cat([x, x], dim=1),
        "torch.stack([x, x], dim=1)": torch.stack([x, x], dim=1),
    }
    expect(len(shapes) == len(wanted), f"{len(wanted)} shapes are wanted, got {len(shapes)}")
    for (name, result), answer in zip(wanted.items(), shapes, strict=True):
        expect_numbers(f"the shape of {name}", answer, list(result.shape), within=0)
    right(1)


@exercise
def check_numbers(found: Sequence) -> None:
    """Check exercise 2 in torch."""
    x, v = torch.tensor([[1, 2, 3], [4, 5, 6]]), torch.tensor([1, 0, 2])
    wanted = {
        "x.sum(dim=0)": x.sum(dim=0),
        "x.amax(dim=1)": x.amax(dim=1),
        "x.cumsum(dim=1)[1]": x.cumsum(dim=1)[1],
        "x.reshape(3, 2)[1]": x.reshape(3, 2)[1],
        "x.argmax()": x.argmax(),
        'torch.einsum("ij,j->i", x, v)': torch.einsum("ij,j->i", x, v),
    }
    expect(len(found) == len(wanted), f"{len(wanted)} answers are wanted, got {len(found)}")
    for (name, result), answer in zip(wanted.items(), found, strict=True):
        judge = expect_numbers if result.ndim else expect_number
        judge(name, answer, result, within=0)
    right(2)


@exercise
def check_even_out(even_out: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3 on batches of several shapes, and look for a loop."""
    draw = torch.Generator().manual_seed(0)
    runs = []
    for shape in ((2, 3, 4, 5), (3, 3, 3, 3), (1, 1, 6, 2), (5, 2, 1, 1), (8, 16, 5, 5)):
        images = 3 + torch.randn(shape, generator=draw, dtype=torch.float64)
        runs.append(watch(even_out, images.clone()))
        answer, case = runs[-1].result, f"for images of shape {shape}"
        expect(isinstance(answer, torch.Tensor), f"a tensor is wanted, got {answer!r}")
        expect(answer.shape == images.shape, f"the shape is {tuple(answer.shape)} {case}")
        channels = answer.transpose(0, 1).flatten(1)
        expect(
            bool((channels.mean(1).abs() < 1e-9).all()), f"a channel does not have mean 0 {case}"
        )
        expect(
            bool((channels.abs().amax(1) - 1).abs().max() < 1e-9),
            f"the number furthest from 0 is not 1 or -1 in each channel {case}",
        )
        centred = images - images.mean(dim=(0, 2, 3), keepdim=True)
        factors = answer * centred.abs().amax(dim=(0, 2, 3), keepdim=True)
        expect(torch.allclose(factors, centred), f"a channel is bent or turned round {case}")
    expect_no_loop(runs[0], "even_out")
    expect_in_torch(runs[-1], "even_out")
    expect_same_effort(runs[0], runs[-1], "even_out")
    right(3)


@exercise
def check_sheet(sheet: Callable[[torch.Tensor, int], torch.Tensor]) -> None:
    """Check exercise 4 with pictures whose pixels are told apart."""
    for count, columns, height, width in ((6, 3, 2, 2), (6, 2, 3, 4), (4, 4, 2, 3), (5, 1, 3, 2)):
        images = torch.arange(count * height * width).view(count, height, width)
        answer = sheet(images.clone(), columns)
        case = f"for {count} pictures of {height}×{width} in {columns} columns"
        expect(isinstance(answer, torch.Tensor), f"a tensor is wanted, got {answer!r}")
        wanted = (count // columns * height, columns * width)
        expect(answer.shape == wanted, f"the shape is {tuple(answer.shape)} {case}")
        for number, image in enumerate(images):
            row, column = divmod(number, columns)
            place = answer[row * height : (row + 1) * height, column * width :][:, :width]
            expect(
                torch.equal(place, image),
                f"picture {number} does not stand in row {row}, column {column} {case}",
            )
    right(4)


Draw = tuple[torch.Tensor, torch.Tensor]


def _close(one: torch.Tensor, other: torch.Tensor) -> bool:
    return one.shape == other.shape and torch.allclose(one, other)


_CLAIMS: dict[str, Callable[[Draw], bool]] = {
    "x.sum(dim=0).sum(dim=0) equals x.sum()": lambda draw: _close(
        draw[0].sum(dim=0).sum(dim=0), draw[0].sum()
    ),
    "x.mean(dim=1).mean() equals x.mean()": lambda draw: _close(
        draw[0].mean(dim=1).mean(), draw[0].mean()
    ),
    "the mean of x.mean() and y.mean() equals torch.cat([x, y]).mean()": lambda draw: _close(
        (draw[0].mean() + draw[1].mean()) / 2, torch.cat(draw).mean()
    ),
    "x.amax(dim=0) - v equals (x - v).amax(dim=0)": lambda draw: _close(
        draw[0].amax(dim=0) - draw[1][0], (draw[0] - draw[1][0]).amax(dim=0)
    ),
    "x.reshape(3, 5) equals x.T": lambda draw: _close(draw[0].reshape(3, 5), draw[0].T),
    "x.cumsum(dim=0)[-1] equals x.sum(dim=0)": lambda draw: _close(
        draw[0].cumsum(dim=0)[-1], draw[0].sum(dim=0)
    ),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random tables of 5 and of 2 rows."""
    draw = torch.Generator().manual_seed(0)
    draws = [
        tuple(torch.randn(rows, 3, generator=draw, dtype=torch.float64) for rows in (5, 2))
        for _ in range(20)
    ]
    expect_tried(claims, _CLAIMS, draws, "table")
    right(5)


predict = predict_sheet()
shapes = shapes_sheet(check_shapes)
numbers = numbers_sheet(check_numbers)
