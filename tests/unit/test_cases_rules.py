"""Rules of vector calculus against torch, and against values that were worked out on paper."""

import pytest
import torch

from utils.cases.rules import one_output, several_outputs
from utils.checks import assert_same

SIZES = [(1, 1, 1), (3, 2, 4), (2, 5, 3), (6, 4, 1)]
KINDS = {torch.float32: 1e-5, torch.float64: 1e-12}


def drawn(n, m, p, dtype):
    generator = torch.Generator().manual_seed(n + 10 * m + 100 * p)
    shapes = (n,), (m, n), (p, m), (m,)
    return [
        torch.randn(shape, generator=generator, dtype=torch.float64).to(dtype) for shape in shapes
    ]


def rules(n, m, p, dtype):
    X, A, B, c = drawn(n, m, p, dtype)
    return X, [*one_output(X, A, c), *several_outputs(X, A, B, c)]


@pytest.mark.parametrize("dtype", KINDS)
@pytest.mark.parametrize("sizes", SIZES)
def test_every_rule_is_the_jacobian_of_its_function(sizes, dtype):
    X, found = rules(*sizes, dtype)
    assert len({name for name, _, _ in found}) == 15
    for _, function, rule in found:
        wanted = torch.func.jacrev(function)(X).reshape(-1, len(X))
        assert rule.shape == wanted.shape and rule.dtype == dtype
        assert_same(rule, wanted, rtol=KINDS[dtype], atol=KINDS[dtype])


@pytest.mark.parametrize("sizes", SIZES)
def test_every_function_is_the_one_that_its_name_says(sizes):
    X, A, B, c = drawn(*sizes, torch.float64)
    a, square = 3.0, (X * X).sum()
    u, v, U = X.sin().sum(), X.exp().sum(), (A @ X) ** 2
    values = {
        "a": torch.tensor(a, dtype=torch.float64), "au": a * u, "sum(X)": X.sum(), "u + v": u + v,
        "uv": u * v, "‖X‖²": square, "‖X‖": square.sqrt(), "uᵀv": (A @ X) @ c * square,
        "c": c, "X": X, "AX": A @ X, "XᵀA": A.flip(0) @ X, "aU": a * U, "AU": B @ U,
        "U + V": U + c * square,
    }  # fmt: skip
    found = [*one_output(X, A, c), *several_outputs(X, A, B, c)]
    assert {name for name, _, _ in found} == set(values)
    for name, function, _ in found:
        assert_same(function(X), values[name], atol=1e-10)


def test_the_rules_on_paper():
    X, A, c = torch.tensor([3.0, 4.0]), torch.tensor([[1.0, 2.0]]), torch.tensor([1.0])
    rows = {name: row.tolist() for name, _, row in one_output(X, A, c)}
    assert rows["‖X‖²"] == [[6, 8]]
    assert rows["‖X‖"] == [pytest.approx([0.6, 0.8])]
    assert rows["a"] == [[0, 0]] and rows["sum(X)"] == [[1, 1]]
    assert rows["uᵀv"] == [[25 + 6 * 11, 50 + 8 * 11]]  # Aᵀ25 + 2X · 11


def test_another_number_is_used():
    X, A, _, c = drawn(2, 3, 1, torch.float64)
    for rules_of in (one_output(X, A, c, a=-2.0), several_outputs(X, A, A.T, c, a=-2.0)):
        for name, function, rule in rules_of:
            assert_same(rule, torch.func.jacrev(function)(X).reshape(-1, 2), atol=1e-10)
            if name == "a":
                assert function(X) == -2
