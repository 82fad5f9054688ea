import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.exercises import style_transfer as exercises
from utils.exercises.style_transfer_sheets import DOUBLES, ELSE, QUADRUPLES, STAYS

CLAIMS = {
    "mirrored maps have the same Gram matrix": True,
    "F and -F have the same Gram matrix": True,
    "F and F + 1 have the same Gram matrix": False,
    "maps with equal Gram matrices have equal means": False,
    "no diagonal entry of a Gram matrix is negative": True,
}
CHANGES = [STAYS, QUADRUPLES, STAYS, ELSE]


def test_the_prediction_counts_the_numbers_of_a_picture():
    assert exercises.predict.questions[0]["right"] == torch.rand(3, 96, 96).numel()


@in_every_form
def test_the_first_accepts_the_right_numbers(form, capsys):
    assert_right(
        capsys, 1, exercises.check_by_hand, [form([1, 0.5, 0.5, 0.5]), form(1.75), form(3)]
    )


@pytest.mark.parametrize(
    "wrong",
    [
        [[4, 2, 2, 2], 1.75, 3],
        [[1, 0.5, 0.5, 0.5], 1.5, 3],
        [[1, 0.5, 0.5, 0.5], 1.75, 1.5],
        [[1, 0.5, 0.5, 0.5], 1.75, None],
        [None, 1.75, 3],
    ],
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the "):
        exercises.check_by_hand(wrong)


def test_the_fields_hold_what_the_checks_accept(capsys):
    for sheet, number in ((exercises.by_hand, 1), (exercises.changes, 2)):
        check = (exercises.check_by_hand, exercises.check_changes)[number - 1]
        check([question["right"] for question in sheet.questions])
        assert capsys.readouterr().out == f"Exercise {number} is right.\n"


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("word", [STAYS, DOUBLES, QUADRUPLES, ELSE, None])
def test_the_second_accepts_one_word_each(number, word):
    given = [*CHANGES[:number], word, *CHANGES[number + 1 :]]
    if word == CHANGES[number]:
        exercises.check_changes(given)
    else:
        with pytest.raises(AssertionError, match=f"not yet: change {number + 1}"):
            exercises.check_changes(given)


GRAMS = {
    "flatten": lambda x: x.flatten(2) @ x.flatten(2).mT / x[0].numel(),
    "einsum": lambda x: torch.einsum("nihw,njhw->nij", x, x) / x[0].numel(),
    "loop, lists": lambda x: [(f.flatten(1) @ f.flatten(1).T / f.numel()).tolist() for f in x],
}
NOT_GRAMS = {
    "over the batch": lambda x: ((f := x.transpose(0, 1).flatten(1)) @ f.T / f.numel()).expand(
        len(x), -1, -1
    ),
    "not divided": lambda x: x.flatten(2) @ x.flatten(2).mT,
    "by the pixels": lambda x: x.flatten(2) @ x.flatten(2).mT / x[0, 0].numel(),
    "by the whole batch": lambda x: x.flatten(2) @ x.flatten(2).mT / x.numel(),
    "pixels by pixels": lambda x: x.flatten(2).mT @ x.flatten(2) / x[0].numel(),
    "nothing": lambda x: None,
}


@pytest.mark.parametrize("grams", GRAMS.values(), ids=GRAMS)
def test_the_third_accepts(grams, capsys):
    assert_right(capsys, 3, exercises.check_grams, grams)


@pytest.mark.parametrize("wrong", NOT_GRAMS.values(), ids=NOT_GRAMS)
def test_the_third_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: grams of shape"):
        exercises.check_grams(wrong)


def slope_by_padding(x, sign=1, factor=2, both=True):
    slope = torch.zeros_like(x)
    for dim in (1, 2)[not both :]:
        step = sign * factor * x.diff(dim=dim)
        count = x.shape[dim]
        slope.narrow(dim, 1, count - 1).add_(step)
        slope.narrow(dim, 0, count - 1).sub_(step)
    return slope


def slope_by_convolution(x):
    laplace = torch.zeros_like(x)
    for dim in (1, 2):
        first, last = x.narrow(dim, 0, 1), x.narrow(dim, x.shape[dim] - 1, 1)
        laplace += torch.cat([first, x, last], dim).diff(n=2, dim=dim)
    return -2 * laplace


SLOPES = {
    "padding": slope_by_padding,
    "convolution": slope_by_convolution,
    "a list": lambda x: slope_by_padding(x).tolist(),
}
NOT_SLOPES = {
    "sign": lambda x: slope_by_padding(x, sign=-1),
    "half": lambda x: slope_by_padding(x, factor=1),
    "one direction": lambda x: slope_by_padding(x, both=False),
    "wrapped": lambda x: 2 * sum(2 * x - x.roll(1, d) - x.roll(-1, d) for d in (1, 2)),
    "nothing": lambda x: None,
}


@pytest.mark.parametrize("slope", SLOPES.values(), ids=SLOPES)
def test_the_fourth_accepts(slope, capsys):
    assert_right(capsys, 4, exercises.check_slope, slope)


@pytest.mark.parametrize("wrong", NOT_SLOPES.values(), ids=NOT_SLOPES)
def test_the_fourth_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the slope"):
        exercises.check_slope(wrong)


def test_the_fourth_does_without_autograd():
    def by_autograd(x):
        leaf = x.clone().requires_grad_()
        loss = leaf.diff(dim=2).square().sum() + leaf.diff(dim=1).square().sum()
        return torch.autograd.grad(loss, leaf)[0]

    with pytest.raises((AssertionError, RuntimeError)):
        exercises.check_slope(by_autograd)


@pytest.mark.parametrize("claim", CLAIMS)
def test_each_claim_is_judged(claim, capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    assert_refuted(exercises.check_claims, CLAIMS, claim, "set of maps")
