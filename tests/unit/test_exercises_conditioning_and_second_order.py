from pathlib import Path

import nbformat
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_right, in_every_form

from utils.checks import assert_same
from utils.exercises import conditioning_and_second_order as exercises

pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:FutureWarning")

CHAPTER = Path(__file__).parents[2] / "chapters" / "06-optimization"
PAGE = CHAPTER / "conditioning-and-second-order.ipynb"
BY_HAND = [49, 0.04, 0.96, 4, 0.6]
SQUARES = [0.01, 1e-4, 1e-8]


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_by_hand, [form(x) for x in BY_HAND])
    # The fractions of the form are too coarse for the last error.
    answers = [*(form(x) for x in SQUARES[:2]), SQUARES[2], "about 0.044"]
    assert_right(capsys, 2, exercises.check_squares, answers)


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize(
    "turn", [lambda x: 1.1 * x, lambda x: 1 / x, lambda x: -x, lambda x: None]
)
def test_by_hand_rejects(place, turn):
    wrong = [turn(x) if at == place else x for at, x in enumerate(BY_HAND)]
    with pytest.raises(AssertionError, match="not yet: the "):
        exercises.check_by_hand(wrong)


@pytest.mark.parametrize(
    "wrong", [[0.05, 0.025, 0.0125], [0.01, 1e-3, 1e-4], [0, 0, 0], [None] * 3]
)
def test_squares_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the error after step"):
        exercises.check_squares([*wrong, "about 0.044"])


@pytest.mark.parametrize("words", ["about 0.01", "about 0.09", None])
def test_squares_rejects_another_step_of_descent(words):
    with pytest.raises(AssertionError, match="not yet: the step of gradient descent"):
        exercises.check_squares([*SQUARES, words])


def spectrum(train):
    mean = train.mean(0)
    values, axes = torch.linalg.eigh(train.T.cov(correction=0).reshape(train.shape[1], -1))
    return mean, values, axes


def turned(train, new, eps):
    mean, values, axes = spectrum(train)
    return (new - mean) @ axes / (values + eps).sqrt()


def turned_back(train, new, eps):
    return turned(train, new, eps) @ spectrum(train)[2].T


def by_cholesky(train, new, eps):
    mean, values, axes = spectrum(train)
    matrix = axes * (values + eps) @ axes.T
    return torch.linalg.solve_triangular(
        torch.linalg.cholesky(matrix), (new - mean).T, upper=False
    ).T


def by_svd(train, new, eps):
    mean = train.mean(0)
    _, S, Vt = torch.linalg.svd(train - mean, full_matrices=False)
    return -(new - mean) @ Vt.T / (S**2 / len(train) + eps) ** 0.5


@pytest.mark.parametrize("whitened", [turned, turned_back, by_cholesky, by_svd])
def test_whitened_accepts(whitened, capsys):
    assert_right(capsys, 3, exercises.check_whitened, whitened)


def in_place(train, new, eps):
    train -= train.mean(0)
    return turned(train, new, eps)


NOT_WHITENED = {
    "not centred": lambda train, new, eps: turned(train, new + train.mean(0), eps),
    "own statistics": lambda train, new, eps: turned(new, new, eps),
    "no root": lambda train, new, eps: turned(train, new, eps) / spectrum(train)[1].sqrt(),
    "eps outside": lambda train, new, eps: (
        (new - train.mean(0)) @ spectrum(train)[2] / (spectrum(train)[1].sqrt() + eps)
    ),
    "no eps": lambda train, new, eps: turned(train, new, 0.0),
    "standardised": lambda train, new, eps: (
        (new - train.mean(0)) / (train.var(0, correction=0) + eps).sqrt()
    ),
    "n - 1": lambda train, new, eps: turned(train, new, eps) * (1 - 1 / len(train)) ** 0.5,
    "in place": in_place,
    "transposed axes": lambda train, new, eps: (
        (new - train.mean(0)) @ spectrum(train)[2].T / (spectrum(train)[1] + eps).sqrt()
    ),
    "nothing": lambda train, new, eps: None,
}


@pytest.mark.parametrize("wrong", NOT_WHITENED.values(), ids=NOT_WHITENED)
def test_whitened_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_whitened(wrong)


def step_of(loss, w):
    return torch.linalg.solve(torch.func.hessian(loss)(w), torch.func.grad(loss)(w))


def halving(loss, w, steps, *, share=0.5, lowers=lambda new, old: new < old):
    for _ in range(steps):
        step = step_of(loss, w)
        for _ in range(40):
            if lowers(loss(w - step), loss(w)):
                w = w - step
                break
            step = step * share
    return w


def by_rates(loss, w, steps):
    for _ in range(steps):
        places = [w - step_of(loss, w) * 0.5**k for k in range(40)]
        w = next((place for place in places if loss(place) < loss(w)), w)
    return w


def by_autograd(loss, w, steps):
    w = w.clone()
    for _ in range(steps):
        H = torch.autograd.functional.hessian(loss, w)
        step = torch.linalg.inv(H) @ torch.func.grad(loss)(w)
        while not float(loss(w - step)) < float(loss(w)) and step.abs().max() > 1e-13:
            step /= 2
        w = w - step
    return w


@pytest.mark.parametrize("careful", [halving, by_rates, by_autograd])
def test_careful_newton_accepts(careful, capsys):
    assert_right(capsys, 4, exercises.check_careful_newton, careful)


def plain(loss, w, steps):
    for _ in range(steps):
        w = w - step_of(loss, w)
    return w


def in_its_place(loss, w, steps):
    w -= step_of(loss, w) if steps else 0
    return w


CARELESS = {
    "full steps": plain,
    "NaN counts": lambda loss, w, steps: halving(
        loss, w, steps, lowers=lambda new, old: not new >= old
    ),
    "a tenth": lambda loss, w, steps: halving(loss, w, steps, share=0.1),
    "uphill": lambda loss, w, steps: halving(loss, w, steps, lowers=lambda new, old: new > old),
    "a step more": lambda loss, w, steps: halving(loss, w, steps + 1),
    "in place": in_its_place,
    "nothing": lambda loss, w, steps: None,
}


@pytest.mark.parametrize("wrong", CARELESS.values(), ids=CARELESS)
def test_careful_newton_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_careful_newton(wrong)


CLAIMS = dict(zip(exercises.CLAIMS, [False, True, True, False, True, False], strict=True))


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("turn", [lambda verdict: not verdict, lambda verdict: None])
def test_claims_reject(claim, turn):
    with pytest.raises(AssertionError, match="not yet: "):
        exercises.check_claims({**CLAIMS, claim: turn(CLAIMS[claim])})


def test_the_hessian_of_the_page_is_that_of_torch_func():
    page = nbformat.read(PAGE, as_version=4)
    (source,) = [cell.source for cell in page.cells if cell.id == "logistic-code"]
    made = {"torch": torch, "F": F, "agree": lambda *args, **kwargs: None, "problems": []}
    exec(source, made)
    draw = torch.randn(9, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    w, X, y = draw[0], draw[1:], (draw[1:, 0] > 0).double()
    assert_same(made["hessian"](w, X, y), torch.func.hessian(made["loss"])(w, X, y))
    assert_same(made["gradient"](w, X, y), torch.func.grad(made["loss"])(w, X, y))
