import pytest
import torch
from exercise_checks import (
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)

from utils.exercises import matrix_norms as exercises

MEASURES = {
    "operator norm of D": 4,
    "Frobenius norm of D": 5,
    "Frobenius norm of E": 6,
    "operator norm of E": 6.0,
}
CLAIMS = {
    "‖AB‖ ≤ ‖A‖ ‖B‖": True,
    "‖A + B‖ = ‖A‖ + ‖B‖": False,
    "if all |entries| ≤ 1, then ‖A‖ ≤ 1": False,
    "no |entry| of A is larger than ‖A‖": True,
    "if ‖A‖ < 1, then Ab is shorter than b, unless b = 0": True,
}
SHEARS = (11, (1, 3), "torch.linalg.matrix_norm(A, 2)")


def test_the_predictions_are_what_torch_gives():
    longest, default = exercises.predict.questions
    shear = torch.tensor([[1.0, 1.0], [0.0, 1.0]])
    assert longest["right"] == f"{torch.linalg.matrix_norm(shear, 2):.2f}"
    assert default["right"] == f"{torch.linalg.matrix_norm(shear):.2f}"


@in_every_form
def test_measures_accepts_the_right_numbers(form, capsys):
    exercises.check_measures([form(number) for number in MEASURES.values()])
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("operator norm of D", -4, "operator norm of D is not -4"),
        ("operator norm of D", 3, "operator norm of D is not 3"),
        ("operator norm of D", 5, "operator norm of D is not 5"),
        ("Frobenius norm of D", 4, "Frobenius norm of D is not 4"),
        ("Frobenius norm of D", 25, "Frobenius norm of D is not 25"),
        ("Frobenius norm of E", 18, "Frobenius norm of E is not 18"),
        ("operator norm of E", None, "operator norm of E needs a number, got None"),
        ("operator norm of E", 2, "operator norm of E is not 2"),
    ],
)
def test_measures_rejects_a_wrong_number(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_measures(list({**MEASURES, name: answer}.values()))


def test_measures_wants_four():
    with pytest.raises(AssertionError, match="not yet: four numbers are wanted, got 2"):
        exercises.check_measures([4, 5])


@pytest.mark.parametrize(
    "answers",
    [
        SHEARS,
        [11.0, [1.0, 3.0], SHEARS[2]],
        (torch.tensor(11), torch.tensor([1.0, 3]), SHEARS[2]),
        tuple(question["right"] for question in exercises.shears.questions),
    ],
)
def test_shears_accepts_the_right_answers(answers, capsys):
    exercises.check_shears(answers)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("position", "answer", "hint"),
    [
        (0, 5, "the square is not 5"),
        (0, 25, "the square is not 25"),
        (0, None, "the square needs a number"),
        (1, (1, 0), "the arrow after one round is not"),
        (1, 3, "the arrow after one round needs 2 numbers"),
        (2, "A.norm(2)", "'A.norm\\(2\\)' is not the operator norm"),
    ],
)
def test_shears_rejects_a_wrong_answer(position, answer, hint):
    answers = list(SHEARS)
    answers[position] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_shears(answers)


def test_shears_wants_three():
    with pytest.raises(AssertionError, match="not yet: three answers are wanted, got 1"):
        exercises.check_shears(SHEARS[:1])


def held_below(matrix, bound):
    size = torch.linalg.matrix_norm(matrix, 2)
    return matrix * (bound / size) if size > bound else matrix


def by_the_smaller_factor(matrix, bound):
    size = torch.linalg.svdvals(matrix).max()
    return matrix * (bound / size).clamp(max=1)


@pytest.mark.parametrize(
    "answer",
    [
        held_below,
        lambda matrix, bound: (
            matrix / max(1, torch.linalg.matrix_norm(matrix, 2).item() / bound)
            if bound
            else matrix
        ),
        lambda matrix, bound: by_the_smaller_factor(matrix, bound) if matrix.any() else matrix,
        lambda matrix, bound: torch.zeros(matrix.shape) + held_below(matrix, bound).float(),
    ],
    ids=["asked", "divided", "clamped", "in float32"],
)
def test_held_below_accepts_the_right_function(answer, capsys):
    exercises.check_held_below(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


def in_place(matrix, bound):
    matrix.copy_(held_below(matrix, bound))
    return matrix


def by_frobenius(matrix, bound):
    size = torch.linalg.matrix_norm(matrix)
    return matrix * (bound / size) if size > bound else matrix


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda matrix, bound: None, "a tensor is wanted, got None"),
        (lambda matrix, bound: matrix, "the operator norm is"),
        (lambda matrix, bound: held_below(matrix, bound).T, "the shape is"),
        (lambda matrix, bound: -held_below(matrix, bound), "one positive number"),
        (lambda matrix, bound: bound * matrix / torch.linalg.matrix_norm(matrix, 2), "must stay"),
        (by_the_smaller_factor, "NaN comes out"),
        (by_frobenius, "must stay|the operator norm is"),
        (in_place, "the matrix itself was changed"),
    ],
)
def test_held_below_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*({hint})"):
        exercises.check_held_below(wrong)


def turned_to(matrix, rounds=2000):
    generator = torch.Generator().manual_seed(1)
    b = torch.randn(matrix.shape[1], generator=generator, dtype=torch.float64)
    for _ in range(rounds):
        turned = matrix @ b
        if not turned.any():
            break
        b = turned / turned.square().sum().sqrt()
    return b


def least_stretch(matrix):
    units = torch.eye(matrix.shape[1], dtype=torch.float64)
    b = turned_to(matrix.square().sum() * units - matrix.T @ matrix)
    return (matrix @ b).square().sum().sqrt()


def by_two_norms(matrix):
    """The smallest value is what is left of the square of the largest."""
    units = torch.eye(matrix.shape[1], dtype=torch.float64)
    best = turned_to(matrix.T @ matrix)
    most = (matrix @ best).square().sum()
    flipped = most * units - matrix.T @ matrix
    b = turned_to(flipped)
    return (most - b @ flipped @ b).clamp(min=0).sqrt()


@pytest.mark.parametrize(
    "answer", [least_stretch, by_two_norms, lambda matrix: least_stretch(matrix).item()]
)
def test_least_stretch_accepts_the_right_function(answer, capsys):
    exercises.check_least_stretch(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


def by_the_columns(matrix):
    return matrix.square().sum(0).sqrt().min()


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda matrix: torch.linalg.svdvals(matrix)[-1], "`svdvals` is not allowed here"),
        (lambda matrix: 1 / torch.linalg.matrix_norm(torch.linalg.inv(matrix), 2), "not allowed"),
        (lambda matrix: (matrix @ turned_to(matrix.T @ matrix)).square().sum().sqrt(), "is not"),
        (by_the_columns, r"the least stretch for shape \(2, 2\) is not"),
        (lambda matrix: least_stretch(matrix) ** 2, "is not"),
        (lambda matrix: None, "needs a number, got None"),
    ],
)
def test_least_stretch_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_least_stretch(wrong)


def test_claims_accepts_the_right_answers(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_rejects_each_answer_turned_round(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "pair")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_claims_wants_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)
