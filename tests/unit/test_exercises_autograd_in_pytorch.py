import pytest
import torch
from exercise_checks import in_every_form, in_form

from utils.checks import assert_same
from utils.exercises import autograd_in_pytorch as exercises

# torch's own first call of forward differentiation warns of torch's own code.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:FutureWarning")

GRADIENTS = {
    "(x ** 3).backward()": 12,
    "(x * x).backward(); (5 * x).backward()": 9,
    "(x * x.detach() ** 2).backward()": 4,
    "(w * x.item()).backward()": None,
    "(x * torch.ones(4)).backward(gradient=torch.arange(4.0))": 6,
}
COUNTS = {
    "x / y": 2,
    "-x": 0,
    "x.tanh()": 1,
    "(x - y).mean()": 0,
    "(x * y).exp()": 3,
    "x * x": 2,
}


def product(f, x, v):
    x = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(f(x), x, create_graph=True)
    return torch.autograd.grad(gradient, x, v)[0]


def by_dot_product(f, x, v):
    x = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(f(x), x, create_graph=True)
    (gradient @ v).backward()
    return x.grad


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


@in_every_form
def test_gradients_accepts_the_right_numbers(form, capsys):
    exercises.check_gradients(in_form(form, GRADIENTS))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("line", "answer", "hint"),
    [
        ("(x ** 3).backward()", None, "needs a number, got None"),
        ("(x ** 3).backward()", 8, "is not 8"),
        ("(x * x).backward(); (5 * x).backward()", 5, "is not 5"),
        ("(x * x.detach() ** 2).backward()", 12, "is not 12"),
        ("(w * x.item()).backward()", 7, "is not 7"),
        ("(w * x.item()).backward()", 0, "is not 0"),
        ("(x * torch.ones(4)).backward(gradient=torch.arange(4.0))", 4, "is not 4"),
        ("(x ** 3).backward()", True, "needs a number, got True"),
    ],
)
def test_gradients_rejects_a_wrong_answer(line, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_gradients({**GRADIENTS, line: answer})


def test_gradients_names_an_answer_that_is_missing():
    with pytest.raises(AssertionError, match=r"the answer for \(x \*\* 3\).* is missing"):
        exercises.check_gradients({})


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
    assert capsys.readouterr().out == 5 * "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda f, x, v: None, "a tensor is wanted, got None"),
        (lambda f, x, v: product(f, x, v).sum(), "shape .* is wrong"),
        (lambda f, x, v: product(f, x, v) + v, "H v is wrong"),
        (lambda f, x, v: torch.func.grad(f)(x) * v, "H v is wrong"),
        (lambda f, x, v: product(f, x, torch.ones_like(v)), "H v is wrong"),
        (from_the_hessian, "a matrix of 30 × 30 numbers was made"),
        (lambda f, x, v: torch.func.hessian(f)(x) @ v, "a matrix of 30 × 30 numbers was made"),
        (row_by_row, "hessian_vector_product takes .* calls for small tensors, .* for large"),
        (by_differences, "H v is only nearly right .*: use gradients, no differences"),
    ],
)
def test_product_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_hessian_vector_product(wrong)


def test_the_hessian_of_torch_func_is_that_of_the_page():
    def f(x):
        return (x.sin() * x.flip(0).exp()).sum()

    x = torch.linspace(-1, 1, 5, dtype=torch.float64)
    H = torch.func.hessian(f)(x)
    assert_same(H, torch.autograd.functional.hessian(f, x))
    assert_same(torch.stack([product(f, x, e) for e in torch.eye(5).double()]), H)


@in_every_form
def test_kept_accepts_the_right_counts(form, capsys):
    exercises.check_kept(in_form(form, COUNTS))
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("answer", [0, 1, 2, 3])
def test_kept_rejects_every_other_count(name, answer):
    if answer == COUNTS[name]:
        exercises.check_kept({**COUNTS, name: answer})
        return
    with pytest.raises(AssertionError) as error:
        exercises.check_kept({**COUNTS, name: answer})
    assert str(error.value) == f"not yet: what {name} keeps is not {answer}"


@pytest.mark.parametrize("answer", [None, True, "all"])
def test_kept_wants_a_number(answer):
    with pytest.raises(AssertionError, match="what x / y keeps needs a number"):
        exercises.check_kept({**COUNTS, "x / y": answer})
