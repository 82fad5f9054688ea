"""The decomposition of the demo and what is made of it, against torch."""

import pytest
import torch

from utils.checks import assert_same
from utils.repro import seeded
from utils.widgets.rank_photograph import PICTURES, SIDE, RankPhotograph, grey_levels


def square(side, rank=None):
    draw = seeded(side)
    parts = [
        torch.randn(side, rank or side, generator=draw, dtype=torch.float64) for _ in range(2)
    ]
    return parts[0] @ parts[1].T


MATRICES = [square(side) for side in (1, 2, 3, 7, 12)]
MATRICES += [square(6, rank=2), torch.zeros(3, 3).double(), torch.eye(4).double()]
MATRICES += [torch.diag(torch.tensor([3.0, -4.0, 0.0])).double(), 1e-6 * square(5)]


@pytest.fixture(scope="module")
def module(open_module):
    return open_module("rank_photograph/math")


def tensors(found):
    values, columns, rows = (
        torch.tensor(found[name], dtype=torch.float64) for name in ("values", "columns", "rows")
    )
    return columns.T, values, rows.T


@pytest.mark.parametrize("matrix", MATRICES)
def test_layers_are_those_of_torch(module, matrix):
    u, s, v = tensors(module.call("decompose", matrix.flatten().tolist(), len(matrix)))
    size = matrix.abs().max().item()
    assert_same(s, torch.linalg.svdvals(matrix), atol=1e-12 * max(size, 1e-3))
    assert_same((u * s) @ v.T, matrix, atol=1e-12 * max(size, 1e-3))
    assert_same(v.T @ v, torch.eye(len(matrix)).double(), atol=1e-10)
    kept = s > 1e-9 * max(size, 1e-9)
    assert_same(u[:, kept].T @ u[:, kept], torch.eye(int(kept.sum())).double(), atol=1e-8)


@pytest.mark.parametrize("picture", PICTURES)
def test_layers_of_the_photographs_are_those_of_torch_up_to_signs(module, picture):
    matrix = RankPhotograph(picture=picture).photograph
    found = module.call("decompose", matrix.flatten().tolist(), SIDE)
    u, s, v = tensors(found)
    their_u, their_s, their_v = torch.linalg.svd(matrix)
    assert_same(s, their_s, atol=1e-9)
    for layer in range(20):  # those whose neighbours are far enough
        ours = torch.outer(u[:, layer], v[:, layer])
        assert_same(ours, torch.outer(their_u[:, layer], their_v[layer]), atol=1e-6)
    for layers in (1, 16, 100):
        demo = RankPhotograph(picture=picture, layers=layers)
        told = module.call("rebuilt", found, 0, layers)
        assert_same(
            torch.tensor(told, dtype=torch.float64).reshape(SIDE, SIDE), demo.rebuilt, atol=1e-8
        )
        assert module.call("errors", found["values"])[layers] == pytest.approx(
            demo.error, abs=1e-9
        )


def test_a_part_of_the_layers(module):
    matrix = square(5)
    parts = module.call("decompose", matrix.flatten().tolist(), 5)
    u, s, vh = torch.linalg.svd(matrix)
    for first, last in ((0, 1), (1, 3), (4, 5), (2, 2)):
        wanted = (u[:, first:last] * s[first:last]) @ vh[first:last]
        found = torch.tensor(module.call("rebuilt", parts, first, last), dtype=torch.float64)
        assert_same(found.reshape(5, 5), wanted, atol=1e-10)


def test_errors_and_the_fewest_layers(module):
    errors = module.call("errors", [4.0, 3.0, 0.0])
    assert errors == pytest.approx([1, 0.6, 0, 0])
    assert module.call("errors", [0.0, 0.0]) == [0, 0, 0]
    for wanted, count in ((1.0, 0), (0.7, 1), (0.6, 1), (0.59, 2), (0.0, 2)):
        assert module.call("fewest", errors, wanted) == count


def test_numbers_that_layers_take(module):
    for layers in (1, 7, 100):
        wanted = RankPhotograph(layers=layers).numbers
        assert module.call("stored", layers, SIDE) == wanted


def test_grey_levels(module):
    assert module.call("greys", [-0.2, 0, 0.5, 1, 1.3]) == [0, 0, 128, 255, 255]
    assert module.call("signedGreys", [-2, 0, 1, 2]) == [0, 128, 191, 255]
    assert module.call("signedGreys", [0, 0]) == [128, 128]
    levels = grey_levels("cat").flatten()
    again = module.call("greys", (levels.double() / 255).tolist())
    assert again == levels.tolist()
