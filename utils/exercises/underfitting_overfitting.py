"""Checks for the exercises of the page on underfitting and overfitting."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import torch

from utils.exercises.answers import near
from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ask_numbers,
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.underfitting_overfitting_sheets import (
    by_hand_sheet,
    expected_sheet,
    predict_sheet,
)

_POINTS = torch.tensor([[-1.0, 0.0], [0.0, 3.0], [1.0, 3.0]], dtype=torch.float64)  # exercise 1
_NEW = torch.tensor([2.0, 2.0], dtype=torch.float64)
_VARIANCE, _DEGREE, _COUNT, _GAP = 0.09, 5, 30, 0.009  # of exercise 2
_TINY = 1e-8  # what rounding may do to an error


def _basis(x: torch.Tensor, degree: int) -> torch.Tensor:
    orders = torch.arange(degree + 1, device=x.device)
    return torch.special.legendre_polynomial_p(x[:, None], orders)


def _fit(x: torch.Tensor, y: torch.Tensor, degree: int) -> torch.Tensor:
    return torch.linalg.pinv(_basis(x, degree)) @ y


def _error(w: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> float:
    return (_basis(x, len(w) - 1) @ w - y).square().mean().item()


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch's least squares."""
    expect(len(answers) == 2, f"2 answers are wanted, got {len(answers)}")
    x, y = _POINTS.T
    fits = [_fit(x, y, degree) for degree in range(3)]
    expect_numbers("the list of training errors", answers[0], [_error(w, x, y) for w in fits])
    new = [_error(w, _NEW[:1], _NEW[1:]) for w in fits]
    expect_numbers("the list of new errors", answers[1], new)
    right(1)


@exercise
def check_expected(answers: Sequence) -> None:
    """Check exercise 2: the expected errors from a projection, the count by search."""
    expect(len(answers) == 2, f"2 answers are wanted, got {len(answers)}")
    A = _basis(torch.linspace(-1, 1, _COUNT, dtype=torch.float64), _DEGREE)
    weights = (A @ torch.linalg.pinv(A)).trace().item()
    old, new = (_VARIANCE * (1 + sign * weights / _COUNT) for sign in (-1, 1))
    expect_numbers("the pair of errors", answers[0], [old, new], within=1e-4)
    gaps = {n: 2 * _VARIANCE * (_DEGREE + 1) / n for n in range(10, 500)}
    count = next(n for n, gap in gaps.items() if gap <= _GAP + 1e-9)
    expect_number("the number of points", answers[1], count)
    right(2)


class Drawn(NamedTuple):
    """Noisy points of a curve, in float64, as exercises 3 to 5 draw them."""

    x: torch.Tensor
    y: torch.Tensor
    x_new: torch.Tensor
    y_new: torch.Tensor


def draw(count: int) -> list[Drawn]:
    """Return data sets of 8 to 20 training points and 30 new ones, with a wave or a line."""
    generator = torch.Generator().manual_seed(0)

    def points(n: int, bend: float) -> tuple[torch.Tensor, torch.Tensor]:
        x = 2 * torch.rand(n, generator=generator, dtype=torch.float64) - 1
        noise = torch.randn(n, generator=generator, dtype=torch.float64)
        return x, torch.sin(bend * x) + 0.3 * noise

    drawn = []
    for number in range(count):
        bend = (0.0, 1.0, 3.0, 5.0)[number % 4]
        drawn.append(Drawn(*points(8 + number % 13, bend), *points(30, bend)))
    return drawn


def _errors(data: Drawn, most: int) -> tuple[list[float], list[float]]:
    """The errors of the degrees 0 to ``most`` on the old points and on the new ones."""
    x, y, x_new, y_new = data
    fits = [_fit(x, y, degree) for degree in range(most + 1)]
    return [_error(w, x, y) for w in fits], [_error(w, x_new, y_new) for w in fits]


@exercise
def check_best_degree(best_degree: Callable[..., int]) -> None:
    """Check exercise 3 on waves, lines and noise alone."""
    chosen = set()
    for number, data in enumerate(draw(20)):
        most = (5, 3, 6)[number % 3]
        given = [part.clone() for part in data]
        new = _errors(data, most)[1]
        wanted = new.index(min(new))
        case = f"best_degree for {len(data.x)} points, degrees to {most},"
        expect_number(case, best_degree(*given, most), wanted, within=0)
        kept = all(map(torch.equal, given, data))
        expect(kept, "the points themselves must not change")
        chosen.add(wanted)
    expect(len(chosen) > 2, "the data sets of the check want several degrees")
    right(3)


@exercise
def check_learning_curve(learning_curve: Callable[..., Sequence]) -> None:
    """Check exercise 4 on growing parts of some data sets."""
    for number, data in enumerate(draw(12)):
        degree = number % 4
        sizes = [degree + 1, 6, len(data.x)]
        rows = []
        for size in sizes:
            w = _fit(data.x[:size], data.y[:size], degree)
            old = _error(w, data.x[:size], data.y[:size])
            rows.append([old, _error(w, data.x_new, data.y_new)])
        case = f"learning_curve for degree {degree}, sizes {sizes}"
        answer = learning_curve(*(part.clone() for part in data), degree, sizes)
        given = ask_numbers(case, answer, (len(sizes), 2))
        # Curves through all points have errors in the thousands: float32 is right in 7 digits.
        expect(near(given, torch.tensor(rows).to(given), rtol=1e-5), f"{case} is not right")
    right(4)


def _training_falls(data: Drawn) -> bool:
    old, _ = _errors(data, 6)
    return all(b <= a + _TINY for a, b in zip(old, old[1:], strict=False))


def _new_falls(data: Drawn) -> bool:
    _, new = _errors(data, 6)
    return all(b <= a + _TINY for a, b in zip(new, new[1:], strict=False))


def _meets_all(data: Drawn) -> bool:
    x, y = data.x[:8], data.y[:8]
    return _error(_fit(x, y, len(x) - 1), x, y) < _TINY


def _more_data_fit_better(data: Drawn) -> bool:
    few, all_ = (_fit(data.x[:n], data.y[:n], 3) for n in (6, len(data.x)))
    return _error(all_, data.x, data.y) <= _error(few, data.x[:6], data.y[:6]) + _TINY


def _best(data: Drawn) -> int:
    _, new = _errors(data, 6)
    return new.index(min(new))


def _scale_does_not_matter(data: Drawn) -> bool:
    return _best(data) == _best(data._replace(y=2 * data.y, y_new=2 * data.y_new))


def _choice_is_the_best(data: Drawn) -> bool:
    halves = (
        data._replace(x_new=data.x_new[part], y_new=data.y_new[part])
        for part in (slice(15), slice(15, None))
    )
    first, second = map(_best, halves)
    return first == second


_CLAIMS: dict[str, Callable[[Drawn], bool]] = {
    "one degree more does not raise the training error": _training_falls,
    "one degree more does not raise the error on new points": _new_falls,
    "with a weight for each point the training error is zero": _meets_all,
    "more training points do not raise the training error": _more_data_fit_better,
    "doubling all heights leaves the best degree as it is": _scale_does_not_matter,
    "the degree that wins on validation wins on test": _choice_is_the_best,
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on random data sets."""
    expect_tried(claims, _CLAIMS, draw(60), "data set")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
expected = expected_sheet(check_expected)
