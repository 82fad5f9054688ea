import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    no_verdicts,
)

from utils.data.images import load_images
from utils.exercises import looking_inside as exercises
from utils.widgets.kit.lenet import trained

BY_HAND = [[1, -1, 1], [2, -1, 1], 0]
MAPS = [[4, 0, 0, -6], 0, [1, 0, 0, 0]]
CLAIMS = {
    "without biases, the slopes times the pixels add up to the logit": True,
    "with biases, the slopes times the pixels add up to the logit": False,
    "the slopes of all probabilities at a pixel add up to 0": True,
    "another bias in the last layer changes the slopes of the logits": False,
    "where the slope is 0, covering the pixel changes nothing": False,
}


def roughness(x):
    rows, columns = x.diff(dim=-2).square(), x.diff(dim=-1).square()
    return ((rows.mean() + columns.mean()) / (4 * x.var(unbiased=False))).item()


def test_the_predictions_are_what_the_network_does():
    patch, free = exercises.predict.questions
    net, digits = trained(), load_images("digits", size=28)
    threes = digits.test_images[digits.test_labels == 3]
    corner = digits.test_images[..., 24:, :4]
    bare = digits.test_images[corner.amax((1, 2, 3)) == 0]
    covered = bare.clone()
    covered[..., 24:, :4] = 0
    with torch.no_grad():
        assert len(bare) > 10 and torch.equal(net(bare), net(covered))
    assert patch["right"] == "it stays as it is"
    x = torch.zeros(1, 1, 28, 28)
    for _ in range(80):
        x = x.detach().requires_grad_()
        (slope,) = torch.autograd.grad(net(x)[0, 3], x)
        x = x + 0.5 * slope / slope.norm()
    assert roughness(x.detach()) > 3 * roughness(threes)
    assert free["right"] == "much rougher than a real 3"


@pytest.mark.parametrize(
    ("number", "check", "answers"),
    [
        (1, exercises.check_by_hand, BY_HAND),
        (1, exercises.check_by_hand, [torch.tensor(part) for part in BY_HAND]),
        (1, exercises.check_by_hand, [(1, -1, 1), np.array([2.0, -1, 1]), 0.0]),
        (2, exercises.check_maps, MAPS),
        (2, exercises.check_maps, [torch.tensor(part).double() for part in MAPS]),
        (2, exercises.check_maps, [np.array(MAPS[0]), 0.0, (1, 0, 0, 0)]),
    ],
)
def test_the_right_numbers_are_accepted(capsys, number, check, answers):
    assert_right(capsys, number, check, answers)


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_maps, MAPS)]
)
def test_a_wrong_number_is_named(check, answers):
    for place, answer in enumerate(answers):
        wrongs = [None, "x", [1, 2]]
        if isinstance(answer, list):
            wrongs += [answer[1:], [-x for x in answer], [2 * x for x in answer]]
        else:
            wrongs += [answer + 1, -1, 0.5]
        for wrong in wrongs:
            with pytest.raises(AssertionError, match="^not yet: .*(needs|is not)"):
                check([*answers[:place], wrong, *answers[place + 1 :]])
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


def slopes(score, x):
    x = x.detach().clone().requires_grad_()
    (slope,) = torch.autograd.grad(score(x).sum(), x)
    return slope


def smooth(score, x, noises):
    return slopes(score, x + noises).mean(0, keepdim=True)


def smooth_by_copies(score, x, noises):
    many = x.expand_as(noises).clone() + noises
    return slopes(score, many).sum(0)[None] / len(noises)


def smooth_by_mean_score(score, x, noises):
    own = x.clone().requires_grad_()
    (slope,) = torch.autograd.grad(score(own + noises).mean(), own)
    return slope


@pytest.mark.parametrize("answer", [smooth, smooth_by_copies, smooth_by_mean_score])
def test_smooth_saliency_right(capsys, answer):
    assert_right(capsys, 3, exercises.check_smooth_saliency, answer)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (lambda score, x, noises: slopes(score, x + noises), "the shape"),
        (lambda score, x, noises: slopes(score, x + noises).mean(0), "the shape"),
        (lambda score, x, noises: slopes(score, x + noises).sum(0, keepdim=True), "another one"),
        (lambda score, x, noises: slopes(score, x), "another one"),
        (
            lambda score, x, noises: slopes(score, x + noises.mean(0, keepdim=True)),
            "another one",
        ),
        (
            lambda score, x, noises: slopes(score, x + noises).abs().mean(0, keepdim=True),
            "another one",
        ),
        (
            lambda score, x, noises: torch.stack([slopes(score, x + one) for one in noises]).mean(
                0
            ),
            "one of 6",
        ),
        (lambda score, x, noises: None, "not a tensor"),
    ],
)
def test_smooth_saliency_wrong(answer, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_smooth_saliency(answer)


def deletion(score, x, heat, fill=0.0):
    order = heat.flatten().argsort(descending=True)
    rank = order.argsort().view(heat.shape)
    counts = torch.arange(heat.numel() + 1)
    return score(torch.where((rank < counts[:, None, None])[:, None], fill, x))


def deletion_by_loop(score, x, heat, fill=0.0):
    now, scores = x.clone(), [score(x)]
    for place in heat.flatten().argsort(descending=True):
        now.flatten(2)[..., place] = fill
        scores.append(score(now))
    return torch.cat(scores)


def deletion_as_list(score, x, heat, fill=0.0):
    return deletion_by_loop(score, x, heat, fill).tolist()


@pytest.mark.parametrize("answer", [deletion, deletion_by_loop, deletion_as_list])
def test_deletion_curve_right(capsys, answer):
    assert_right(capsys, 4, exercises.check_deletion_curve, answer)


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        (lambda score, x, heat, fill=0.0: deletion(score, x, -heat, fill), "some scores"),
        (lambda score, x, heat, fill=0.0: deletion(score, x, heat), "some scores"),
        (lambda score, x, heat, fill=0.0: deletion(score, x, heat, fill)[1:], "21 numbers"),
        (lambda score, x, heat, fill=0.0: None, "21 numbers"),
        (lambda score, x, heat, fill=0.0: deletion(score, x, heat, fill).flip(0), "first score"),
        (
            lambda score, x, heat, fill=0.0: deletion(score, x, heat.abs(), fill),
            "some scores",
        ),
        (
            lambda score, x, heat, fill=0.0: torch.cat(
                [score(x)] + [score(x.masked_fill(heat == h, fill)) for h in heat.flatten()]
            ),
            "some scores",
        ),
    ],
)
def test_deletion_curve_wrong(answer, hint):
    with pytest.raises(AssertionError, match=f"^not yet: .*{hint}"):
        exercises.check_deletion_curve(answer)


def test_a_picture_that_was_painted_over_is_noticed():
    def careless(score, x, heat, fill=0.0):
        scores = [score(x)]
        for place in heat.flatten().argsort(descending=True):
            x.flatten(2)[..., place] = fill
            scores.append(score(x))
        return torch.cat(scores)

    with pytest.raises(AssertionError, match="^not yet: x is not as it was"):
        exercises.check_deletion_curve(careless)


def test_claims_right(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_claims_wrong(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "network")


@pytest.mark.parametrize("answers", no_verdicts(CLAIMS))
def test_claims_without_a_verdict(answers):
    assert_wants_true_or_false(exercises.check_claims, answers)


def test_checks_leave_the_generator_alone():
    for check, answer in (
        (exercises.check_smooth_saliency, smooth),
        (exercises.check_deletion_curve, deletion),
        (exercises.check_claims, CLAIMS),
    ):
        assert_leaves_the_generator_alone(lambda check=check, answer=answer: check(answer))
