import pytest
import torch
from exercise_checks import assert_refuted, assert_right, in_every_form

from utils.exercises import distributed_training as exercises

CLAIMS = {
    "with one worker more, each worker of a ring sends more": True,
    "twice the bandwidth halves the time of an all-reduce": False,
    "overlap makes a step at most twice as fast": True,
    "the star's middle sends more than a worker of the ring": False,
}


@in_every_form
def test_the_warm_ups_accept_the_right_numbers(form, capsys):
    assert_right(capsys, 1, exercises.check_sums, [form(2.1), form(64), form(160)])
    assert_right(capsys, 2, exercises.check_times, [form(66), form(80), form(146)])


def test_the_fields_hold_the_right_numbers():
    for sheet, check in (
        (exercises.sums, exercises.check_sums),
        (exercises.times, exercises.check_times),
    ):
        check([question["right"] for question in sheet.questions])
    assert exercises.predict.questions[0]["right"] == (4 - 1) * 100


@pytest.mark.parametrize(
    "wrong", [[2.33, 64, 160], [2.1, 32, 160], [2.1, 64, 200], [21, 64, 160], [2.1, 64, None]]
)
def test_the_first_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the (gradient|MB)"):
        exercises.check_sums(wrong)


@pytest.mark.parametrize("wrong", [[60, 80, 146], [66, 146, 146], [66, 80, 80], [66, None, 146]])
def test_the_second_rejects(wrong):
    with pytest.raises(AssertionError, match="not yet: the time"):
        exercises.check_times(wrong)


def by_steps(values):
    held, world = values.clone(), len(values)
    for step in range(world - 1):
        before = held.clone()
        for worker in range(world):
            chunk = (worker - step) % world
            held[(worker + 1) % world, chunk] += before[worker, chunk]
    return held


def by_sums(values):
    """Worker w holds of chunk c what the workers from c to w have, round the ring."""
    world, held = len(values), torch.empty_like(values)
    for worker in range(world):
        for chunk in range(world):
            count = (worker - chunk) % world + 1
            parts = [values[(chunk + k) % world, chunk] for k in range(count)]
            held[worker, chunk] = sum(parts)
    return held


SCATTERS = {
    "steps": by_steps,
    "sums": by_sums,
    "list": lambda values: by_steps(values).tolist(),
    "array": lambda values: by_steps(values).numpy(),
}
NOT_SCATTERS = {
    "all sums": lambda values: values.sum(0).expand_as(values),
    "untouched": lambda values: values,
    "transposed": lambda values: by_steps(values.T).T,
    "to the left": lambda values: by_steps(values.flip(0)).flip(0),
    "from one copy": lambda values: values + values.roll(1, 0),
    "nothing": lambda values: None,
}


@pytest.mark.parametrize("scatter", SCATTERS.values(), ids=SCATTERS)
def test_reduce_scatter_accepts(scatter, capsys):
    assert_right(capsys, 3, exercises.check_reduce_scatter, scatter)


@pytest.mark.parametrize("scatter", NOT_SCATTERS.values(), ids=NOT_SCATTERS)
def test_reduce_scatter_rejects(scatter):
    with pytest.raises(AssertionError, match="not yet: what"):
        exercises.check_reduce_scatter(scatter)


def by_squares(counts, means, variances):
    shares = torch.tensor(counts) / sum(counts)
    mean = (shares * means).sum()
    return mean, (shares * (variances + means**2)).sum() - mean**2


def squares_in_float64(counts, means, variances):
    counts = torch.tensor(counts, dtype=torch.float64)
    shares, means = counts / counts.sum(), means.double()
    mean = (shares * means).sum()
    return mean, (shares * (variances + means**2)).sum() - mean**2


def around_the_mean(counts, means, variances):
    shares = torch.tensor(counts) / sum(counts)
    mean = (shares * means).sum()
    return mean, (shares * (variances + (means - mean) ** 2)).sum()


def by_spread(counts, means, variances):
    counts = torch.tensor(counts, dtype=torch.float64)
    mean = (counts * means).sum() / counts.sum()
    within = (counts * variances).sum()
    return [mean, (within + (counts * (means - mean) ** 2).sum()) / counts.sum()]


WHOLES = {
    "in float32": around_the_mean,
    "squares in float64": squares_in_float64,
    "spread": by_spread,
    "tensor": lambda *given: torch.stack(around_the_mean(*given)),
    "floats": lambda *given: tuple(float(x) for x in by_spread(*given)),
}
NOT_WHOLES = {
    "squares in float32": by_squares,
    "plain": lambda counts, means, variances: (means.mean(), variances.mean()),
    "no spread of means": lambda c, m, v: (by_spread(c, m, v)[0], by_spread(c, 0 * m, v)[1]),
    "turned": lambda c, m, v: by_spread(c[::-1], m, v),
    "unbiased": lambda c, m, v: (
        by_spread(c, m, v)[0],
        by_spread(c, m, v)[1] * sum(c) / (sum(c) - 1),
    ),
    "nothing": lambda *given: None,
}


@pytest.mark.parametrize("whole", WHOLES.values(), ids=WHOLES)
def test_whole_moments_accepts(whole, capsys):
    assert_right(capsys, 4, exercises.check_whole_moments, whole)


@pytest.mark.parametrize("whole", NOT_WHOLES.values(), ids=NOT_WHOLES)
def test_whole_moments_rejects(whole):
    with pytest.raises(AssertionError, match="not yet: mean and variance"):
        exercises.check_whole_moments(whole)


def test_the_claims_are_checked(capsys):
    assert_right(capsys, 5, exercises.check_claims, CLAIMS)
    for name in CLAIMS:
        assert_refuted(exercises.check_claims, CLAIMS, name, "ring")
