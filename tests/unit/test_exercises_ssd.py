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
from torchvision import ops

from utils.detection.multibox import laid_anchors
from utils.exercises import ssd as exercises
from utils.exercises.ssd_claims import CLAIMS as TRIED
from utils.exercises.ssd_claims import draw_trials

BY_HAND = [0.125, 2.5, 1.125, 0.75]
COUNTS = [84, 23104, 28, 0]
TRUTH = [True, False, True, True, True, False, False, True]
CLAIMS = dict(zip(TRIED, TRUTH, strict=True))


def test_the_predictions_are_what_is_laid():
    count, share = exercises.predict.questions
    assert count["right"] == len(laid_anchors()) == 1008
    assert share["right"] == pytest.approx(100 * (1 - 16 / 1008), abs=0.1)


def test_the_sheets_have_the_right_answers():
    for sheet, answers in ((exercises.by_hand, BY_HAND), (exercises.counts, COUNTS)):
        assert [question["right"] for question in sheet.questions] == pytest.approx(answers)


@in_every_form
def test_right_numbers_are_accepted_in_every_form(capsys, form):
    assert_right(capsys, 1, exercises.check_by_hand, [form(part) for part in BY_HAND])
    assert_right(capsys, 2, exercises.check_counts, [form(part) for part in COUNTS])


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_counts, COUNTS)]
)
def test_a_wrong_number_is_named(check, answers):
    for place, answer in enumerate(answers):
        for wrong in (None, "six", [1, 2], answer + 1, -answer - 1):
            with pytest.raises(AssertionError, match="^not yet: .*(needs|is not)"):
                check([*answers[:place], wrong, *answers[place + 1 :]])
    with pytest.raises(AssertionError, match="4 answers are wanted, got 0"):
        check([])


def by_entropy(logits, labels, gamma):
    plain = F.cross_entropy(logits, labels, reduction="none")
    return (1 - torch.exp(-plain)) ** gamma * plain


def by_logarithm(logits, labels, gamma):
    logs = logits.log_softmax(1).gather(1, labels[:, None])[:, 0]
    return -((1 - logs.exp()) ** gamma) * logs


def by_one_hot(logits, labels, gamma):
    logs = (logits.log_softmax(1) * F.one_hot(labels, logits.shape[1])).sum(1)
    return -((1 - logs.exp()) ** gamma) * logs


FOCAL = {"entropy": by_entropy, "logarithm": by_logarithm, "one hot": by_one_hot}


@pytest.mark.parametrize("answer", FOCAL.values(), ids=FOCAL)
def test_softmax_focal_accepts(capsys, answer):
    assert_right(capsys, 3, exercises.check_softmax_focal, answer)


def with_a_loop(logits, labels, gamma):
    pairs = zip(logits, labels, strict=True)
    return torch.stack([by_entropy(a[None], b[None], gamma)[0] for a, b in pairs])


WRONG_FOCAL = {
    "the sign": lambda x, y, g: -by_entropy(x, y, g),
    "without gamma": lambda x, y, g: by_entropy(x, y, 2.0),
    "p instead of 1 - p": lambda x, y, g: (
        (-F.cross_entropy(x, y, reduction="none")).exp() ** g
        * F.cross_entropy(x, y, reduction="none")
    ),
    "a mean": lambda x, y, g: by_entropy(x, y, g).mean(),
    "by sigmoids": lambda x, y, g: ops.sigmoid_focal_loss(
        x, F.one_hot(y, x.shape[1]).to(x), -1, g
    ).sum(1),
    "a loop": with_a_loop,
}


@pytest.mark.parametrize("answer", WRONG_FOCAL.values(), ids=WRONG_FOCAL)
def test_softmax_focal_refuses(answer):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_softmax_focal(answer)


def by_bucket(boxes, laid, counts):
    ends = torch.tensor(counts).cumsum(0)
    return torch.bucketize(ops.box_iou(boxes, laid).argmax(1), ends, right=True)


def by_repeat(boxes, laid, counts):
    owner = torch.arange(len(counts)).repeat_interleave(torch.tensor(counts))
    return owner[ops.box_iou(boxes, laid).argmax(1)]


def by_split(boxes, laid, counts):
    best = [part.amax(1) for part in ops.box_iou(boxes, laid).split(counts, dim=1)]
    return torch.stack(best, 1).argmax(1).tolist()


STAGES = {"buckets": by_bucket, "owners": by_repeat, "parts": by_split}


@pytest.mark.parametrize("answer", STAGES.values(), ids=STAGES)
def test_stage_of_accepts(capsys, answer):
    assert_right(capsys, 4, exercises.check_stage_of, answer)


WRONG_STAGES = {
    "the anchor": lambda b, a, n: ops.box_iou(b, a).argmax(1),
    "from one on": lambda b, a, n: by_bucket(b, a, n) + 1,
    "the other side": lambda b, a, n: torch.bucketize(
        ops.box_iou(b, a).argmax(1), torch.tensor(n).cumsum(0)
    ),
    "the worst": lambda b, a, n: by_bucket(b, a.flip(0), n),
    "the first": lambda b, a, n: torch.zeros(len(b)),
}


@pytest.mark.parametrize("answer", WRONG_STAGES.values(), ids=WRONG_STAGES)
def test_stage_of_refuses(answer):
    with pytest.raises(AssertionError, match="^not yet: "):
        exercises.check_stage_of(answer)


def test_the_claims_are_judged(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "draw")
    for answers in no_verdicts(CLAIMS):
        assert_wants_true_or_false(exercises.check_claims, answers)


def test_checks_draw_nothing_from_the_global_generator():
    assert_leaves_the_generator_alone(lambda: exercises.check_softmax_focal(by_entropy))
    assert_leaves_the_generator_alone(lambda: exercises.check_stage_of(by_bucket))
    assert_leaves_the_generator_alone(lambda: draw_trials(2))
