import numpy as np
import pytest
import torch
from exercise_checks import (
    assert_leaves_the_generator_alone,
    assert_refuted,
    assert_right,
    assert_wants_true_or_false,
    in_every_form,
    no_verdicts,
)

from utils.boxes.overlap import iou
from utils.exercises import average_precision as exercises
from utils.exercises.average_precision_claims import CLAIMS as TRIED
from utils.exercises.average_precision_claims import draw_runs
from utils.metrics.average_precision import average_precision

BY_HAND = [[0, 0.25, 0.5, 0.5, 0.75], [2 / 3, 2 / 3, 0.6, 0], 29 / 60, 26 / 55]
HITS = [[1, 1, 0], [1, 0, 1], [0, 0, 1]]
CLAIMS = dict(zip(TRIED, [True, True, True, True, False, True, False, False], strict=True))


def test_the_predictions_are_what_the_metric_says():
    share, junk = exercises.predict.questions
    assert share["right"] == torch.tensor([1.0, 0, 1]).sum().item() / 4
    three = torch.tensor([True, False, True])
    scores = torch.tensor([0.9, 0.8, 0.7])
    more = (
        torch.cat([scores, torch.full((1000,), 0.1)]),
        torch.cat([three, torch.zeros(1000).bool()]),
    )
    assert average_precision(*more, 4) == average_precision(scores, three, 4)
    assert junk["right"] == "it stays"


@in_every_form
def test_right_numbers_are_accepted_in_every_form(capsys, form):
    assert_right(capsys, 1, exercises.check_by_hand, [form(part) for part in BY_HAND])
    assert_right(capsys, 2, exercises.check_hits, [form(part) for part in HITS])


@pytest.mark.parametrize(
    ("check", "answers"), [(exercises.check_by_hand, BY_HAND), (exercises.check_hits, HITS)]
)
def test_a_wrong_number_is_named(check, answers):
    for place, answer in enumerate(answers):
        wrongs = [None, "6", [1, 2, 3, 4]]
        wrongs += [[1 - x for x in answer]] if isinstance(answer, list) else [answer + 0.01, 0]
        for wrong in wrongs:
            with pytest.raises(AssertionError, match="^not yet: .*(needs|is not|are not)"):
                check([*answers[:place], wrong, *answers[place + 1 :]])
    with pytest.raises(AssertionError, match="answers are wanted, got 0"):
        check([])


def test_there_are_boxes_that_overlap_as_exercise_2_says():
    objects = torch.tensor([[-10.0, 1, 94, 103], [29, 1, 121, 99]])
    boxes = torch.tensor([[10.0, 1, 125, 99], [-1, 1, 121, 99], [-10, 1, 84, 103]])
    assert (iou(boxes, objects) - exercises.TABLE).abs().max() < 0.01


def with_set(table, threshold):
    taken, hits = set(), []
    for row in table:
        best = int(row.argmax()) if len(row) else -1
        hits.append(best >= 0 and float(row[best]) >= threshold and best not in taken)
        if hits[-1]:
            taken.add(best)
    return hits


def at_once(table, threshold):
    if not table.numel():
        return torch.zeros(len(table))
    overlap, place = table.max(1)
    good = overlap >= threshold
    earlier = torch.tril(torch.ones(len(table), len(table)), -1).bool()
    same = (place[:, None] == place) & good & earlier
    return good & ~same.any(1)


def in_numpy(table, threshold):
    return np.array(with_set(table, threshold), dtype=bool)


@pytest.mark.parametrize("answer", [with_set, at_once, in_numpy])
def test_right_rules_of_voc_are_accepted(capsys, answer):
    assert_right(capsys, 3, exercises.check_voc_hits, answer)


def coco(table, threshold):
    free, hits = torch.ones(table.shape[1]).bool(), []
    for row in table:
        row = row.where(free, -1)
        hits.append(bool((row >= threshold).any()))
        if hits[-1]:
            free[row.argmax()] = False
    return hits


def never_taken(table, threshold):
    return [bool((row >= threshold).any()) for row in table]


def takes_without_a_hit(table, threshold):
    taken, hits = set(), []
    for row in table:
        best = int(row.argmax()) if len(row) else -1
        hits.append(best >= 0 and float(row[best]) >= threshold and best not in taken)
        taken.add(best)
    return hits


def below(table, threshold):
    return [not hit for hit in with_set(table, threshold)]


def writes_into_the_table(table, threshold):
    hits = with_set(table, threshold)
    table.zero_()
    return hits


def nothing(*_):
    return None


@pytest.mark.parametrize(
    "wrong", [coco, never_taken, takes_without_a_hit, below, writes_into_the_table, nothing]
)
def test_wrong_rules_of_voc_are_refused(wrong):
    with pytest.raises(AssertionError, match="^not yet: for"):
        exercises.check_voc_hits(wrong)


def by_sorting(scores, hits, count):
    order = scores.argsort(descending=True)
    f1 = 2 * hits[order].cumsum(0) / (torch.arange(1, len(hits) + 1) + count)
    return scores[order][f1.argmax()]


def by_trying(scores, hits, count):
    def f1(least):
        kept = [h for s, h in zip(scores.tolist(), hits.tolist(), strict=True) if s >= least]
        return 2 * sum(kept) / (len(kept) + count)

    return max(scores.tolist(), key=f1)


def by_means(scores, hits, count):
    best = {}
    for least in scores.float().numpy():
        kept = scores >= float(least) - 1e-6
        found = (hits & kept).sum().item()
        precision, recall = found / kept.sum().item(), found / count
        best[least] = 0 if not found else 2 / (1 / precision + 1 / recall)
    return max(best, key=best.get)


@pytest.mark.parametrize("answer", [by_sorting, by_trying, by_means])
def test_right_thresholds_are_accepted(capsys, answer):
    assert_right(capsys, 4, exercises.check_best_threshold, answer)


WRONG = {
    "half": lambda scores, hits, count: 0.5,
    "best precision": lambda scores, hits, count: scores.max(),
    "best recall": lambda scores, hits, count: scores[hits].min(),
    "unsorted": lambda scores, hits, count: scores[
        (2 * hits.cumsum(0) / (torch.arange(1, len(hits) + 1) + count)).argmax()
    ],
    "the place": lambda scores, hits, count: by_sorting(scores, hits, count) * 0 + 3,
    "nothing": nothing,
    "all": lambda scores, hits, count: scores,
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_wrong_thresholds_are_refused(wrong):
    with pytest.raises(AssertionError, match="^not yet: (with|best_threshold needs)"):
        exercises.check_best_threshold(wrong)


def test_claims_are_judged(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for claim in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, claim, "run")
    for answers in no_verdicts(CLAIMS):
        assert_wants_true_or_false(exercises.check_claims, answers)


def test_false_claims_fail_and_true_ones_hold_on_other_runs_too():
    runs = draw_runs(400)
    for claim, holds in TRIED.items():
        assert all(holds(run) for run in runs) == CLAIMS[claim]


def test_nothing_is_drawn_from_the_global_generator():
    assert_leaves_the_generator_alone(lambda: exercises.check_voc_hits(with_set))
    assert_leaves_the_generator_alone(lambda: exercises.check_best_threshold(by_sorting))
