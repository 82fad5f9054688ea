"""Checks for the exercises of the page on the perceptron."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_number,
    ask_numbers,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.forbidden import expect_no_loop, watch
from utils.exercises.perceptron_runs import Problem, bound, draw, mistakes, run
from utils.exercises.perceptron_sheets import bounds_sheet, by_hand_sheet, predict_sheet
from utils.widgets.perceptron_steps import PRESETS

_AXIS = torch.tensor([[3.0, 0], [-3, 0]]).double(), torch.tensor([1.0, -1]).double()


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 by running the rule."""
    X, y = torch.tensor([[1.0, 2], [2, 1]]).double(), torch.tensor([1.0, -1]).double()
    path = run(X, y, passes=9)
    wanted = {
        "the weights after A": path[1],
        "the weights after B": path[2],
        "the pair of scores": X @ path[2][:2] + path[2][2],
    }
    expect(len(path) == 3, "the rule makes two updates here")
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_numbers(name, answer, value)
    right(1)


@exercise
def check_bounds(answers: Sequence) -> None:
    """Check exercise 2 with the bound of two points, and by running the demo's points."""
    expect(len(answers) == 3, f"3 numbers are wanted, got {len(answers)}")
    X, y = _AXIS
    best = torch.tensor([1.0, 0, 0]).double()
    expect_number("the bound", answers[0], bound(X, y, best))
    expect_number("the factor of the bound", answers[1], 1 / 0.5**2)
    table = torch.tensor(PRESETS["narrow gap"]).double()
    longer = len(run(table[:, :2], table[:, 2], 99, indices=True, lr=10))
    expect_number("the number of updates", answers[2], longer, within=0)
    right(2)


@exercise
def check_mistakes_left(mistakes_left: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 by making the updates one by one, also where a score becomes 0."""
    generator = torch.Generator().manual_seed(0)
    for n, features, scale in ((9, 2, 1.0), (1, 3, 5.0), (40, 2, 20.0), (5, 2, 0.0), (0, 2, 1.0)):
        # Whole numbers, so that quotients are often whole as well; scale 0 makes all scores 0.
        X = torch.randint(-2, 3, (n, features), generator=generator).double()
        y = torch.where(torch.rand(n, generator=generator) < 0.5, 1.0, -1.0).double()
        w = (scale * torch.randn(features, generator=generator)).round().double()
        b = (scale * torch.randn((), generator=generator)).round().double()
        wanted = []
        for x, label in zip(X, y, strict=True):
            value, count = label * (x @ w + b), 0
            while value <= 0:
                value, count = value + x @ x + 1, count + 1
            wanted.append(float(count))
        case = f"mistakes_left for {n} samples"
        given = [part.clone() for part in (X, y, w, b)]
        seen = watch(mistakes_left, *given)
        expect_no_loop(seen, case)
        kept = all(map(torch.equal, given, (X, y, w, b)))
        expect(kept, "X, y, w and b themselves must not change")
        expect_numbers(case, seen.result, torch.tensor(wanted), within=0)
    right(3)


@exercise
def check_pocket(pocket: Callable[..., tuple]) -> None:
    """Check exercise 4: no weights of the run make fewer mistakes, and these are among them."""
    for problem in draw(24, separable=False):
        for passes in (1, 5):
            X, y = problem.X, problem.y
            path = run(X, y, passes)
            fewest = min(mistakes(X, y, u) for u in path)
            answer = pocket(X.clone(), y.clone(), passes)
            is_pair = isinstance(answer, (tuple, list)) and len(answer) == 2
            expect(is_pair, f"pocket returns two things, w and b, got {answer!r}")
            w = ask_numbers("w", answer[0], (X.shape[1],))
            b = ask_number("b", answer[1])
            u = torch.cat([w, torch.tensor([b]).double()])
            case = f"after {passes} passes over {len(X)} samples"
            left = mistakes(X, y, u)
            expect(left <= fewest, f"the pocket makes {left} mistakes, not {fewest}, {case}")
            is_seen = any(torch.allclose(u, seen, atol=1e-4) for seen in path)
            expect(is_seen, f"the pocket holds weights that the rule does not pass {case}")
    right(4)


def _is_right_after_update(problem: Problem) -> bool:
    path, used = run(problem.X, problem.y, 99), run(problem.X, problem.y, 99, indices=True)
    after = zip(path[1:], used, strict=True)
    return all(problem.label_times_score(u)[index] > 0 for u, index in after)


def _raises(problem: Problem) -> bool:
    path, used = run(problem.X, problem.y, 99), run(problem.X, problem.y, 99, indices=True)
    scores = [problem.label_times_score(u) for u in path]
    steps = zip(scores, scores[1:], used, strict=False)
    return all(after[index] > before[index] for before, after, index in steps)


def _lowers_count(problem: Problem) -> bool:
    counts = [mistakes(problem.X, problem.y, u) for u in run(problem.X, problem.y, 99)]
    return all(after < before for before, after in zip(counts, counts[1:], strict=False))


def _same_samples(problem: Problem) -> bool:
    plain, long = (run(problem.X, problem.y, 99, indices=True, lr=lr) for lr in (1, 10))
    return plain == long


def _same_count_backwards(problem: Problem) -> bool:
    X, y = problem.X, problem.y
    return len(run(X, y, 99)) == len(run(X.flip(0), y.flip(0), 99))


def _whole_bias(problem: Problem) -> bool:
    bias = run(problem.X, problem.y, 99)[-1][-1]
    return bool(bias == bias.round())


_CLAIMS: dict[str, Callable[[Problem], bool]] = {
    "after its update, the sample that was used is on its right side": _is_right_after_update,
    "an update raises label times score of the sample that was used": _raises,
    "an update lowers the number of mistakes on all samples": _lowers_count,
    "updates ten times as long use the same samples": _same_samples,
    "another order of the samples takes as many updates": _same_count_backwards,
    "the bias at the end is a whole number": _whole_bias,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on sets that a line separates."""
    expect_tried(claims, _CLAIMS, draw(60, separable=True), "data set")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
bounds = bounds_sheet(check_bounds)
