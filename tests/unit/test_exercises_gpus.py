import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form, no_verdicts
from exercise_checks import assert_wants_true_or_false as assert_wants

from utils.exercises import gpus as exercises

WARPS = [32, 80, 1000]
QUEUE = [200, 504, 700, 96]
CLAIMS = {
    "without waits the host's clock stops before the device is done": True,
    "a wait after each job never makes it faster": True,
    "jobs of half the length take half the time": False,
    "one job with the work of all is never slower": True,
    "the order of the jobs makes no difference": False,
    "handing over twice as fast never makes it slower": True,
}


def test_the_predictions_are_those_of_the_models():
    host = device = 0
    for _ in range(100):
        host += 10
        device = max(host, device) + 5
    assert [question["right"] for question in exercises.predict.questions] == [8 + 2, device]


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_warps, form(WARPS))
    assert_right(capsys, 2, exercises.check_queue, form(QUEUE))


def test_the_fields_hold_what_the_checks_want():
    for sheet, check in (
        (exercises.warps, exercises.check_warps),
        (exercises.queue, exercises.check_queue),
    ):
        check([question["right"] for question in sheet.questions])


@pytest.mark.parametrize(
    "wrong",
    [
        [64, 80, 1000],
        [1024, 80, 1000],
        [32, 100, 1000],
        [32, 0.8, 1000],
        [32, 80, 1],
        [32, 80, None],
    ],
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the number of"):
        exercises.check_warps(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        [500, 504, 700, 96],
        [200, 500, 700, 96],
        [200, 504, 504, 96],
        [200, 504, 700, 150],
        [200, 504, 700, None],
    ],
)
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (clock|time)"):
        exercises.check_queue(wrong)


def by_sets(addresses):
    warps = addresses.split(32)
    return sum(len({int(address) // 8 for address in warp}) for warp in warps)


def by_pairs(addresses):
    warps = torch.arange(len(addresses)) // 32
    return len(torch.unique(torch.stack([warps, addresses // 8]), dim=1).T)


def by_sorting(addresses):
    found = torch.tensor(0)
    for warp in addresses.split(32):
        found += (warp.sort().values // 8).diff().ne(0).sum() + 1
    return found


SECTORS = {
    "sets": by_sets,
    "unique": lambda x: sum(torch.unique(warp // 8).numel() for warp in x.split(32)),
    "pairs": by_pairs,
    "sorted": by_sorting,
}


@pytest.mark.parametrize("sectors", SECTORS.values(), ids=SECTORS)
def test_sectors_accept(sectors, capsys):
    assert_right(capsys, 3, exercises.check_sectors, sectors)


NO_SECTORS = {
    "all warps together": lambda x: torch.unique(x // 8).numel(),
    "bytes taken for numbers": lambda x: sum(torch.unique(w // 32).numel() for w in x.split(32)),
    "numbers": lambda x: sum(torch.unique(w).numel() for w in x.split(32)),
    "warps of 64": lambda x: sum(torch.unique(w // 8).numel() for w in x.split(64)),
    "first to last": lambda x: sum(int(w.max() // 8 - w.min() // 8) + 1 for w in x.split(32)),
    "not sorted": lambda x: sum(int((w // 8).diff().ne(0).sum()) + 1 for w in x.split(32)),
    "nothing": lambda x: None,
}


@pytest.mark.parametrize("wrong", NO_SECTORS.values(), ids=NO_SECTORS)
def test_sectors_reject(wrong):
    with pytest.raises(AssertionError, match="not yet: the number of sectors"):
        exercises.check_sectors(wrong)


def pipeline(buffers=2, copies_wait=True, jobs_wait=True):
    def run(copies, jobs):
        copied, done = [], []
        for index, (copy, job) in enumerate(zip(copies, jobs, strict=True)):
            before = done[index - buffers] if index >= buffers else 0
            last = copied[-1] if copied and copies_wait else 0
            copied.append(max(before, last) + copy)
            last = done[-1] if done and jobs_wait else 0
            done.append(max(copied[-1], last) + job)
        return max(done)

    return run


def recursive(copies, jobs):
    def done(index):
        return max(copied(index), done(index - 1)) + jobs[index] if index >= 0 else 0

    def copied(index):
        return max(copied(index - 1), done(index - 2)) + copies[index] if index >= 0 else 0

    return torch.tensor(done(len(jobs) - 1))


def by_cycles(copies, jobs):
    """Step by step: what is copied, what is done, and what is left of either."""
    copied = done = time = 0
    left_copy, left_job = copies[0], jobs[0]
    while done < len(jobs):
        can_copy = copied < len(copies) and copied - done < 2
        can_job = done < copied
        time += 1
        left_copy -= can_copy
        left_job -= can_job
        if can_copy and not left_copy:
            copied += 1
            left_copy = copies[copied] if copied < len(copies) else 0
        if can_job and not left_job:
            done += 1
            left_job = jobs[done] if done < len(jobs) else 0
    return float(time)


@pytest.mark.parametrize("answer", [pipeline(), recursive, by_cycles])
def test_pipelines_accept(answer, capsys):
    assert_right(capsys, 4, exercises.check_pipeline, answer)


NO_PIPELINES = {
    "no limit": pipeline(buffers=99),
    "one buffer": pipeline(buffers=1),
    "three buffers": pipeline(buffers=3),
    "copies all at once": pipeline(copies_wait=False, buffers=99),
    "jobs all at once": pipeline(jobs_wait=False),
    "one stream": lambda copies, jobs: sum(copies) + sum(jobs),
    "the slower one": lambda copies, jobs: max(sum(copies), sum(jobs)),
    "nothing": lambda copies, jobs: None,
}


@pytest.mark.parametrize("wrong", NO_PIPELINES.values(), ids=NO_PIPELINES)
def test_pipelines_reject(wrong):
    with pytest.raises(AssertionError, match="not yet: the time for"):
        exercises.check_pipeline(wrong)


def test_claims_accept(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)


@pytest.mark.parametrize("claim", CLAIMS)
def test_claims_reject(claim):
    assert_refuted(exercises.check_claims, CLAIMS, claim, "queue")


@pytest.mark.parametrize("bad", no_verdicts(CLAIMS))
def test_claims_want_true_or_false(bad):
    assert_wants(exercises.check_claims, bad)
