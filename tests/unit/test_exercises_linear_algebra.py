import pytest
import torch
from exercise_checks import (
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)

from utils.exercises import linear_algebra as exercises

MEASURES = {
    "length of a": 3,
    "a · b": 0,
    "squared length of a + b": 18,
    "shadow of c": 1.0,
}
CLAIMS = {
    "|a · b| ≤ ‖a‖ ‖b‖": True,
    "‖a + b‖ = ‖a‖ + ‖b‖": False,
    "if a · b = 0, then ‖a + b‖² = ‖a‖² + ‖b‖²": True,
    "if a · b = 0, then a or b is 0": False,
    "C(a + b) = Ca + Cb": True,
    "CD = DC": False,
}


def product_of_columns(a, b):
    product = a.new_zeros(a.shape[0], b.shape[1])
    for j in range(a.shape[1]):
        product = product + a[:, j, None] * b[j]
    return product


@in_every_form
def test_measures_accepts_the_right_numbers(form, capsys):
    exercises.check_measures([form(number) for number in MEASURES.values()])
    assert capsys.readouterr().out == "Exercise 1 is right.\n"


@pytest.mark.parametrize(
    ("name", "answer", "hint"),
    [
        ("length of a", None, "length of a needs a number, got None"),
        ("length of a", 5, "length of a is not 5"),
        ("length of a", 9, "length of a is not 9"),
        ("length of a", True, "length of a needs a number, got True"),
        ("a · b", 4, "a · b is not 4"),
        ("a · b", (4, -4, 2), "a · b needs a number"),
        ("squared length of a + b", 4.24, r"squared length of a \+ b is not 4.24"),
        ("shadow of c", 3, "shadow of c is not 3"),
        ("shadow of c", 9, "shadow of c is not 9"),
        ("shadow of c", -1, "shadow of c is not -1"),
    ],
)
def test_measures_rejects_a_wrong_number(name, answer, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_measures(list({**MEASURES, name: answer}.values()))


def test_measures_wants_four():
    with pytest.raises(AssertionError, match="not yet: four numbers are wanted, got 3"):
        exercises.check_measures([3, 0, 18])


SHEARS = ((3, 1), (7, 2), 6)


@pytest.mark.parametrize(
    "answers",
    [
        SHEARS,
        [[3, 1], [7.0, 2.0], 6.0],
        (torch.tensor([3.0, 1]), torch.tensor([7.0, 2]), torch.tensor(6)),
        tuple(question["right"] for question in exercises.shears.questions),
    ],
)
def test_shears_accepts_the_right_answers(answers, capsys):
    exercises.check_shears(answers)
    assert capsys.readouterr().out == "Exercise 2 is right.\n"


@pytest.mark.parametrize(
    ("position", "answer", "hint"),
    [
        (0, (0, 1), r"A times \(0, 1\) is not"),
        (0, 3, r"A times \(0, 1\) needs 2 numbers"),
        (1, (1, 5), r"A times \(1, 2\) is not"),
        (1, (5, 3), r"A times \(1, 2\) is not"),
        (2, 9, "the entry of A @ A is not 9"),
        (2, None, "the entry of A @ A needs a number"),
    ],
)
def test_shears_rejects_a_wrong_answer(position, answer, hint):
    answers = list(SHEARS)
    answers[position] = answer
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_shears(answers)


def test_shears_wants_three():
    with pytest.raises(AssertionError, match="not yet: three answers are wanted, got 2"):
        exercises.check_shears(SHEARS[:2])


def cosines(rows):
    rows = rows / rows.norm(dim=1, keepdim=True)
    return rows @ rows.T


@pytest.mark.parametrize(
    "answer",
    [
        cosines,
        lambda rows: torch.cosine_similarity(rows[:, None], rows[None], dim=-1),
        lambda rows: rows @ rows.T / torch.outer(rows.norm(dim=1), rows.norm(dim=1)),
        lambda rows: cosines(rows.float()),
    ],
    ids=["shortened first", "cosine_similarity", "divided afterwards", "in float32"],
)
def test_cosines_accepts_the_right_function(answer, capsys):
    exercises.check_cosines(answer)
    assert capsys.readouterr().out == "Exercise 4 is right.\n"


def by_pairs(rows):
    return torch.stack(
        [torch.stack([cosines(torch.stack([a, b]))[0, 1] for b in rows]) for a in rows]
    )


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda rows: rows @ rows.T, "a cosine is wrong"),
        (lambda rows: cosines(rows.T), r"the shape is \(2, 2\)"),
        (lambda rows: cosines(rows).acos(), "a cosine is wrong"),
        (lambda rows: rows @ rows.T / rows.norm(dim=1), "a cosine is wrong"),
        (lambda rows: None, "a tensor is wanted, got None"),
        (by_pairs, "cosines has a loop in `"),
    ],
)
def test_cosines_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: {hint}"):
        exercises.check_cosines(wrong)


def test_the_predictions_are_what_torch_gives():
    ends, order = exercises.predict.questions
    angles = torch.linspace(0, 2 * torch.pi, 361, dtype=torch.float64)
    b = 3 * torch.stack([angles.cos(), angles.sin()])
    products = torch.tensor([[2.0, 0.0]], dtype=torch.float64) @ b
    assert ends["right"] == f"−{-products.min():.0f} and {products.max():.0f}"
    push, turn = torch.tensor([[[1, 1], [0, 1]], [[0, -1], [1, 0]]])
    assert (order["right"] == "yes") == torch.equal(push @ turn, turn @ push)
    assert ((push @ turn)[:, 0].tolist(), (turn @ push)[:, 0].tolist()) == ([1, 1], [0, 1])


def by_outer(a, b):
    terms = [torch.outer(a[:, j], b[j]) for j in range(len(b))]
    return sum(terms, a.new_zeros(len(a), b.shape[1]))


@pytest.mark.parametrize(
    "answer",
    [product_of_columns, by_outer, lambda a, b: (a.T[:, :, None] * b[:, None]).sum(0)],
)
def test_product_of_columns_accepts_the_right_function(answer, capsys):
    exercises.check_product_of_columns(answer)
    assert capsys.readouterr().out == "Exercise 3 is right.\n"


def from_numbers(a, b):
    return torch.tensor(product_of_columns(a, b).tolist(), dtype=torch.float64).reshape(
        len(a), b.shape[1]
    )


def entry_by_entry(a, b):
    product = a.new_zeros(len(a), b.shape[1])
    for i in range(len(a)):
        for k in range(b.shape[1]):
            product[i, k] = (a[i] * b[:, k]).sum()
    return product


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda a, b: None, "a tensor is wanted, got None"),
        (lambda a, b: product_of_columns(b.T, a.T), r"shape \(4, 2\) should be \(2, 4\)"),
        (lambda a, b: product_of_columns(a, b).abs(), r"entries are wrong for \(2, 3\)"),
        (lambda a, b: a[:, :1] * b[:1], "entries are wrong"),
        (from_numbers, "must be computed with torch"),
        (lambda a, b: product_of_columns(a.detach(), b), "both matrices must be used with torch"),
        (
            lambda a, b: 2 * product_of_columns(a, b) - product_of_columns(a, b).detach(),
            "gradient is wrong",
        ),
        (lambda a, b: a @ b, "product_of_columns uses `@`, which is not allowed here"),
        (lambda a, b: torch.einsum("ij,jk->ik", a, b), "product_of_columns uses `einsum`"),
        (
            lambda a, b: sum(
                (a[:, j : j + 1] @ b[j : j + 1] for j in range(len(b))),
                a.new_zeros(len(a), b.shape[1]),
            ),
            "product_of_columns uses `@`",
        ),
        (entry_by_entry, "more rows or columns take more steps .* loop over j alone"),
    ],
)
def test_product_of_columns_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_product_of_columns(wrong)


def test_product_of_columns_wants_zeros_for_an_empty_sum():
    def stacked(a, b):
        return torch.stack([a[:, j, None] * b[j] for j in range(a.shape[1])]).sum(0)

    with pytest.raises(RuntimeError, match="non-empty"):
        exercises.check_product_of_columns(stacked)


def test_claims_accepts_the_right_answers(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_rejects_each_answer_turned_round(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "pair")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_claims_wants_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)
