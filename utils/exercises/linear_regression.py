"""Checks for the exercises of the page on linear regression."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_numbers, expect, expect_number, expect_tried, right
from utils.exercises.linear_regression_claims import CLAIMS, problems
from utils.exercises.linear_regression_sheets import by_hand_sheet, changes_sheet, predict_sheet

_SALES = ((0.0, 0.0), (1.0, 2.0), (2.0, 1.0), (3.0, 5.0))


def _expect_list(answers: Sequence, wanted: Mapping[str, float]) -> None:
    expect(len(answers) == len(wanted), f"{len(wanted)} numbers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=0.0006 if name == "the loss" else 0.0051)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1, the best line through four sales, against torch."""
    x, y = torch.tensor(_SALES, dtype=torch.float64).T
    columns = torch.stack([x, torch.ones_like(x)], dim=1)
    line = torch.linalg.lstsq(columns, y[:, None]).solution[:, 0]
    at_zero = -(columns.T @ y) / len(y)
    wanted = {
        "the slope": line[0].item(),
        "the intercept": line[1].item(),
        "the loss": (columns @ line - y).square().mean().item() / 2,
        "the derivative by the slope": at_zero[0].item(),
        "the derivative by the intercept": at_zero[1].item(),
    }
    _expect_list(answers, wanted)
    right(1)


@exercise
def check_changes(answers: Sequence) -> None:
    """Check exercise 2 by changing a table of sales, whose best line is 3x + 50, as it says."""
    sizes = torch.tensor([40.0, 80.0, 95.0, 120.0, 60.0], dtype=torch.float64)
    # Errors that are orthogonal to the sizes and to the ones leave the best line where it is.
    both = torch.stack([sizes, torch.ones_like(sizes)], dim=1)
    noise = torch.tensor([4.0, -3.0, 1.0, 0.0, 2.0], dtype=torch.float64)
    prices = 3 * sizes + 50 + noise - both @ (torch.linalg.pinv(both) @ noise)

    def best(*columns: torch.Tensor, times: int = 1) -> torch.Tensor:
        table = torch.stack([*columns, torch.ones_like(sizes)], dim=1).repeat(times, 1)
        return torch.linalg.pinv(table) @ prices.repeat(times)

    wanted = {
        "the weight for hundreds": best(sizes / 100)[0].item(),
        "the weight of doubled rows": best(sizes, times=2)[0].item(),
        "the bias": best(sizes + 10)[1].item(),
        "the weight of a copy": best(sizes, sizes)[0].item(),
    }
    _expect_list(answers, wanted)
    right(2)


def _random(generator: torch.Generator) -> Callable[..., torch.Tensor]:
    return lambda *shape: torch.randn(shape, generator=generator, dtype=torch.float64)


@exercise
def check_in_raw_units(in_raw_units: Callable[..., Sequence]) -> None:
    """Check exercise 3: both models must predict the same of inputs that were never seen."""
    randn = _random(torch.Generator().manual_seed(1))
    for features in (1, 3, 6):
        weight, bias, mean = randn(features), randn(), 5 * randn(features)
        spread = randn(features).exp()
        given = [part.clone() for part in (weight, bias, mean, spread)]
        answer = in_raw_units(*given)
        is_pair = isinstance(answer, (tuple, list)) and len(answer) == 2
        expect(is_pair, f"a weight vector and a bias are wanted, got {answer!r}")
        for name, part, before in zip(
            ("weight", "bias", "mean", "spread"), given, (weight, bias, mean, spread), strict=True
        ):
            expect(torch.equal(part, before), f"{name} itself must not change")
        case = f"for {features} features" if features > 1 else "for one feature"
        raw_weight = ask_numbers(f"the weight {case}", answer[0], (features,))
        raw_bias = ask_numbers(f"the bias {case}", answer[1], ())
        inputs = mean + 3 * randn(40, features)
        wanted = (inputs - mean) / spread @ weight + bias
        found = inputs @ raw_weight + raw_bias
        slopes = torch.allclose(found - found[0], wanted - wanted[0], rtol=1e-5, atol=1e-5)
        expect(slopes, f"the weights are wrong {case}")
        expect(torch.allclose(found, wanted, rtol=1e-5, atol=1e-5), f"the bias is wrong {case}")
    right(3)


Solver = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]


def _weighted_cases() -> Iterator[tuple[str, tuple, torch.Tensor]]:
    """Yield a name, the three arguments, and the weights that are wanted."""
    randn = _random(torch.Generator().manual_seed(0))
    for n, d in ((6, 2), (9, 4), (3, 1)):
        inputs, targets = randn(n, d), randn(n)
        for case, importance in (
            ("with equal importance", torch.ones(n)),
            ("with importance 2 for the first half", torch.ones(n) + (torch.arange(n) < n // 2)),
            ("with importance 0 for the last example", (torch.arange(n) < n - 1).double()),
            ("with importance 0.25 for all", torch.full((n,), 0.25)),
        ):
            # An importance of 2 is the same example twice; a common factor changes nothing.
            is_whole = bool((importance == importance.round()).all())
            times = importance.long() if is_whole else torch.ones(n).long()
            rows, wanted = (part.repeat_interleave(times, dim=0) for part in (inputs, targets))
            yield case, (inputs, targets, importance.double()), torch.linalg.pinv(rows) @ wanted
    for case, inputs, importance in (
        ("with importances that no repetition can replace", randn(5, 2), randn(5).exp()),
        (
            "where columns depend on each other",
            randn(5, 2) @ randn(2, 4),
            torch.tensor([1.0, 2.0, 1.0, 1.0, 3.0]).double(),
        ),
    ):
        targets, root = randn(5), importance.sqrt()
        wanted = torch.linalg.pinv(root[:, None] * inputs, rtol=1e-9) @ (root * targets)
        yield case, (inputs, targets, importance), wanted


@exercise
def check_weighted_least_squares(weighted_least_squares: Solver) -> None:
    """Check exercise 4 with repeated, ignored and dependent examples."""
    for case, given, wanted in _weighted_cases():
        copies = [part.clone() for part in given]
        try:
            answer = weighted_least_squares(*copies)
        except torch.linalg.LinAlgError:
            expect(False, f"a matrix is singular {case}")
        unchanged = all(map(torch.equal, copies, given))
        expect(unchanged, "the three arguments must not change")
        found = ask_numbers("the weight vector", answer, tuple(wanted.shape))
        # So near that a penalty on the weights, which makes a matrix invertible, is seen.
        near = torch.allclose(found, wanted, rtol=1e-9, atol=1e-10)
        expect(near, f"the weights are wrong {case}")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying every claim on sixty small regressions."""
    expect_tried(claims, CLAIMS, problems(), "regression")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
changes = changes_sheet(check_changes)
