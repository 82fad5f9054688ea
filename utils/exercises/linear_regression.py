"""Checks for the exercises of the page on linear regression."""

from collections.abc import Callable, Mapping

import torch

from utils.exercises.feedback import expect, right, verdict

ROUNDING = 0.00051  # answers may be rounded to three decimals
_SALES = ((0.0, 0.0), (1.0, 2.0), (2.0, 1.0), (3.0, 5.0))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def check_by_hand(answers: Mapping[str, object]) -> None:
    """Check slope, intercept, loss and gradient of exercise 1 against torch."""
    x, y = torch.tensor(_SALES, dtype=torch.float64).T
    columns = torch.stack([x, torch.ones_like(x)], dim=1)
    line = torch.linalg.lstsq(columns, y[:, None]).solution[:, 0]
    loss = (columns @ line - y).square().mean() / 2
    wanted = {"slope": line[0].item(), "intercept": line[1].item(), "loss": loss.item()}
    for name, value in wanted.items():
        answer = answers.get(name)
        expect(_is_number(answer), f"{name} needs a number, got {answer!r}")
        expect(
            not (name == "loss" and abs(answer - 2 * value) < 2 * ROUNDING),
            "loss is the mean of the squares, without the ½",
        )
        expect(abs(answer - value) < ROUNDING, f"{name} is not {answer}")
    gradient = answers.get("gradient")
    expect(
        isinstance(gradient, (list, tuple))
        and len(gradient) == 2
        and all(map(_is_number, gradient)),
        f"gradient needs two numbers, got {gradient!r}",
    )
    at_zero = -(columns.T @ y) / len(y)
    gap = torch.tensor(gradient, dtype=torch.float64) - at_zero
    flipped = torch.tensor(gradient, dtype=torch.float64) + at_zero
    expect(flipped.abs().max().item() > ROUNDING, "gradient has lost its minus")
    expect(gap.abs().max().item() < ROUNDING, f"gradient is not {list(gradient)}")
    right(1)


Solver = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]


def check_weighted_least_squares(weighted_least_squares: Solver) -> None:
    """Check exercise 2 with repeated, ignored and dependent examples."""
    generator = torch.Generator().manual_seed(0)

    def randn(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=generator, dtype=torch.float64)

    for n, d in ((6, 2), (9, 4), (3, 1)):
        inputs, targets = randn(n, d), randn(n)
        for case, counts in (
            ("with equal importance", torch.ones(n)),
            ("with importance 2 for the first half", torch.ones(n) + (torch.arange(n) < n // 2)),
            ("with importance 0 for the last example", (torch.arange(n) < n - 1).double()),
            ("with importance 0.25 for all", torch.full((n,), 0.25)),
        ):
            importance = counts.double()
            # An importance of 2 is the same example twice; a common factor changes nothing.
            whole = counts.long() if (counts == counts.round()).all() else torch.ones(n).long()
            repeated = [tensor.repeat_interleave(whole, dim=0) for tensor in (inputs, targets)]
            wanted = torch.linalg.pinv(repeated[0]) @ repeated[1]
            _expect_weights(weighted_least_squares, (inputs, targets, importance), wanted, case)
    inputs = randn(5, 2) @ randn(2, 4)
    targets, importance = randn(5), torch.tensor([1.0, 2.0, 1.0, 1.0, 3.0]).double()
    root = importance.sqrt()
    wanted = torch.linalg.pinv(root[:, None] * inputs, rtol=1e-9) @ (root * targets)
    case = "where columns depend on each other"
    _expect_weights(weighted_least_squares, (inputs, targets, importance), wanted, case)
    right(2)


def _expect_weights(solver: Solver, given: tuple, wanted: torch.Tensor, case: str) -> None:
    try:
        found = solver(*given)
    except torch.linalg.LinAlgError:
        expect(False, f"a matrix is singular {case}")
    expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r}")
    expect(found.shape == wanted.shape, f"shape {tuple(found.shape)} is wrong {case}")
    expect(torch.allclose(found, wanted, atol=1e-6), f"the weights are wrong {case}")


_CLAIMS = {
    "the residuals of a best line add up to 0": True,
    "adding 5 to every target changes only the bias": True,
    "one more feature can raise the smallest training loss": False,
    "other units of a feature change the best predictions": False,
    "with more features than examples one weight vector is best": False,
    "if two columns are equal, the pseudo-inverse treats both alike": True,
}


def check_claims(claims: Mapping[str, bool]) -> None:
    """Check the six claims of exercise 3."""
    for claim, truth in _CLAIMS.items():
        answer = verdict(claims, claim)
        expect(answer == truth, f"think again about {claim!r}")
    right(3)
