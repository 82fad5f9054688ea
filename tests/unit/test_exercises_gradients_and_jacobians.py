import pytest
import torch
from exercise_checks import (
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
    turned_round,
)

from utils.exercises import gradients_and_jacobians as exercises

# torch's own first call of forward differentiation warns of torch's own code.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit.script. is deprecated:FutureWarning")

BY_HAND = [[4, 2], 4, 4.47, -2, [1, 2]]
SHAPES = [[2, 3], [2, 2, 3], 6, [2, 3], [3, 2]]
CLAIMS = {
    "the gradient points straight away from the nearest minimum": False,
    "along a contour line the slope is zero": True,
    "where the gradient is zero, there is a minimum or a maximum": False,
    "an input with gradient entry 0 does not matter to the value": False,
    "the same tiny nudge does more at the input with the larger |entry|": True,
    "a function three times as large has a gradient three times as long": True,
    "the Jacobian of x ↦ Ax is A at every x": True,
}


def row(y, x):
    if not y.requires_grad:  # an output that ignores x
        return torch.zeros_like(x)
    return torch.autograd.grad(y, x, retain_graph=True)[0]


def by_rows(f, x):
    x = x.detach().clone().requires_grad_()
    return torch.stack([row(y, x) for y in f(x)])


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [(1, exercises.check_by_hand, BY_HAND), (2, exercises.check_shapes, SHAPES)],
)
@in_every_form
def test_right_numbers_are_accepted_in_every_form(form, number, check, answers, capsys):
    check([form(answer) for answer in answers])
    check(tuple(answers))
    assert capsys.readouterr().out == 2 * f"Exercise {number} is right.\n"


def test_unrounded_numbers_and_shapes_of_torch_are_accepted(capsys):
    exercises.check_by_hand([torch.tensor([4.0, 2]), 4.0, 20**0.5, -2, (1, 2)])
    W = torch.zeros(2, 3)
    exercises.check_shapes([W.shape, (2, *W.shape), torch.tensor(6), W.size(), W.T.shape])
    assert capsys.readouterr().out == "Exercise 1 is right.\nExercise 2 is right.\n"


@pytest.mark.parametrize(
    ("check", "answers", "place", "answer", "hint"),
    [
        (exercises.check_by_hand, BY_HAND, 0, [None, None], "the gradient needs 2 numbers"),
        (exercises.check_by_hand, BY_HAND, 0, [4, 2, 0], "the gradient needs 2 numbers"),
        (exercises.check_by_hand, BY_HAND, 0, [2, 4], r"the gradient is not \[2, 4\]"),
        (exercises.check_by_hand, BY_HAND, 1, None, "the slope needs a number, got None"),
        (exercises.check_by_hand, BY_HAND, 1, [4], "the slope needs a number"),
        (exercises.check_by_hand, BY_HAND, 1, 6, "the slope is not 6"),
        (exercises.check_by_hand, BY_HAND, 2, 6, "the steepest slope is not 6"),
        (exercises.check_by_hand, BY_HAND, 2, 4.4, "the steepest slope is not 4.4"),
        (exercises.check_by_hand, BY_HAND, 3, 2, "the second entry of the level direction is not"),
        (exercises.check_by_hand, BY_HAND, 3, 0.5, "the second entry of the level direction is n"),
        (exercises.check_by_hand, BY_HAND, 4, [2, 1], r"the second row is not \[2, 1\]"),
        (exercises.check_by_hand, BY_HAND, 4, [1], "the second row needs 2 numbers"),
        (exercises.check_shapes, SHAPES, 0, [3, 2], r"the shape of y by x is not \[3, 2\]"),
        (exercises.check_shapes, SHAPES, 1, [2, 3, 2], "the shape of y by W is not"),
        (exercises.check_shapes, SHAPES, 1, [2, 3], "the shape of y by W needs 3 numbers"),
        (exercises.check_shapes, SHAPES, 2, 12, "the number of zeros is not 12"),
        (exercises.check_shapes, SHAPES, 2, True, "the number of zeros needs a number"),
        (exercises.check_shapes, SHAPES, 3, [3, 2], "the shape of W.grad is not"),
        (exercises.check_shapes, SHAPES, 4, [2, 3], "the shape in numerator layout is not"),
    ],
)
def test_a_wrong_answer_is_named(check, answers, place, answer, hint):
    answers = [*answers[:place], answer, *answers[place + 1 :]]
    with pytest.raises(AssertionError, match=f"^not yet: {hint}"):
        check(answers)


@pytest.mark.parametrize("check", [exercises.check_by_hand, exercises.check_shapes])
def test_all_five_answers_are_wanted(check):
    with pytest.raises(AssertionError, match="5 answers are wanted, got 1"):
        check([1])


@pytest.mark.parametrize(
    ("sheet", "right"), [(exercises.by_hand, BY_HAND), (exercises.shapes, SHAPES)]
)
def test_the_sheets_hold_the_answers_of_the_checks(sheet, right):
    for question, answer in zip(sheet.questions, right, strict=True):
        assert question["right"] == pytest.approx(answer, abs=0.0051)


def test_the_predictions_are_what_torch_finds():
    steepest, constant = exercises.predict.questions
    hill = torch.func.grad(lambda p: 3 * p[0] + 4 * p[1])(torch.zeros(2, dtype=torch.float64))
    assert steepest["right"] == hill.norm()
    angles = torch.arange(0, 2 * torch.pi, 1e-3, dtype=torch.float64)
    slopes = hill @ torch.stack([angles.cos(), angles.sin()])
    assert slopes.max() == pytest.approx(steepest["right"], abs=1e-5)
    assert hill @ torch.tensor([0.6, 0.8], dtype=torch.float64) == pytest.approx(5)  # the hint
    assert constant["right"] == torch.func.grad(lambda x: x + 1000)(torch.tensor(1.0))


def with_one_graph_a_row(f, x):
    x = x.detach().clone().requires_grad_()
    return torch.stack([row(f(x)[i], x) for i in range(len(f(x)))])


def with_backward(f, x):
    rows = []
    for i in range(len(f(x))):
        point = x.detach().clone().requires_grad_()
        y = f(point)[i]
        if y.requires_grad:
            y.backward()
        rows.append(torch.zeros_like(x) if point.grad is None else point.grad)
    return torch.stack(rows)


def without_zeros(f, x):
    """Right for every function of which autograd can follow all outputs."""
    x = x.detach().clone().requires_grad_()
    rows = [torch.autograd.grad(y, x, retain_graph=True, materialize_grads=True)[0] for y in f(x)]
    return torch.stack(rows)


def by_differences(f, x):
    h = 1e-6
    steps = h * torch.eye(len(x), dtype=x.dtype)
    return torch.stack([(f(x + step) - f(x - step)) / (2 * h) for step in steps], dim=1)


def all_rows_at_once(f, x):
    x = x.detach().clone().requires_grad_()
    y = f(x)
    if not y.requires_grad:
        return torch.zeros(len(y), len(x), dtype=x.dtype)
    rows = torch.eye(len(y), dtype=y.dtype)
    return torch.autograd.grad(y, x, rows, is_grads_batched=True)[0]


def test_jacobian_by_rows_accepts_the_right_function(capsys):
    for answer in (by_rows, with_one_graph_a_row, with_backward):
        exercises.check_jacobian_by_rows(answer)
    assert capsys.readouterr().out == 3 * "Exercise 3 is right.\n"


def spoils_x(f, x):
    x.requires_grad_()
    return torch.stack([row(y, x) for y in f(x)])


def moves_x(f, x):
    found = by_rows(f, x)
    x += 1
    return found


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda f, x: None, "a tensor is wanted, got None for Ax with 1 inputs"),
        (lambda f, x: by_rows(f, x).T, r"shape \(1, 2\) should be \(2, 1\)"),
        (lambda f, x: by_rows(f, x)[0], "shape .* should be"),
        (lambda f, x: by_rows(f, 0 * x), r"an entry is wrong for tanh\(Ax\)"),
        (lambda f, x: 2 * by_rows(f, x), "an entry is wrong for Ax"),
        (spoils_x, "x has been changed"),
        (moves_x, "x has been changed"),
        (lambda f, x: torch.func.jacrev(f)(x), "uses `torch.func.jacrev`"),
        (lambda f, x: torch.func.jacfwd(f)(x), "uses `torch.func.jacfwd`"),
        (torch.autograd.functional.jacobian, "uses `torch.autograd.functional.jacobian`"),
        (by_differences, "an entry is (only nearly right|wrong) .*"),
        (all_rows_at_once, "autograd is asked 1 times for 2 outputs"),
        (without_zeros, "does not require grad.*: for a constant"),
    ],
)
def test_jacobian_by_rows_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"not yet: .*{hint}"):
        exercises.check_jacobian_by_rows(wrong)


def level(f, p, h):
    across, up = torch.func.grad(f)(p)
    length = torch.hypot(across, up)
    if length == 0:
        return p.clone()
    return p + h * torch.stack([up, -across]) / length


def level_by_autograd(f, p, h):
    x = p.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(f(x), x)
    if not gradient.any():
        return p
    turn = torch.tensor([[0, 1], [-1, 0]], dtype=p.dtype)
    return p + h * turn @ gradient / gradient.norm()


def level_by_angle(f, p, h):
    across, up = torch.func.grad(f)(p)
    if across == 0 and up == 0:
        return p + 0
    angle = torch.atan2(up, across) - torch.pi / 2
    return p + h * torch.stack([angle.cos(), angle.sin()])


def level_by_differences(f, p, h):
    steps = 1e-5 * torch.eye(2, dtype=p.dtype)
    across, up = torch.stack([f(p + step) - f(p - step) for step in steps])
    length = torch.hypot(across, up)
    return p + h * torch.stack([up, -across]) / length if length > 1e-12 else p


def test_level_step_accepts_the_right_function(capsys):
    for answer in (level, level_by_autograd, level_by_angle, level_by_differences):
        exercises.check_level_step(answer)
    assert capsys.readouterr().out == 4 * "Exercise 4 is right.\n"


def never_stays(f, p, h):
    across, up = torch.func.grad(f)(p)
    return p + h * torch.stack([up, -across]) / torch.hypot(across, up)


def walks_off(f, p, h):
    p += level(f, p, h) - p
    return p


def tracks(f, p, h):
    p.requires_grad_()
    f(p).backward()
    return level(f, p.detach(), h)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        (lambda f, p, h: None, "the new place is a tensor with 2 entries, got None on 3x"),
        (lambda f, p, h: level(f, p, h)[:1], "the new place is a tensor with 2 entries"),
        (lambda f, p, h: 2 * p - level(f, p, h), "the higher ground lies on the right"),
        (lambda f, p, h: level(f, p, 1) if h == 2 else level(f, p, h), "the step has length 1 "),
        (lambda f, p, h: p + (level(f, p, h) - p).flip(0), "the step leaves the level direction"),
        (
            lambda f, p, h: p + h * torch.func.grad(f)(p) / torch.func.grad(f)(p).norm(),
            "the step leaves the level direction",
        ),
        (lambda f, p, h: p.clone(), "the step has length 0 "),
        (never_stays, "no number comes out on x² / 4"),
        (
            lambda f, p, h: level(f, p, h) if torch.func.grad(f)(p).any() else p + h,
            "f is level all round, so stay on x² / 4",
        ),
        (walks_off, "p has been changed"),
        (tracks, "p has been changed"),
    ],
)
def test_level_step_rejects_a_wrong_function(wrong, hint):
    with pytest.raises(AssertionError, match=f"^not yet: {hint}"):
        exercises.check_level_step(wrong)


def test_claims_accepts_the_right_answers(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_rejects_each_answer_turned_round(claim):
    said = turned_round(exercises.check_claims, CLAIMS, claim)
    assert said.startswith(f"not yet: {claim!r} is not {not CLAIMS[claim]}: ")


@pytest.mark.parametrize("claims", no_verdicts(CLAIMS))
def test_claims_wants_true_or_false(claims):
    assert_wants_true_or_false(exercises.check_claims, claims)
