import pytest
import torch
import torch.nn.functional as F
from exercise_checks import assert_refuted, assert_right, in_every_form, no_verdicts
from exercise_checks import assert_wants_true_or_false as assert_wants

from utils.cache import count_misses, walk
from utils.exercises import cpu_and_memory as exercises

CLAIMS = {
    "one line more: no more misses": True,
    "lines twice as long, as many of them: no more misses": True,
    "lines twice as long, half as many: no more misses": False,
    "stored and read by rows: the number of lines makes no difference": True,
    "stored by rows: reading by columns misses more often": False,
    "stored by columns: reading by rows misses no less often": True,
}


def test_the_predictions_are_what_the_cache_does():
    found = [count_misses(walk(4, 4, order), 2, 4) for order in ("rows", "columns")]
    assert [question["right"] for question in exercises.predict.questions] == found


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_walks, [form(12), form(48), form(6)])
    assert_right(capsys, 2, exercises.check_limits, [form(50), form(2.5), form(5)])


def test_the_fields_hold_what_the_checks_want():
    for sheet, check in (
        (exercises.walks, exercises.check_walks),
        (exercises.limits, exercises.check_limits),
    ):
        check([question["right"] for question in sheet.questions])


@pytest.mark.parametrize(
    "wrong", [[6, 48, 6], [12, 12, 6], [12, 48, 5], [12, 48, 12], [12, 48, None]]
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the "):
        exercises.check_walks(wrong)


@pytest.mark.parametrize(
    "wrong", [[200, 2.5, 5], [50, 4, 5], [50, 2.5, 4], [25, 2.5, 5], [50, 2.5, None]]
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the "):
        exercises.check_limits(wrong)


def slots(slot=lambda line, lines: line % lines, replace=True, hits=False):
    def misses(addresses, lines, width):
        held, count = [None] * lines, 0
        for line in [address // width for address in addresses]:
            place = slot(line, lines)
            is_hit = held[place] == line
            count += is_hit if hits else not is_hit
            if replace or held[place] is None:
                held[place] = line
        return count

    return misses


def by_dict(addresses, lines, width):
    held, found = {}, 0
    for address in addresses:
        line = address // width
        if held.get(line % lines, -1) != line:
            found += 1
        held[line % lines] = line
    return torch.tensor(found)


def one_slot_after_the_other(addresses, lines, width):
    visited = torch.tensor(addresses) // width
    count = 0
    for slot in range(lines):
        mine = visited[visited % lines == slot]
        count += len(torch.unique_consecutive(mine))
    return float(count)


@pytest.mark.parametrize("misses", [slots(), by_dict, one_slot_after_the_other])
def test_slots_accept(misses, capsys):
    assert_right(capsys, 3, exercises.check_slots, misses)


NO_SLOTS = {
    "any slot": count_misses,
    "the first stays": slots(replace=False),
    "hits": slots(hits=True),
    "one slot": slots(slot=lambda line, lines: 0),
    "parts of the cache": slots(slot=lambda line, lines: line * lines % 7 % lines),
    "nothing": lambda addresses, lines, width: None,
}


@pytest.mark.parametrize("wrong", NO_SLOTS.values(), ids=NO_SLOTS)
def test_slots_reject(wrong):
    with pytest.raises(AssertionError, match="not yet: the number of misses"):
        exercises.check_slots(wrong)


def by_running_sum(x, k):
    total = F.pad(x.cumsum(0), (1, 0))
    return total[k:] - total[:-k]


MOVING = {
    "windows": lambda x, k: x.unfold(0, k, 1).sum(1),
    "running sum": by_running_sum,
    "convolution": lambda x, k: F.conv1d(x[None, None], torch.ones(1, 1, k))[0, 0],
    "pooling": lambda x, k: k * F.avg_pool1d(x[None, None], k, stride=1)[0, 0],
}


@pytest.mark.parametrize("moving", MOVING.values(), ids=MOVING)
def test_moving_sums_accept(moving, capsys):
    assert_right(capsys, 4, exercises.check_moving_sums, moving)


def recursive(x, k):
    if len(x) == k:
        return x.sum()[None]
    return torch.cat([x[:k].sum()[None], recursive(x[1:], k)])


NOT_MOVING = {
    "loop": lambda x, k: torch.stack([x[i : i + k].sum() for i in range(len(x) - k + 1)]),
    "recursion": recursive,
    "mean": lambda x, k: x.unfold(0, k, 1).mean(1),
    "one less": lambda x, k: x.unfold(0, k, 1).sum(1)[1:],
    "numpy": lambda x, k: torch.tensor(x.unfold(0, k, 1).numpy().sum(1)),
    "nothing": lambda x, k: None,
}


@pytest.mark.parametrize("wrong", NOT_MOVING.values(), ids=NOT_MOVING)
def test_moving_sums_reject(wrong):
    with pytest.raises(AssertionError, match="not yet: (for|your)"):
        exercises.check_moving_sums(wrong)


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_reject(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "memory")


@pytest.mark.parametrize("bad", no_verdicts(CLAIMS))
def test_claims_want_true_or_false(bad):
    assert_wants(exercises.check_claims, bad)
