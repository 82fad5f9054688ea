import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    in_form,
    no_verdicts,
)

from utils.exercises import linear_regression as exercises

ANSWERS = {"slope": 1.4, "intercept": -0.1, "loss": 0.525, "gradient": [-4.75, -2]}
CLAIMS = {
    "the residuals of a best line add up to 0": True,
    "if the best weights are unique, adding 5 to every target changes only the bias": True,
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


@in_every_form
def test_by_hand_accepts_every_form(form, capsys):
    exercises.check_by_hand(in_form(form, ANSWERS))
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


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
        ("gradient", [None, None], r"gradient needs 2 numbers, got \[None, None\]"),
        ("gradient", -4.75, "gradient needs 2 numbers, got -4.75"),
        ("gradient", [4.75, 2], "gradient has lost its minus"),
        ("gradient", [-19, -8], r"gradient is not \[-19.0, -8.0\]"),
        ("gradient", [-2, -4.75], r"gradient is not \[-2.0, -4.75\]"),
    ],
)
def test_by_hand_rejects_a_wrong_answer(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_by_hand({**ANSWERS, name: answer})


def test_by_hand_names_an_answer_that_is_missing():
    with pytest.raises(AssertionError, match="slope needs a number, got None"):
        exercises.check_by_hand({})


def by_normal_equations(inputs, targets, importance):
    gram = inputs.T @ (importance[:, None] * inputs)
    return torch.linalg.pinv(gram, hermitian=True) @ (inputs.T @ (importance * targets))


def by_driver(inputs, targets, importance):
    root = importance.sqrt()[:, None]
    solution = torch.linalg.lstsq(root * inputs, root * targets[:, None], driver="gelsd")
    return solution.solution[:, 0]


def by_repetition(inputs, targets, importance):
    """Right for multiples of a quarter alone."""
    times = (4 * importance).round().long()
    rows = [tensor.repeat_interleave(times, dim=0) for tensor in (inputs, targets)]
    return torch.linalg.pinv(rows[0]) @ rows[1]


@pytest.mark.parametrize("answer", [weighted, by_normal_equations, by_driver])
def test_weighted_least_squares_accepts_the_right_function(answer, capsys):
    exercises.check_weighted_least_squares(answer)
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
        (by_repetition, "are wrong with importances that no repetition can replace"),
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
def test_claims_rejects_each_verdict_turned_round(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "regression")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_claims_wants_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)


def test_where_many_weights_are_best_the_shortest_move_with_the_targets():
    """One example, (2, 1), with the targets 1, 2 and 6: the condition of the claim is needed."""
    columns = torch.tensor([[2.0, 1.0]], dtype=torch.float64)
    target = torch.tensor([3.0], dtype=torch.float64)
    before, after = (torch.linalg.pinv(columns) @ (target + by) for by in (0, 5))
    assert torch.allclose(before, torch.tensor([1.2, 0.6]).double())
    assert torch.allclose(after, torch.tensor([3.2, 1.6]).double())
    unconditional = [exercises._only_the_bias_moves(problem) for problem in exercises._problems()]
    assert not all(unconditional) and any(unconditional)


def test_the_checks_leave_torchs_global_generator_alone():
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
    assert_leaves_the_generator_alone(lambda: exercises.check_weighted_least_squares(weighted))
