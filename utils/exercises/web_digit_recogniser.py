"""Checks for the exercises of the page on a recogniser in the browser, and its answer fields."""

import json
import math
import struct
from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_number, expect_numbers, expect_tried, right
from utils.exercises.web_digit_recogniser_sheets import centring_sheet, file_sheet, predict_sheet
from utils.mnist_view import mnist_view


@exercise
def check_file(answers: Sequence) -> None:
    """Check exercise 1: numbers, bytes, and letters of base64."""
    numbers = 785 * 16 + 17 * 10
    names = "the numbers", "the bytes", "the letters"
    wanted = numbers, 4 * numbers, 4 * math.ceil(numbers / 3)
    for name, answer, value in zip(names, answers, wanted, strict=True):
        expect_number(name, answer, value, within=0)
    right(1)


@exercise
def check_centring(answers: Sequence) -> None:
    """Check exercise 2: a box, its centre of mass, and where it begins."""
    names = "the length of the box", "the centre of mass", "the column"
    for name, answer, value in zip(names, answers, (20, 12.5, 2), strict=True):
        expect_number(name, answer, value, within=0.01)
    right(2)


def _file(tensors: Mapping[str, torch.Tensor], *, backwards: bool) -> bytes:
    """Return a safetensors file, whose numbers may lie in another order than its names."""
    places, data = {}, b""
    for name in sorted(tensors, reverse=backwards):
        numbers = tensors[name].contiguous().numpy().tobytes()
        places[name] = [len(data), len(data) + len(numbers)]
        data += numbers
    header = {"__metadata__": {"format": "pt"}} | {
        name: {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": places[name]}
        for name, tensor in tensors.items()
    }
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)  # spaces may follow the JSON
    return struct.pack("<Q", len(text)) + text + data


@exercise
def check_read(read: Callable[[bytes], object]) -> None:
    """Check exercise 3 on files of several tensors, in order and not."""
    for seed in range(3):
        draw = torch.Generator().manual_seed(seed)
        shapes = {"1.weight": (3, 4), "1.bias": (3,), "a": (2, 1, 2), "scale": ()}
        tensors = {name: torch.randn(shape, generator=draw) for name, shape in shapes.items()}
        found = read(_file(tensors, backwards=seed == 1))
        expect(isinstance(found, Mapping), "return a dictionary of names and tensors")
        expect(set(found) == set(tensors), f"the names are {', '.join(tensors)}")
        for name, tensor in tensors.items():
            expect_numbers(f"the tensor {name!r}", found[name], tensor.double(), within=1e-6)
    right(3)


@exercise
def check_bounding_box(bounding_box: Callable[[torch.Tensor], object]) -> None:
    """Check exercise 4 on strokes, single pixels, full and blank paper."""
    draw = torch.Generator().manual_seed(0)
    for height, width in ((5, 7), (7, 5), (1, 1), (9, 9)):
        for share in (0.05, 0.2, 1.0):
            ink = (torch.rand(height, width, generator=draw) < share).float() * 0.5
            _expect_box(bounding_box, ink)
    dot = torch.zeros(6, 8)
    dot[2, 7] = 0.01
    for ink in (dot, torch.zeros(4, 4)):
        _expect_box(bounding_box, ink)
    right(4)


def _expect_box(bounding_box: Callable[[torch.Tensor], object], ink: torch.Tensor) -> None:
    rows, columns = ink.nonzero().T
    found = bounding_box(ink.clone())
    paper = f"paper of {ink.shape[0]}×{ink.shape[1]} with {len(rows)} pixels of ink"
    if not len(rows):
        expect(found is None, f"for blank paper return None, got {found!r}")
        return
    wanted = [rows.min(), rows.max(), columns.min(), columns.max()]
    expect_numbers(f"the box on {paper}", found, torch.stack(wanted).double(), within=0)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on drawings."""
    holds = {
        "a view of the view is the view": lambda ink: _same(
            mnist_view(mnist_view(ink)), mnist_view(ink)
        ),
        "a drawing moved on larger paper has the same view": lambda ink: _same(
            mnist_view(F.pad(ink, (5, 1, 2, 9))), mnist_view(ink)
        ),
        "twice the ink everywhere gives twice the view": lambda ink: _same(
            mnist_view(2 * ink), 2 * mnist_view(ink)
        ),
        "the view has as much ink as the drawing": lambda ink: math.isclose(
            mnist_view(ink).sum(), ink.sum(), rel_tol=0.01
        ),
    }
    draw = torch.Generator().manual_seed(0)
    drawings = [
        torch.rand(h, w, generator=draw, dtype=torch.float64)
        for h, w in ((5, 8), (12, 9), (17, 4), (23, 23), (3, 3), (20, 11))
    ]
    expect_tried(claims, holds, drawings, "drawing")
    right(5)


def _same(one: torch.Tensor, other: torch.Tensor) -> bool:
    return torch.allclose(one, other, atol=1e-9)


predict = predict_sheet()
file = file_sheet(check_file)
centring = centring_sheet(check_centring)
