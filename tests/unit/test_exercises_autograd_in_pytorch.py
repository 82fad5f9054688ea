import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)

from utils.checks import assert_same
from utils.exercises import autograd_in_pytorch as exercises

# torch's own first call of forward differentiation warns of torch's own code.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:FutureWarning")

GRADIENTS = [12, 9, 4, 1, 6]
CUTS = [4, 1, 8, 4, 30]
CLAIMS = {
    "two passes of the same function leave twice its gradient": True,
    "f + g in one pass leaves what f and g leave in two": True,
    "after zero_grad() there is a 0 in each place of .grad": False,
    "writing into x.detach() leaves x as it was": False,
    "a function has the same value under no_grad, but no graph": True,
    "gradcheck refuses a function with a corner at x": False,
}


def rights(sheet):
    return [question["right"] for question in sheet.questions]


def test_the_predictions_are_what_torch_does():
    x = torch.ones(2, 2, requires_grad=True)
    found = []
    for _ in range(2):
        y = x + 2
        z = y * y * 3
        z.mean().backward()
        found.append(x.grad.unique().item())
    assert rights(exercises.predict)[:2] == found
    with pytest.raises(RuntimeError, match="scalar outputs"):
        (x * x).backward()
    assert rights(exercises.predict)[2] == "it stops with an error"


def test_the_questions_on_grad_are_what_torch_does():
    def leaf(number=3.0):
        return torch.tensor(number, requires_grad=True)

    x = leaf()
    for _ in range(2):
        (x * x).backward()
    twice = x.grad
    x, w = leaf(), leaf(5.0)
    (x * w).backward()
    x.grad = None
    (2 * w).backward()
    assert x.grad is None
    x = leaf()
    y = x * x
    (4 * y).backward()
    with pytest.warns(UserWarning, match="not a leaf"):
        assert y.grad is None
    x = leaf()
    (x * x.detach()).backward()
    detached = x.grad
    x = leaf()
    with torch.no_grad():
        z = x * x
    (x * z).backward()
    assert rights(exercises.grad) == [twice, "`None`", "`None`", detached, x.grad]


@pytest.mark.parametrize(
    ("sheet", "answers"), [(exercises.by_hand, GRADIENTS), (exercises.cuts, CUTS)]
)
def test_the_sheet_holds_the_answers_of_the_check(sheet, answers):
    assert rights(sheet) == answers
    for question in sheet.questions:
        assert question["right"] not in [value for value, _ in question["wrong"]]


@in_every_form
def test_gradients_and_cuts_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_gradients, form(GRADIENTS))
    assert_right(capsys, 2, exercises.check_cuts, form(CUTS))


@pytest.mark.parametrize(
    ("at", "answer", "hint"),
    [
        (0, None, "x.grad after .* needs a number, got None"),
        (0, 8, "is not 8"),
        (0, True, "needs a number, got True"),
        (1, 5, "is not 5"),
        (2, 12, "is not 12"),
        (3, 0, "the number of Nones .* is not 0"),
        (3, 2, "is not 2"),
        (4, 4, "is not 4"),
    ],
)
def test_gradients_rejects_a_wrong_answer(at, answer, hint):
    answers = [answer if place == at else right for place, right in enumerate(GRADIENTS)]
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_gradients(answers)


@pytest.mark.parametrize(
    ("at", "answer", "hint"),
    [
        (0, 6, r"w \* x.detach\(\) is not 6"),
        (0, 2, "is not 2"),
        (1, 2, "the number of Nones with p.detach.* is not 2"),
        (2, 12, "is not 12"),
        (3, 10, "zero_grad .* is not 10"),
        (4, 3, "w.grad .* is not 3"),
        (4, "thirty", "needs a number, got 'thirty'"),
    ],
)
def test_cuts_rejects_a_wrong_answer(at, answer, hint):
    answers = [answer if place == at else right for place, right in enumerate(CUTS)]
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_cuts(answers)


@pytest.mark.parametrize("check", [exercises.check_gradients, exercises.check_cuts])
def test_five_numbers_are_wanted(check):
    with pytest.raises(AssertionError, match="not yet: 5 numbers are wanted, got 4"):
        check([1, 2, 3, 4])


def in_parts(loss, w, parts):
    w = w.detach().clone().requires_grad_()
    total = sum(len(y) for _, y in parts)
    for X, y in parts:
        (len(y) / total * loss(w, X, y)).backward()
    return w.grad


def by_grad(loss, w, parts):
    leaf = w.detach().clone().requires_grad_()
    shares = [len(y) * torch.autograd.grad(loss(leaf, X, y), leaf)[0] for X, y in parts]
    return sum(shares) / sum(len(X) for X, _ in parts)


def by_func(loss, w, parts):
    total, result = sum(X.shape[0] for X, _ in parts), torch.zeros_like(w)
    for X, y in parts:
        result += torch.func.grad(loss)(w, X, y) * X.shape[0]
    return result / total


@pytest.mark.parametrize("answer", [in_parts, by_grad, by_func])
def test_parts_accepts_a_right_function(capsys, answer):
    assert_right(capsys, 3, exercises.check_gradient_in_parts, answer)


def plain_mean(loss, w, parts):
    return sum(torch.func.grad(loss)(w, X, y) for X, y in parts) / len(parts)


def plain_sum(loss, w, parts):
    return sum(torch.func.grad(loss)(w, X, y) for X, y in parts)


def joined(loss, w, parts):
    X, y = (torch.cat(tensors) for tensors in zip(*parts, strict=True))
    return torch.func.grad(loss)(w, X, y)


def moved(loss, w, parts):
    gradient = by_func(loss, w, parts)
    w -= gradient
    return gradient


def last_part(loss, w, parts):
    return torch.func.grad(loss)(w, *parts[-1])


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda loss, w, parts: None, "a tensor is wanted, got None"),
        (lambda *given: in_parts(*given).sum(), "shape .* is wrong"),
        (plain_mean, "the gradient is wrong for parts of 5, 2, 1 examples"),
        (plain_sum, "the gradient is wrong for parts of 4, 4 examples"),
        (last_part, "the gradient is wrong"),
        (joined, "parts were joined"),
        (moved, "w itself must not change"),
    ],
)
def test_parts_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_gradient_in_parts(wrong)


def product(f, x, v):
    x = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(f(x), x, create_graph=True)
    if not gradient.requires_grad:
        return torch.zeros_like(x)
    return torch.autograd.grad(gradient, x, v)[0]


def by_dot_product(f, x, v):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(f(x), x, create_graph=True)
    (gradient @ v + 0 * x.sum()).backward()
    return x.grad


def without_the_linear_case(f, x, v):
    x = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(f(x), x, create_graph=True)
    return torch.autograd.grad(gradient, x, v)[0]


def by_differences(f, x, v):
    """Two backward passes, at two points close together."""
    sides = [torch.func.grad(f)(x + sign * 1e-5 * v) for sign in (1, -1)]
    return (sides[0] - sides[1]) / 2e-5


def row_by_row(f, x, v):
    """As many passes as inputs, and never a whole matrix."""
    entries = [
        torch.func.grad(lambda x, i=i: torch.func.grad(f)(x)[i])(x) @ v for i in range(len(x))
    ]
    return torch.stack(entries)


def from_the_hessian(f, x, v):
    """The right numbers, by as many backward passes as there are inputs."""
    return torch.autograd.functional.hessian(f, x) @ v


def test_product_accepts_the_right_function_and_torchs_own(capsys):
    exercises.check_hessian_vector_product(product)
    exercises.check_hessian_vector_product(
        lambda f, x, v: torch.func.jvp(torch.func.grad(f), (x,), (v,))[1]
    )
    exercises.check_hessian_vector_product(
        lambda f, x, v: torch.autograd.functional.vhp(f, x, v)[1]
    )
    exercises.check_hessian_vector_product(by_dot_product)
    exercises.check_hessian_vector_product(
        lambda f, x, v: torch.func.grad(lambda x: torch.func.grad(f)(x) @ v)(x)
    )
    assert capsys.readouterr().out == 5 * "Exercise 4 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda f, x, v: None, "a tensor is wanted, got None"),
        (lambda f, x, v: product(f, x, v).sum(), "shape .* is wrong"),
        (lambda f, x, v: product(f, x, v) + v, "H v is wrong"),
        (lambda f, x, v: torch.func.grad(f)(x) * v, "H v is wrong"),
        (lambda f, x, v: product(f, x, torch.ones_like(v)), "H v is wrong"),
        (without_the_linear_case, r"for 2 \* x.sum\(\) the gradient has no graph behind it"),
        (from_the_hessian, "a matrix of 30 × 30 numbers was made"),
        (lambda f, x, v: torch.func.hessian(f)(x) @ v, "a matrix of 30 × 30 numbers was made"),
        (row_by_row, "hessian_vector_product takes .* calls for small tensors, .* for large"),
        (by_differences, "H v is only nearly right .*: use gradients, no differences"),
    ],
)
def test_product_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_hessian_vector_product(wrong)


def test_the_product_of_a_linear_function_is_zero():
    x, v = torch.randn(2, 4, generator=torch.Generator().manual_seed(0))
    assert not product(lambda x: x.sum(), x, v).any()


def test_parts_may_start_from_a_w_that_was_computed():
    w = torch.ones(3, requires_grad=True) / 2
    X, y = torch.eye(3), torch.zeros(3)
    parts = [(X[:2], y[:2]), (X[2:], y[2:])]
    found = in_parts(lambda w, X, y: ((X @ w - y) ** 2).mean(), w, parts)
    assert_same(found, torch.full((3,), 1 / 3))


def test_the_hessian_of_torch_func_is_that_of_the_page():
    def f(x):
        return (x.sin() * x.flip(0).exp()).sum()

    x = torch.linspace(-1, 1, 5, dtype=torch.float64)
    H = torch.func.hessian(f)(x)
    assert_same(H, torch.autograd.functional.hessian(f, x))
    assert_same(torch.stack([product(f, x, e) for e in torch.eye(5).double()]), H)


def test_the_right_claims_are_accepted(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_wrong_claim_is_named_with_a_reason(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "function")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_a_claim_is_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_gradient_in_parts(in_parts))
