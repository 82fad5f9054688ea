"""A fair comparison: each arm tuned on its own grid, with one budget, over the same seeds."""

import itertools
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

# Takes a seed and one setting; returns the validation score, or that and the test score.
Run = Callable[..., float | tuple[float, float]]
Grid = Mapping[str, Sequence]
FEWEST_SEEDS = FEWEST_SETTINGS = 3


def log_grid(low: float, high: float, count: int) -> list[float]:
    """Return numbers from ``low`` to ``high`` at equal ratios, to three digits.

    Args:
        low: the first number, positive.
        high: the last number, above ``low``.
        count: how many numbers, at least 2.

    >>> log_grid(0.01, 1, 5)
    [0.01, 0.0316, 0.1, 0.316, 1.0]
    """
    if not 0 < low < high or count < 2:
        raise ValueError(f"need 0 < low < high and count >= 2, got {low}, {high} and {count}")
    ratio = (high / low) ** (1 / (count - 1))
    return [float(f"{low * ratio**step:.3g}") for step in range(count)]


@dataclass(frozen=True)
class Arm:
    """What a sweep found for one arm.

    Attributes:
        setting: the setting with the best mean validation score.
        scores: one score a seed at that setting, in the order of the seeds: test
            scores where there are any, else validation scores.
        validation: the mean validation score of each setting of the grid, in order;
            NaN where a run diverged.
        at_edge: the hyperparameters whose best value is the first or the last of at
            least three, so that a better one may lie outside the grid.
    """

    setting: dict
    scores: list[float]
    validation: list[tuple[dict, float]]
    at_edge: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """Arms that were tuned alike; printing it gives a small table.

    Attributes:
        arms: what was found for each arm, by its name; the first is the baseline.
        seeds: the seeds that all arms share.
        larger_is_better: the direction of the score.
    """

    arms: dict[str, Arm]
    seeds: tuple[int, ...]
    larger_is_better: bool

    def differences(self, arm: str, baseline: str) -> list[float]:
        """Return the score of ``arm`` minus that of ``baseline``, one number a seed."""
        pairs = zip(self.arms[arm].scores, self.arms[baseline].scores, strict=True)
        return [one - other for one, other in pairs]

    def wins(self, arm: str, baseline: str) -> int:
        """Return for how many seeds ``arm`` is better than ``baseline``; a tie is no win."""
        sign = 1 if self.larger_is_better else -1
        return sum(sign * difference > 0 for difference in self.differences(arm, baseline))

    def sentence(self, arm: str, baseline: str) -> str:
        """Say who is ahead, by how many points of a hundred, if by more than the spread."""
        points = [100 * difference for difference in self.differences(arm, baseline)]
        mean, spread = statistics.fmean(points), statistics.stdev(points)
        if abs(mean) <= spread:
            gap = f"{mean:+.1f} ± {spread:.1f} points"
            return f"{arm} against {baseline}: {gap}, no clear difference"
        ahead = (mean > 0) == self.larger_is_better
        word, pair = ("ahead of", (arm, baseline)) if ahead else ("behind", (baseline, arm))
        seeds = f"{self.wins(*pair)} of {len(points)} seeds"
        gap = f"{abs(mean):.1f} ± {spread:.1f} points, in {seeds}"
        return f"{arm} is {word} {baseline} by {gap}"

    def __str__(self) -> str:
        return self.table()

    def table(self, *, decimals: int = 3) -> str:
        """Return a table: settings found, mean and spread, differences from the first arm."""

        def mean_and_spread(values: Sequence[float], sign: str = "") -> str:
            mean, spread = statistics.fmean(values), statistics.stdev(values)
            return f"{mean:{sign}.{decimals}f} ± {spread:.{decimals}f}"

        first, *others = self.arms
        rows = [("arm", "setting found", "score")]
        for name, arm in self.arms.items():
            words = [f"{key}={value}" for key, value in arm.setting.items()]
            words += [f"({key} at the edge of its grid)" for key in arm.at_edge]
            rows.append((name, " ".join(words), mean_and_spread(arm.scores)))
        for name in others:
            difference = mean_and_spread(self.differences(name, first), "+")
            count = f"better for {self.wins(name, first)} of {len(self.seeds)} seeds"
            rows.append((f"{name} - {first}", count, difference))
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
        lines.append(f"mean ± standard deviation over {len(self.seeds)} seeds")
        return "\n".join(lines)


def compare(
    arms: Mapping[str, tuple[Run, Grid]],
    *,
    seeds: Sequence[int] = (0, 1, 2),
    larger_is_better: bool = True,
) -> Comparison:
    """Tune each arm on its own grid by validation, and compare them seed by seed.

    Each arm runs every setting of its grid with every seed. The setting with the
    best mean validation score is chosen. What is compared are the test scores of
    those same runs; a run that returns one number is compared by its validation
    score, which is a little too good for the best of a grid, for all arms alike.
    Among settings that score the same, the first one of the grid is chosen.

    Args:
        arms: by name, the run and its grid. ``run(seed=…, **setting)`` trains once
            and returns the validation score, or the validation and the test score.
            A score must be one that no arm trains on alone, such as the accuracy.
            A grid names the values of each hyperparameter, ``{"lr": log_grid(…)}``;
            all their combinations are run, equally many for each arm.
        seeds: at least three; all arms share them, so that differences are paired.
        larger_is_better: False if the score is an error.

    Raises:
        ValueError: if the comparison would not be fair, or all runs of an arm diverge.

    >>> def run(seed, lr, gain=0.0):
    ...     return gain + seed / 100 - (math.log10(lr) + 2) ** 2
    >>> grid = {"lr": log_grid(0.001, 0.1, 3)}
    >>> print(compare({"plain": (run, grid), "better": (run, {**grid, "gain": [0.5]})}))
    arm             setting found            score
    plain           lr=0.01                  0.010 ± 0.010
    better          lr=0.01 gain=0.5         0.510 ± 0.010
    better - plain  better for 3 of 3 seeds  +0.500 ± 0.000
    mean ± standard deviation over 3 seeds
    """
    seeds = tuple(seeds)
    if len(set(seeds)) != len(seeds) or len(seeds) < FEWEST_SEEDS:
        raise ValueError(f"seeds must be at least {FEWEST_SEEDS} different ones, got {seeds}")
    if len(arms) < 2:
        raise ValueError(f"a comparison needs at least 2 arms, got {len(arms)}")
    budgets = {name: math.prod(map(len, grid.values())) for name, (_, grid) in arms.items()}
    if len(set(budgets.values())) > 1 or min(budgets.values()) < FEWEST_SETTINGS:
        raise ValueError(
            f"all grids must have equally many settings, at least {FEWEST_SETTINGS}, got {budgets}"
        )
    found = {
        name: _tune(name, run, grid, seeds, 1 if larger_is_better else -1)
        for name, (run, grid) in arms.items()
    }
    return Comparison(found, seeds, larger_is_better)


def _tune(name: str, run: Run, grid: Grid, seeds: Sequence[int], sign: int) -> Arm:
    best, best_mean, validation = None, math.nan, []
    for values in itertools.product(*grid.values()):
        setting = dict(zip(grid, values, strict=True))
        pairs = [_score(run, seed, setting) for seed in seeds]
        mean = statistics.fmean(pair[0] for pair in pairs)
        validation.append((setting, mean if math.isfinite(mean) else math.nan))
        if math.isfinite(mean) and (best is None or sign * mean > sign * best_mean):
            best, best_mean = (setting, [pair[1] for pair in pairs]), mean
    if best is None:
        raise ValueError(f"all runs of {name!r} diverged: move its grid")
    setting, scores = best
    at_edge = tuple(
        key
        for key, values in grid.items()
        if len(values) >= FEWEST_SETTINGS and setting[key] in (values[0], values[-1])
    )
    return Arm(setting, scores, validation, at_edge)


def _score(run: Run, seed: int, setting: dict) -> tuple[float, float]:
    """Return validation and test score; a run that diverged has none."""
    try:
        result = run(seed=seed, **setting)
    except FloatingPointError:  # what fit raises when the loss is no longer finite
        return math.nan, math.nan
    pair = result if isinstance(result, tuple) else (result, result)
    return float(pair[0]), float(pair[1])
