"""The arithmetic of the polynomial fit, against torch."""

import re

import pytest
import torch

from utils.checks import assert_same
from utils.widgets.polynomial_fit import HIGHEST, TRAINING, VALIDATION, PolynomialFit, legendre


def as_tensor(values):
    return torch.tensor(values, dtype=torch.float64)


@pytest.fixture(scope="module")
def demos():
    """The demo with few and many points, as drawn and moved."""
    generator = torch.Generator().manual_seed(3)
    moved = (torch.rand(24, generator=generator) * 4 - 2).tolist()
    return [
        PolynomialFit(targets=targets[:count], degree=degree)
        for targets in (TRAINING[:, 1].tolist(), moved)
        for count, degree in ((4, 15), (5, 4), (10, 3), (15, 14), (16, 15), (17, 12), (24, 0))
    ]


@pytest.fixture(scope="module")
def found(open_module, demos):
    return open_module("polynomial_fit/math").call_each(
        [("sweep", demo.points.tolist(), VALIDATION.tolist(), HIGHEST) for demo in demos]
    )


def test_the_basis_is_that_of_torch(open_module):
    x = torch.linspace(-1, 1, 21, dtype=torch.float64)
    calls = [("legendre", value, degree) for degree in (0, 1, 2, 15) for value in x.tolist()]
    rows = open_module("polynomial_fit/math").call_each(calls)
    for start, degree in enumerate((0, 1, 2, 15)):
        ours = as_tensor(rows[21 * start : 21 * (start + 1)])
        assert_same(ours, legendre(x, degree))


def test_the_weights_are_those_of_lstsq(demos, found):
    for demo, sweep in zip(demos, found, strict=True):
        x, y = demo.points.T
        for degree, weights in enumerate(sweep["weights"]):
            A = legendre(x, degree)
            theirs = torch.linalg.lstsq(A, y[:, None], driver="gelsd").solution[:, 0]
            assert_same(as_tensor(weights), theirs, rtol=1e-7, atol=1e-7)
            assert_same(as_tensor(weights), demo.weights(degree), rtol=1e-7, atol=1e-7)


def test_errors_are_those_of_python(demos, found):
    for demo, sweep in zip(demos, found, strict=True):
        training, validation = as_tensor(demo.training_errors), as_tensor(demo.validation_errors)
        assert_same(as_tensor(sweep["training"]), training, rtol=1e-7, atol=1e-7)
        assert_same(as_tensor(sweep["validation"]), validation, rtol=1e-6, atol=1e-7)
        assert training.diff().max() < 1e-7  # one more weight does not hurt on training points
        # From as many weights as points on, the curve meets all points.
        assert all(value < 1e-7 for value in training[len(demo.targets) - 1 :].tolist())


def test_any_matrix_of_full_rank_will_do(open_module):
    generator = torch.Generator().manual_seed(0)
    cases = []
    for n, width in ((1, 1), (3, 3), (7, 2), (2, 7), (1, 5), (6, 5), (5, 6)):
        A = torch.randn(n, width, generator=generator).double()
        A[0, 0] = 0 if min(n, width) > 1 else 1
        cases.append((A, torch.randn(n, generator=generator).double()))
    # A column that all but lies on an axis: a reflection to the near side would cancel.
    along = as_tensor([[1, 0.5], [1e-8, 1], [0, 1]])
    cases.append((along, as_tensor([100, 200, -300])))
    solved = open_module("polynomial_fit/math").call_each(
        [("leastSquares", A.tolist(), y.tolist()) for A, y in cases]
    )
    for (A, y), w in zip(cases, solved, strict=True):
        assert_same(as_tensor(w), torch.linalg.pinv(A) @ y, rtol=1e-9, atol=1e-9)


def test_the_best_degree_is_the_lowest_of_equals(open_module, demos, found):
    errors = [{"validation": [3, 1, 2, 1]}, {"validation": [0.5]}, *found]
    best = open_module("polynomial_fit/math").call_each([("bestDegree", one) for one in errors])
    assert best == [1, 0, *(demo.best_degree for demo in demos)]


SENTENCES = [
    (0, 10, "Too stiff: underfitting."),
    (3, 10, "no degree does better on new ones."),
    (8, 10, "It follows the noise: overfitting."),
    (9, 10, "It follows the noise: overfitting."),
    (10, 10, "this one has the shortest weights."),
]


def test_every_case_has_its_sentence(open_module):
    demo = PolynomialFit()
    assert demo.best_degree == 3
    sweep = {"training": demo.training_errors, "validation": demo.validation_errors}
    told = open_module("polynomial_fit/words").call_each(
        [("sentence", sweep, degree, count) for degree, count, _ in SENTENCES]
    )
    for sentence, (degree, _, end) in zip(told, SENTENCES, strict=True):
        old, fresh = sweep["training"][degree], sweep["validation"][degree]
        assert sentence.startswith(f"Error {old:.2f} on training, {fresh:.2f} on new points")
        assert sentence.endswith(end)


def test_the_torch_lines_run_and_give_the_error_behind_them(open_module, demos, found):
    codes = open_module("polynomial_fit/words").call_each(
        [
            ("torchCode", demo.points.tolist(), demo.degree, sweep)
            for demo, sweep in zip(demos[:7], found[:7], strict=True)
        ]
    )
    for demo, code in zip(demos, codes, strict=False):
        names = {"torch": torch}
        *given, last = code.splitlines()
        exec("\n".join(given), names)
        call, comment = last.split("  # ")
        assert eval(call, names).item() == pytest.approx(float(comment), abs=5.1e-4)
        assert_same(names["w"], demo.weights(demo.degree), rtol=1e-7, atol=1e-7)
        assert re.search(rf"arange\({demo.degree + 1}\)", code)
