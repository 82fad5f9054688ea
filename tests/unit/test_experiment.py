import math

import pytest

from utils.experiment import compare, log_grid

LR = {"lr": log_grid(0.001, 0.1, 5)}


def peak(best, height=0.0):
    """A run whose score is best at one learning rate, and shifts with the seed."""

    def run(seed, lr):
        return height + seed / 10 - abs(math.log10(lr / best))

    return run


@pytest.mark.parametrize("wrong", [(0, 1, 3), (-1, 1, 3), (1, 1, 3), (2, 1, 3), (0.1, 1, 1)])
def test_log_grid_refuses(wrong):
    with pytest.raises(ValueError, match="0 < low < high"):
        log_grid(*wrong)


def test_log_grid_has_both_ends_and_equal_ratios():
    grid = log_grid(1e-4, 10, 6)
    assert grid[0] == 1e-4 and grid[-1] == 10 and len(grid) == 6
    assert [b / a for a, b in zip(grid, grid[1:], strict=False)] == pytest.approx([10] * 5)


def test_each_arm_finds_its_own_setting():
    found = compare({"one": (peak(0.01), LR), "other": (peak(0.0316), LR)})
    assert found.arms["one"].setting == {"lr": 0.01}
    assert found.arms["other"].setting == {"lr": 0.0316}
    assert found.arms["one"].at_edge == found.arms["other"].at_edge == ()
    assert found.arms["one"].scores == [0, 0.1, 0.2]
    assert [setting["lr"] for setting, _ in found.arms["one"].validation] == LR["lr"]


def test_a_smaller_error_is_better_where_asked_for():
    def error(seed, lr):
        return 1 + abs(math.log10(lr / 0.01)) + seed / 10

    def twice(seed, lr):
        return 2 * error(seed, lr)

    arms = {"one": (error, LR), "two": (twice, LR)}
    found = compare(arms, larger_is_better=False)
    assert found.arms["two"].setting == {"lr": 0.01}
    assert found.wins("one", "two") == 3 and found.wins("two", "one") == 0
    assert compare(arms).arms["one"].setting != {"lr": 0.01}


def test_settings_are_chosen_by_validation_and_compared_by_test():
    def run(seed, lr):
        return peak(0.01)(seed, lr), peak(0.1)(seed, lr)  # the test score prefers another one

    found = compare({"one": (run, LR), "two": (run, LR)})
    assert found.arms["one"].setting == {"lr": 0.01}
    assert found.arms["one"].scores == [seed / 10 - 1 for seed in range(3)]


def test_the_choice_is_by_the_mean_over_seeds():
    def lucky(seed, lr):
        return 5.0 if (seed, lr) == (1, 0.1) else {0.1: 0.0}.get(lr, 2.0 + (lr == 0.01))

    found = compare({"one": (lucky, LR), "two": (lucky, LR)})
    assert found.arms["one"].setting == {"lr": 0.01}


def test_differences_are_paired_by_seed_and_a_tie_is_no_win():
    def noisy(seed, lr):
        return 100.0 * seed

    def better(seed, lr):
        return noisy(seed, lr) + (0.5, 0.5, 0.0)[seed]

    found = compare({"base": (noisy, LR), "new": (better, LR)})
    assert found.differences("new", "base") == [0.5, 0.5, 0.0]
    assert found.differences("base", "new") == [-0.5, -0.5, 0.0]
    assert (found.wins("new", "base"), found.wins("base", "new")) == (2, 0)
    lines = str(found).splitlines()
    assert lines[1].endswith("100.000 ± 100.000")
    assert lines[3].split("  ")[-1] == "+0.333 ± 0.289"
    assert "better for 2 of 3 seeds" in lines[3]
    assert lines[4] == "mean ± standard deviation over 3 seeds"
    assert "+0.3 ± 0.3" in found.table(decimals=1)


def test_a_best_value_at_the_edge_of_the_grid_is_said():
    found = compare({"in": (peak(0.01), LR), "low": (peak(1e-9), LR), "high": (peak(9), LR)})
    assert [arm.at_edge for arm in found.arms.values()] == [(), ("lr",), ("lr",)]
    assert [
        line.count("(lr at the edge of its grid)") for line in str(found).splitlines()[:4]
    ] == [*(0, 0, 1, 1)]


def test_a_choice_of_two_has_no_edge():
    def run(seed, lr, kind):
        return peak(0.01)(seed, lr) + (kind == "b")

    grid = {**LR, "kind": ["a", "b"]}
    found = compare({"one": (run, grid), "two": (run, grid)})
    assert found.arms["one"].setting == {"lr": 0.01, "kind": "b"}
    assert found.arms["one"].at_edge == ()
    assert len(found.arms["one"].validation) == 10


def test_runs_that_diverge_lose():
    def run(seed, lr):
        if lr > 0.05:
            raise FloatingPointError
        if lr < 0.002:
            return math.nan
        return math.inf if seed == 1 and lr > 0.02 else peak(0.1)(seed, lr)

    found = compare({"one": (run, LR), "two": (run, LR)})
    assert found.arms["one"].setting == {"lr": 0.01}
    assert [math.isnan(mean) for _, mean in found.arms["one"].validation] == [
        *(True, False, False, True, True)
    ]
    with pytest.raises(ValueError, match="all runs of 'bad' diverged"):
        compare({"one": (run, LR), "bad": (lambda seed, lr: math.nan, LR)})


@pytest.mark.parametrize(
    ("arms", "seeds", "message"),
    [
        ({"a": LR, "b": LR}, (0, 1), "at least 3 different"),
        ({"a": LR, "b": LR}, (0, 1, 1), "at least 3 different"),
        ({"a": LR}, (0, 1, 2), "at least 2 arms"),
        ({"a": LR, "b": {"lr": [0.1, 0.2, 0.3]}}, (0, 1, 2), "equally many.*'a': 5, 'b': 3"),
        ({"a": {"lr": [0.1, 1]}, "b": {"lr": [0.1, 1]}}, (0, 1, 2), "at least 3, got"),
    ],
)
def test_unfair_comparisons_are_refused(arms, seeds, message):
    with pytest.raises(ValueError, match=message):
        compare({name: (peak(0.01), grid) for name, grid in arms.items()}, seeds=seeds)


def test_every_setting_runs_with_every_seed_once():
    calls = []

    def run(seed, lr):
        calls.append((seed, lr))
        return 0.0

    compare({"one": (run, LR), "two": (run, LR)}, seeds=range(4))
    assert len(calls) == 2 * len(set(calls)) == 2 * 4 * 5


@pytest.mark.parametrize(
    ("gains", "error", "sentence"),
    [
        ((0.01, 0.02, 0.03), False, "new is ahead of base by 2.0 ± 1.0 points, in 3 of 3 seeds"),
        ((-0.01, 0.0, -0.05), True, "new against base: -2.0 ± 2.6 points, no clear difference"),
        ((-0.04, 0.0, -0.05), True, "new is ahead of base by 3.0 ± 2.6 points, in 2 of 3 seeds"),
        ((-0.04, 0.0, -0.05), False, "new is behind base by 3.0 ± 2.6 points, in 2 of 3 seeds"),
        ((0.04, 0.0, 0.05), True, "new is behind base by 3.0 ± 2.6 points, in 2 of 3 seeds"),
        ((0.0, 0.0, 0.0), False, "new against base: +0.0 ± 0.0 points, no clear difference"),
    ],
)
def test_a_sentence_says_who_is_ahead(gains, error, sentence):
    def base(seed, lr):
        return seed / 4

    def new(seed, lr):
        return seed / 4 + gains[seed]

    arms = {"base": (base, LR), "new": (new, LR)}
    assert compare(arms, larger_is_better=not error).sentence("new", "base") == sentence
