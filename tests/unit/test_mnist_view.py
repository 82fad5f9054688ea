"""Drawings as MNIST keeps its digits."""

import pytest
import torch
import torch.nn.functional as F

from utils.checks import assert_same
from utils.data.images import load_images
from utils.mnist_view import area_matrix, mnist_view

draw = torch.Generator().manual_seed(0)


@pytest.mark.parametrize("factor", [1, 2, 3, 5])
def test_whole_factors_are_means_and_repetitions(factor):
    row = torch.rand(12, generator=draw, dtype=torch.float64)
    smaller = area_matrix(12 * factor, 12) @ row.repeat_interleave(factor)
    assert_same(smaller, row)
    long = torch.rand(12 * factor, generator=draw, dtype=torch.float64)
    assert_same(area_matrix(12 * factor, 12) @ long, F.avg_pool1d(long[None, None], factor)[0, 0])
    assert_same(area_matrix(12, 12 * factor) @ row, row.repeat_interleave(factor))


@pytest.mark.parametrize(("inputs", "outputs"), [(1, 7), (7, 1), (28, 20), (5, 8), (13, 20)])
def test_rows_add_up_to_one_and_the_mean_stays(inputs, outputs):
    table = area_matrix(inputs, outputs)
    assert table.shape == (outputs, inputs) and (table >= 0).all()
    assert_same(table.sum(1), torch.ones(outputs, dtype=torch.float64))
    assert_same(table.sum(0), torch.full((inputs,), outputs / inputs, dtype=torch.float64))


def test_a_drawing_lands_in_the_middle_wherever_it_was_drawn():
    digits = load_images("digits", size=28).test_images[:40, 0]
    for digit in digits:
        digit = (digit * (digit > 0.2))[2:-2, 2:-2]
        here = mnist_view(F.pad(digit, (0, 12, 9, 0)).double())
        there = mnist_view(F.pad(digit, (7, 1, 2, 30)).double())
        assert_same(here, there)
        rows, columns = here.any(1).nonzero().flatten(), here.any(0).nonzero().flatten()
        sides = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
        assert max(sides) in (20, 21)
        places = torch.arange(28) + 0.5
        for mass in (here.sum(0), here.sum(1)):
            middle = (mass * places).sum() / mass.sum()
            edge = mass.nonzero().flatten()
            if edge[0] > 0 and edge[-1] < 27:  # else the box stands at the border
                assert abs(middle - 14) <= 0.5 + 1e-6


def test_a_size_does_not_matter_and_a_dot_fills_the_box():
    square = torch.zeros(28, 28)
    square[3:8, 4:9] = 0.7
    large = torch.zeros(28, 28)
    large[:20, :20] = 0.7
    assert_same(mnist_view(square), mnist_view(large))
    view = mnist_view(F.one_hot(torch.tensor(5), 9).float()[None])
    assert view.sum() == 400 and view[4:24, 4:24].all()


@pytest.mark.parametrize("ink", [1.0, 0.3])
def test_half_a_pixel_rounds_up(ink):
    stroke = torch.zeros(28, 28, dtype=torch.float64)
    stroke[10:18, 5] = ink  # 8×1, so 20×2.5, and its middle is at half a pixel
    wanted = torch.zeros(28, 28, dtype=torch.float64)
    wanted[4:24, 13:16] = ink
    assert_same(mnist_view(stroke), wanted)
    assert_same(mnist_view(stroke.T), wanted.T)
    block = torch.zeros(28, 28, dtype=torch.float64)
    block[2:6, 9:12] = ink  # 4×3, so 20×15
    wanted = torch.zeros(28, 28, dtype=torch.float64)
    wanted[4:24, 7:22] = ink
    assert_same(mnist_view(block), wanted)


def test_blank_paper_stays_blank_in_its_dtype():
    for dtype in (torch.float32, torch.float64):
        view = mnist_view(torch.zeros(3, 5, dtype=dtype))
        assert view.shape == (28, 28) and view.dtype == dtype and not view.any()


@pytest.mark.parametrize(
    "bad",
    [
        torch.zeros(4),
        torch.full((3, 3), -1.0),
        torch.tensor([[float("nan")]]),
        torch.ones(1, 2, 2),
    ],
)
def test_what_is_no_drawing_is_refused(bad):
    with pytest.raises(ValueError, match="table of numbers"):
        mnist_view(bad)
    with pytest.raises(ValueError, match="at least 1 pixel"):
        area_matrix(0, 3)
