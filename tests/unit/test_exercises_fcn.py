import numpy as np
import pytest
import torch
import torch.nn.functional as F
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)
from torch import nn

from utils.exercises import fcn as exercises
from utils.exercises.fcn_claims import CLAIMS as TRIED
from utils.exercises.fcn_claims import draws

BY_HAND = [[1, 8], [6, 6, 2, 0], 25]
SIZES = [[30, 15, 8], "at stride 4", 4]
CLAIMS = dict(zip(TRIED, [True, True, True, False, True, True, False], strict=True))


def test_the_predictions_are_what_torch_says():
    count, middle = exercises.predict.questions
    answers = F.conv2d(torch.zeros(1, 1, 8, 8), torch.zeros(1, 1, 4, 4))
    assert count["right"] == answers.numel()
    flat = F.interpolate(torch.full((1, 1, 4, 4), 5.0), scale_factor=8, mode="bilinear")
    assert (flat == middle["right"]).all()


@in_every_form
def test_right_numbers_are_accepted_in_every_form(capsys, form):
    assert_right(capsys, 1, exercises.check_by_hand, [form(part) for part in BY_HAND])
    sides, failing, rows = SIZES
    assert_right(capsys, 2, exercises.check_sizes, [form(sides), failing, form(rows)])


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_sizes, SIZES)]
)
def test_a_wrong_answer_is_named(check, answers):
    for place in range(3):
        for wrong in (None, "6", [1, 2, 3], 7, [8, 1], [30, 15, 7], "none", "at stride 2"):
            with pytest.raises(AssertionError, match="^not yet: .*(needs|is not)"):
                check([*answers[:place], wrong, *answers[place + 1 :]])
    with pytest.raises(AssertionError, match="three answers are wanted, got 0"):
        check([])


def by_unflatten(linear, channels, side):
    conv = nn.Conv2d(channels, linear.out_features, side, bias=linear.bias is not None)
    with torch.no_grad():
        conv.weight.copy_(linear.weight.unflatten(1, (channels, side, side)))
        if linear.bias is not None:
            conv.bias.copy_(linear.bias)
    return conv


def with_zero_bias(linear, channels, side):
    conv = nn.Conv2d(channels, linear.out_features, (side, side))
    conv.weight.data = linear.weight.data.view(-1, channels, side, side).clone()
    zero = torch.zeros(linear.out_features)
    conv.bias.data = zero if linear.bias is None else linear.bias.data.clone()
    return conv


def by_state(linear, channels, side):
    conv = nn.Conv2d(channels, linear.out_features, side, bias=linear.bias is not None)
    state = linear.state_dict()
    state["weight"] = state["weight"].reshape(conv.weight.shape)
    conv.load_state_dict(state)
    return conv


@pytest.mark.parametrize("answer", [by_unflatten, with_zero_bias, by_state])
def test_right_convolutions_are_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_to_convolution, answer)


def channels_last(linear, channels, side):
    conv = by_unflatten(linear, channels, side)
    weight = linear.weight.data.view(-1, side, side, channels)
    conv.weight.data = weight.permute(0, 3, 1, 2).contiguous()
    return conv


def turned(linear, channels, side):
    conv = by_unflatten(linear, channels, side)
    conv.weight.data = conv.weight.data.flip(2, 3)
    return conv


def forgets_the_bias(linear, channels, side):
    conv = by_unflatten(linear, channels, side)
    if conv.bias is not None:
        conv.bias.data.zero_()
    return conv


def pads(linear, channels, side):
    conv = by_unflatten(linear, channels, side)
    conv.padding = (1, 1)
    return conv


def the_layer_itself(linear, channels, side):
    return linear


def spoils_the_layer(linear, channels, side):
    conv = by_unflatten(linear, channels, side)
    linear.weight.data.zero_()
    return conv


WRONG = [channels_last, turned, forgets_the_bias, pads, the_layer_itself, spoils_the_layer]


@pytest.mark.parametrize("answer", [*WRONG, lambda *_: None])
def test_wrong_convolutions_are_refused(answer):
    with pytest.raises(AssertionError, match="^not yet: for "):
        exercises.check_to_convolution(answer)


def with_pad(net, x, multiple):
    height, width = x.shape[2:]
    rows, columns = -height % multiple, -width % multiple
    top, left = rows // 2, columns // 2
    y = net(F.pad(x, (left, columns - left, top, rows - top), mode="reflect"))
    return y[:, :, top : top + height, left : left + width]


def axis_by_axis(net, x, multiple):
    starts = []
    for dim in (2, 3):
        missing = -x.shape[dim] % multiple
        front = missing // 2
        pads = [0, 0, 0, 0]
        pads[2 * (3 - dim) : 2 * (3 - dim) + 2] = [front, missing - front]
        size = x.shape[dim]
        x = F.pad(x, pads, mode="reflect")
        starts.append((dim, front, size))
    y = net(x)
    for start in starts:
        y = y.narrow(*start)
    return y


def in_numpy(net, x, multiple):
    missing = [-side % multiple for side in x.shape[2:]]
    pads = [(0, 0), (0, 0), *((m // 2, m - m // 2) for m in missing)]
    y = net(torch.from_numpy(np.pad(x.numpy(), pads, mode="reflect")))
    (top, _), (left, _) = pads[2:]
    return y[..., top : top + x.shape[2], left : left + x.shape[3]]


@pytest.mark.parametrize("answer", [with_pad, axis_by_axis, in_numpy])
def test_right_mirrors_are_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_mirrored, answer)


def at_the_end(net, x, multiple):
    height, width = x.shape[2:]
    y = net(F.pad(x, (0, -width % multiple, 0, -height % multiple), mode="reflect"))
    return y[:, :, :height, :width]


def in_black(net, x, multiple):
    height, width = x.shape[2:]
    rows, columns = -height % multiple, -width % multiple
    top, left = rows // 2, columns // 2
    y = net(F.pad(x, (left, columns - left, top, rows - top)))
    return y[:, :, top : top + height, left : left + width]


def cut_in_the_corner(net, x, multiple):
    def pads(y):
        return net(y)

    seen = with_pad(lambda y: pads(y), x, multiple)
    return seen.roll(1, 3)


def not_cut(net, x, multiple):
    found = []
    with_pad(lambda y: found.append(net(y)) or found[0], x, multiple)
    return found[0]


def as_it_is(net, x, multiple):
    return net(x)


@pytest.mark.parametrize("answer", [at_the_end, in_black, cut_in_the_corner, not_cut, as_it_is])
def test_wrong_mirrors_are_refused(answer):
    with pytest.raises(AssertionError, match="^not yet: for "):
        exercises.check_mirrored(answer)


def test_claims_are_judged(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for claim in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, claim, "draw")
    for answers in no_verdicts(CLAIMS):
        assert_wants_true_or_false(exercises.check_claims, answers)


def test_false_claims_fail_and_true_ones_hold_on_other_draws_too():
    for claim, holds in TRIED.items():
        assert all(holds(draw) for draw in draws(60)) == CLAIMS[claim]


def test_max_pooling_and_a_1x1_convolution_may_not_change_places():
    draw = draws(1)[0]
    pooled = F.conv2d(draw.maps.amax((2, 3), keepdim=True), draw.weight, draw.bias)
    assert not torch.allclose(draw.scores.amax((2, 3), keepdim=True), pooled)


def test_nothing_is_drawn_from_the_global_generator():
    assert_leaves_the_generator_alone(lambda: exercises.check_to_convolution(by_unflatten))
    assert_leaves_the_generator_alone(lambda: exercises.check_mirrored(with_pad))
    assert_leaves_the_generator_alone(lambda: exercises.check_claims(CLAIMS))
