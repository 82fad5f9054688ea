import pytest
import torch
from exercise_checks import assert_right, assert_wants_true_or_false, turned_round

from utils.exercises import linear_regression as exercises

ANSWERS = {"slope": 1.4, "intercept": -0.1, "loss": 0.525, "gradient": [-4.75, -2]}
CLAIMS = {
    "the residuals of a best line add up to 0": True,
    "adding 5 to every target changes only the bias": True,
    "one more feature can raise the smallest training loss": False,
    "other units of a feature change the best predictions": False,
    "with more features than examples one weight vector is best": False,
    "if two columns are equal, the pseudo-inverse treats both alike": True,
}


def weighted(inputs, targets, importance):
    root = importance.sqrt()
    return torch.linalg.pinv(root[:, None] * inputs) @ (root * targets)


def solved(inputs, targets, importance):
    scaled = importance[:, None] * inputs
    return torch.linalg.solve(scaled.T @ inputs, scaled.T @ targets)


def test_by_hand_accepts_the_right_numbers(capsys):
    exercises.check_by_hand(ANSWERS)
    exercises.check_by_hand({**ANSWERS, "slope": 1.4004, "gradient": (-4.75, -2.0)})
    assert capsys.readouterr().out == 2 * "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("slope", None, "slope needs a number, got None"),
        ("slope", True, "slope needs a number, got True"),
        ("slope", 1.5, "slope is not 1.5"),
        ("intercept", 0.1, "intercept is not 0.1"),
        ("loss", 1.05, "loss is the mean of the squares, without the ½"),
        ("loss", 4.2, "loss is not 4.2"),
        ("gradient", [None, None], r"gradient needs two numbers, got \[None, None\]"),
        ("gradient", -4.75, "gradient needs two numbers, got -4.75"),
        ("gradient", [4.75, 2], "gradient has lost its minus"),
        ("gradient", [-19, -8], r"gradient is not \[-19, -8\]"),
        ("gradient", [-2, -4.75], r"gradient is not \[-2, -4.75\]"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_by_hand({**ANSWERS, name: answer})


def test_by_hand_names_an_answer_that_is_missing():
    with pytest.raises(AssertionError, match="slope needs a number, got None"):
        exercises.check_by_hand({})


def test_weighted_least_squares_accepts_the_right_function(capsys):
    exercises.check_weighted_least_squares(weighted)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda X, y, c: None, "a tensor is wanted, got None"),
        (lambda X, y, c: weighted(X, y, c)[:, None], r"shape \(2, 1\) is wrong with equal"),
        (lambda X, y, c: weighted(X, y, torch.ones_like(c)), "are wrong with importance 2"),
        (lambda X, y, c: weighted(X, y, c**2), "are wrong with importance 2"),
        (lambda X, y, c: weighted(X, c.sqrt() * y, c), "are wrong with importance 2"),
        (lambda X, y, c: weighted(X, y, c + 1e-3), "are wrong with importance 2"),
        (lambda X, y, c: c.sum() / len(c) * weighted(X, y, c), "are wrong with importance 2"),
        (lambda X, y, c: weighted(X, y, c) + 1, "are wrong with equal importance"),
    ],
)
def test_weighted_least_squares_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_weighted_least_squares(wrong)


def test_weighted_least_squares_wants_the_shortest_weights():
    def with_a_detour(X, y, c):
        values, vectors = torch.linalg.eigh(X.T @ X)
        return weighted(X, y, c) + (values[0] < 1e-9) * vectors[:, 0]

    def refusing(X, y, c):
        if torch.linalg.matrix_rank(X) < X.shape[1]:
            raise torch.linalg.LinAlgError("the input matrix is singular")
        return solved(X, y, c)

    with pytest.raises(AssertionError, match="are wrong where columns depend on each other"):
        exercises.check_weighted_least_squares(with_a_detour)
    with pytest.raises(AssertionError, match="a matrix is singular where columns depend"):
        exercises.check_weighted_least_squares(refusing)


def test_claims_accepts_the_right_verdicts(capsys):
    assert_right(capsys, 3, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_rejects_a_wrong_or_missing_verdict(claim):
    said = turned_round(exercises.check_claims, CLAIMS, claim)
    assert said.startswith("not yet: think again about")
    assert_wants_true_or_false(exercises.check_claims, {**CLAIMS, claim: None})


def test_the_claims_are_as_torch_says():
    """The verdicts themselves, on data: a reason for each is on the page."""
    generator = torch.Generator().manual_seed(1)
    X = torch.randn(8, 3, generator=generator, dtype=torch.float64)
    y = torch.randn(8, generator=generator, dtype=torch.float64)

    def fitted(X, y):
        columns = torch.cat([X, torch.ones(len(X), 1).double()], dim=1)
        w = torch.linalg.pinv(columns) @ y
        return w, columns @ w - y

    w, residuals = fitted(X, y)
    assert abs(residuals.sum()) < 1e-9
    moved, _ = fitted(X, y + 5)
    assert torch.allclose(moved - w, torch.tensor([0, 0, 0, 5.0]).double())
    assert residuals.norm() <= fitted(X[:, :2], y)[1].norm()
    assert torch.allclose(fitted(X * torch.tensor([10, 1, 1]), y)[1], residuals)
    assert torch.linalg.matrix_rank(X[:2]) < X.shape[1]
    twins, _ = fitted(X[:, [0, 0, 1]], y)
    assert torch.allclose(twins[0], twins[1])
