import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_refuted, assert_right, in_every_form, no_verdicts
from exercise_checks import assert_wants_true_or_false as assert_wants

from utils.exercises import transposed_convolution as exercises
from utils.transposed import bilinear_kernel

CLAIMS = {
    "a convolution, then its transpose: the shape comes back": False,
    "a transpose, then its convolution: the shape comes back": True,
    "the sum of conv(x) · y is that of x · transpose(y)": True,
    "stride 1, no padding: the transpose brings the values back": False,
    "k = s, no padding: each output pixel gets one stamp": True,
    "the rows that output padding adds are zeros": False,
}


def test_the_predictions_are_what_torch_does():
    row = F.conv_transpose1d(torch.tensor([[[1.0, 2]]]), torch.ones(1, 1, 3), stride=2)
    assert exercises.predict.questions[0]["right"] == row[0, 0].tolist()
    long = F.conv_transpose1d(torch.zeros(1, 1, 10), torch.ones(1, 1, 3), stride=2)
    assert exercises.predict.questions[1]["right"] == long.shape[-1]


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_sizes, [form(18), form(2), form(1)])
    assert_right(capsys, 2, exercises.check_stamps, [form([1, 2]), form([1, 4])])


def test_the_fields_hold_what_the_checks_want():
    for sheet, check in (
        (exercises.sizes, exercises.check_sizes),
        (exercises.stamps, exercises.check_stamps),
    ):
        check([question["right"] for question in sheet.questions])


@pytest.mark.parametrize("wrong", [[20, 2, 1], [18, 4, 1], [18, 2, 0], [18, 2, None], [2, 2, 1]])
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the "):
        exercises.check_sizes(wrong)


@pytest.mark.parametrize(
    "wrong", [[[0, 2], [1, 4]], [[1, 2], [1, 2]], [[2, 1], [1, 4]], [[1, 2], None], [1, 2]]
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the pair"):
        exercises.check_stamps(wrong)


def plain(x, stride):
    """Bilinear up to the edge, as on the page."""
    W = bilinear_kernel(x.shape[1], stride)
    return F.conv_transpose2d(x, W, stride=stride, padding=stride // 2)


def enlarging(mode="replicate", around=1, cut=None):
    def enlarge(x, stride):
        y = plain(F.pad(x, [around] * 4, mode=mode), stride)
        edge = around * stride if cut is None else cut
        return y[..., edge : y.shape[2] - edge, edge : y.shape[3] - edge]

    return enlarge


def more_is_cut(x, stride):
    """Padding takes off what was put around."""
    W = bilinear_kernel(x.shape[1], stride)
    x = F.pad(x, [1] * 4, mode="replicate")
    return F.conv_transpose2d(x, W, stride=stride, padding=stride // 2 + stride)


def depthwise(x, stride):
    W = bilinear_kernel(1, stride).expand(x.shape[1], 1, -1, -1)
    y = F.pad(x, [1] * 4, mode="replicate")
    how = {"stride": stride, "padding": stride // 2 + stride, "groups": x.shape[1]}
    return F.conv_transpose2d(y, W, **how)


@pytest.mark.parametrize("answer", [enlarging(), enlarging(around=2), more_is_cut, depthwise])
def test_the_third_accepts(answer, capsys):
    assert_right(capsys, 3, exercises.check_enlarge, answer)


@pytest.mark.parametrize(
    "answer, words",
    [
        (plain, "wrong along the edges"),
        (enlarging(mode="constant"), "wrong along the edges"),
        (enlarging(cut=0), "has shape"),
        (lambda x, s: x.repeat_interleave(s, 2).repeat_interleave(s, 3), "away from the edges"),
        (lambda x, s: F.interpolate(x, scale_factor=s, mode="bilinear"), "not allowed here"),
        (lambda x, s: torch.nn.Upsample(scale_factor=s, mode="bilinear")(x), "not allowed here"),
        (lambda x, s: None, "must be a tensor"),
    ],
)
def test_the_third_rejects(answer, words):
    with pytest.raises(AssertionError, match=f"not yet: .*{words}"):
        exercises.check_enlarge(answer)


def by_loop(weight):
    channels, filters, side, _ = weight.shape
    found = torch.zeros(filters * side**2, channels, 1, 1)
    for c in range(channels):
        for f in range(filters):
            for i in range(side):
                for j in range(side):
                    found[f * side**2 + i * side + j, c] = weight[c, f, i, j]
    return found


@pytest.mark.parametrize(
    "answer",
    [
        by_loop,
        lambda w: w.permute(1, 2, 3, 0).reshape(-1, len(w), 1, 1),
        lambda w: w.flatten(1).T[:, :, None, None],
        lambda w: w.double().flatten(1).mT[..., None, None],
    ],
)
def test_the_fourth_accepts(answer, capsys):
    assert_right(capsys, 4, exercises.check_as_subpixel, answer)


@pytest.mark.parametrize(
    "answer, words",
    [
        (lambda w: w.reshape(-1, len(w), 1, 1), "another order"),
        (lambda w: w.permute(1, 3, 2, 0).reshape(-1, len(w), 1, 1), "another order"),
        (lambda w: w.permute(2, 3, 1, 0).reshape(-1, len(w), 1, 1), "another order"),
        (lambda w: w.flip(2, 3).flatten(1).T[:, :, None, None], "another order"),
        (lambda w: w.flatten(1).T, "has shape"),
        (lambda w: None, "must be a tensor"),
    ],
)
def test_the_fourth_rejects(answer, words):
    with pytest.raises(AssertionError, match=f"not yet: .*{words}"):
        exercises.check_as_subpixel(answer)


def test_the_fifth_accepts_what_holds(capsys):
    assert set(exercises.CLAIMS) == set(CLAIMS)
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("name", CLAIMS)
def test_the_fifth_refutes(name):
    assert_refuted(exercises.check_claims, CLAIMS, name, "layer")


@pytest.mark.parametrize("bad", no_verdicts(CLAIMS))
def test_the_fifth_wants_true_or_false(bad):
    assert_wants(exercises.check_claims, bad)
