"""What an answer does while it runs is seen, under whatever name it does it."""

import functools
import sys

import numpy as np
import pytest
import torch
from torch.func import jacrev as rows_of

from utils.exercises import forbidden
from utils.exercises.forbidden import (
    expect_in_torch,
    expect_no_loop,
    expect_no_matrix_product,
    expect_not_ready_made,
    expect_same_effort,
    watch,
)

# torch's own first call of forward differentiation warns of torch's own code.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:FutureWarning")

A, B = torch.rand(3, 4), torch.rand(4, 2)


@pytest.mark.parametrize(
    ("product", "name"),
    [
        (lambda: A @ B, "@"),
        (lambda: A.matmul(B), "@"),
        (lambda: torch.mm(A, B), "mm"),
        (lambda: torch.einsum("ij,jk->ik", A, B), "einsum"),
        (lambda: torch.tensordot(A, B, 1), "tensordot"),
        (lambda: torch.inner(A, B.T), "inner"),
        (lambda: torch.nn.functional.linear(A, B.T), "linear"),
        (lambda: torch.addmm(torch.zeros(3, 2), A, B), "addmm"),
        (lambda: torch.linalg.multi_dot([A, B]), "linalg_multi_dot"),
        (lambda: torch.stack([A.mv(column) for column in B.T], 1), "mv"),
        (lambda: torch.vmap(lambda row: row.unsqueeze(0).mm(B))(A), "mm"),
        (lambda: torch.stack([torch.stack([a.dot(b) for b in B.T]) for a in A]), "dot"),
    ],
)
def test_every_product_of_matrices_is_seen(product, name):
    run = watch(product)
    with pytest.raises(AssertionError) as error:
        expect_no_matrix_product(run, "the answer")
    assert str(error.value) == f"not yet: the answer uses `{name}`, which is not allowed here"


def test_products_of_entries_are_allowed():
    for product in (
        lambda: (A[:, :, None] * B).sum(1),
        lambda: torch.outer(A[:, 0], B[0]) + A[:, 1, None] * B[1],
    ):
        run = watch(product)
        expect_no_matrix_product(run, "the answer")
        assert torch.equal(run.result, product())


def square(x):
    return x * x


def by_for(x):
    total = 0
    for row in x:
        total = total + row
    return total


def by_while(x):
    i, total = 0, 0
    while i < len(x):
        total, i = total + x[i], i + 1
    return total


def by_helper(x):
    return by_for(x)


LOOPS = {
    "for": (by_for, "by_for"),
    "while": (by_while, "by_while"),
    "list": (lambda x: torch.stack([2 * row for row in x]), ""),
    "generator": (lambda x: sum(row for row in x), ""),
    "dict": (lambda x: {i: 2 * row for i, row in enumerate(x)}, ""),
    "helper": (by_helper, "by_for"),
    "numbers": (lambda x: torch.tensor([[2 * y for y in row] for row in x.tolist()]), ""),
}


@pytest.mark.parametrize("name", LOOPS)
def test_every_loop_is_seen(name):
    function, where = LOOPS[name]
    with pytest.raises(AssertionError, match=f"the answer has a loop in `.*{where}.*`, which is"):
        expect_no_loop(watch(function, torch.rand(3, 2)), "the answer")


@pytest.mark.parametrize(
    "function",
    [
        square,
        lambda x: square(x).sum(0) if len(x) else x,
        lambda x: torch.vmap(square)(x),
        torch.exp,
        functools.partial(torch.add, 1),
    ],
)
def test_what_has_no_loop_passes(function):
    small, large = (watch(function, torch.rand(n, 2)) for n in (2, 20))
    expect_no_loop(small, "the answer")
    expect_same_effort(small, large, "the answer")


@pytest.mark.parametrize(
    "function",
    [
        by_for,
        lambda x: torch.stack(list(map(square, x))),
        lambda x: torch.stack(list(map(torch.exp, x))),
        lambda x: x if len(x) < 2 else torch.cat([x[:1], x[1:] + 1]),
    ],
)
def test_a_loop_that_python_hides_takes_more_calls(function):
    small, large = (watch(function, torch.rand(n, 2)) for n in (1, 20))
    with pytest.raises(AssertionError, match="the answer takes .* for small .* for large"):
        expect_same_effort(small, large, "the answer")


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        (lambda x: torch.tensor(x.tolist()), 5),
        (lambda x: torch.from_numpy(x.numpy()), 5),
        (lambda x: torch.from_numpy(np.asarray(x)), 5),
        (lambda x: x + x[0].item() + x[:2].tolist()[0], 2),
        (square, 0),
    ],
)
def test_numbers_that_leave_torch_are_counted(answer, left):
    run = watch(answer, torch.rand(5))
    assert run.left == left
    expect_in_torch(run, "the answer", most=left)
    if left:
        with pytest.raises(AssertionError, match="the answer takes its numbers out of torch"):
            expect_in_torch(run, "the answer", most=left - 1)


def test_a_product_by_numpy_is_seen():
    run = watch(lambda x: torch.from_numpy(x.numpy() @ x.numpy()), torch.rand(3, 3))
    with pytest.raises(AssertionError, match="the answer goes to NumPy"):
        expect_no_matrix_product(run, "the answer")


READY_MADE = {"torch.func.jacrev": torch.func.jacrev}


@pytest.mark.parametrize(
    "answer",
    [
        lambda x: torch.func.jacrev(square)(x),
        lambda x: rows_of(square)(x),
        lambda x: (lambda: rows_of(square)(x))(),
        lambda x: torch.func.hessian(square)(x),  # torch makes it of jacrev
    ],
)
def test_a_ready_made_function_is_seen_under_any_name(answer):
    run = watch(answer, torch.rand(3))
    with pytest.raises(AssertionError, match="the answer uses `torch.func.jacrev`, which is not"):
        expect_not_ready_made(run, READY_MADE, "the answer")


def test_other_functions_are_allowed():
    def answer(x):
        x = x.clone().requires_grad_()
        return torch.autograd.grad(square(x).sum(), x)[0]

    run = watch(answer, torch.rand(3))
    expect_not_ready_made(run, READY_MADE, "the answer")
    assert run.torch_calls["grad"] == 1


def test_the_largest_tensor_is_that_of_the_operations_also_below_vmap():
    assert watch(square, torch.rand(5)).largest == 5
    assert watch(lambda x: x[:, None] * x, torch.rand(5)).largest == 25
    assert watch(torch.func.hessian(lambda x: (x**3).sum()), torch.rand(5)).largest == 25


def test_what_watched_before_watches_again():
    def profile(frame, event, argument):
        pass

    sys.setprofile(profile)
    try:
        with pytest.raises(ZeroDivisionError):
            watch(lambda: 1 / 0)
        assert sys.getprofile() is profile
    finally:
        sys.setprofile(None)
    assert forbidden.watch(square, 2).result == 4
