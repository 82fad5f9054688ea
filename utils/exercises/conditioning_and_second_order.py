"""Checks for the exercises of the page on conditioning and second-order methods."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.exercises.answers import near
from utils.exercises.asked import exercise
from utils.exercises.conditioning_and_second_order_sheets import (
    LEFT,
    by_hand_sheet,
    predict_sheet,
    squares_sheet,
)
from utils.exercises.feedback import (
    expect,
    expect_number,
    right,
    verdict,
)

Loss = Callable[[torch.Tensor], torch.Tensor]

CLAIMS = (
    "a column times 1000 changes the predictions of Newton's method",
    "a column times 1000 changes those of gradient descent",
    "standardised columns without correlation have condition number 1",
    "white columns give logistic regression a round bowl at all w",
    "white columns that are turned are still white",
    "the Fisher matrix of logistic regression depends on the labels",
)


def _double(values: Sequence) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 against torch's condition numbers and a step of gradient descent."""
    H, pair = torch.diag(_double([1, 49])), _double([[1, 0.6], [0.6, 1]])
    rates = torch.linspace(0, 0.1, 10_001, dtype=torch.float64)
    kept = (1 - rates[:, None] * H.diagonal()).abs().amax(1)
    kappa = torch.linalg.cond(pair)
    wanted = {
        "the condition number of the bowl": torch.linalg.cond(H),
        "the best rate": rates[kept.argmin()],
        "the share that is kept": kept.min(),
        "the condition number of the columns": kappa,
        "the share that is kept there": (kappa - 1) / (kappa + 1),
    }
    expect(len(answers) == len(wanted), f"{len(wanted)} numbers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=1e-4)
    right(1)


@exercise
def check_squares(answers: Sequence) -> None:
    """Check exercise 2 by walking on w − ln w with autograd's derivatives."""
    slope = torch.func.grad(lambda w: w - w.log())
    bend = torch.func.grad(slope)
    start = w = _double(0.9)
    expect(len(answers) == 4, f"four answers are wanted, got {len(answers)}")
    *errors, left = answers
    for step, answer in enumerate(errors, 1):
        w = w - slope(w) / bend(w)
        error = (1 - w).item()
        expect_number(f"the error after step {step}", answer, error, within=1e-3 * error)
    after = 1 - (start - 0.5 * slope(start)).item()
    nearest = min(LEFT, key=lambda words: abs(float(words.split()[1]) - after))
    expect(left == nearest, "the step of gradient descent is half of the slope at 0.9")
    right(2)


def _tables() -> Iterator[tuple[str, torch.Tensor, torch.Tensor]]:
    generator = torch.Generator().manual_seed(3)
    for rows, columns in ((40, 2), (90, 4), (15, 1)):
        mix = torch.randn(columns, columns, generator=generator, dtype=torch.float64)
        drawn = torch.randn(rows + 7, columns, generator=generator, dtype=torch.float64)
        table = drawn @ mix + 5
        yield f"{columns} columns", table[:rows], table[rows:]


@exercise
def check_whitened(whitened: Callable[..., torch.Tensor]) -> None:
    """Check exercise 3 by covariances, in whichever way the white columns are turned."""
    for name, train, new in _tables():
        for eps in (0.0, 0.5):
            before = train.clone(), new.clone()
            own, other = whitened(train, train, eps), whitened(train, new, eps)
            same = torch.equal(train, before[0]) and torch.equal(new, before[1])
            expect(same, "the tables themselves must not change")
            for part, answer in ((train, own), (new, other)):
                fits = isinstance(answer, torch.Tensor) and answer.shape == part.shape
                expect(fits, f"a tensor of shape {tuple(part.shape)} is wanted for {name}")
            centred = own - own.mean(0)
            expect(own.mean(0).abs().max() < 1e-5, f"the training rows have mean 0 ({name})")
            cov = train.T.cov(correction=0).reshape(train.shape[1], -1)
            values = torch.linalg.eigvalsh(cov)
            wanted = (values / (values + eps)).sort().values
            spread = torch.linalg.eigvalsh(centred.T @ centred / len(train))
            expect(
                near(spread, wanted),
                f"the covariance of the training rows is off for {name} and eps = {eps}",
            )
            # Distances do not see how the columns are turned.
            away = new - train.mean(0)
            inner = away @ torch.linalg.solve(
                cov + eps * torch.eye(len(cov), dtype=cov.dtype), away.T
            )
            expect(
                near(other @ other.T, inner),
                f"new rows need the mean and covariance of the training rows ({name})",
            )
    constant = torch.stack([torch.arange(6.0), torch.full((6,), 2.0)], 1).double()
    answer = whitened(constant, constant, 1e-6)
    expect(bool(answer.isfinite().all()), "a constant column must do no harm")
    right(3)


def _losses() -> Iterator[tuple[str, Loss, torch.Tensor]]:
    """Yield convex losses with a start; full steps diverge on the first four."""
    yield "w - ln w from 3", lambda w: (w - w.log()).sum(), _double([3.0])
    yield "w - ln w from 0.1 and 9", lambda w: (w - w.log()).sum(), _double([0.1, 9.0])
    yield "ln cosh w from 2", lambda w: w.cosh().log().sum(), _double([2.0])
    x, y = _double([[1, 3], [1, -2], [1, 0.5], [1, -1]]), _double([1, 0, 0, 1])

    def logistic(w: torch.Tensor) -> torch.Tensor:
        return F.binary_cross_entropy_with_logits(x @ w, y)

    yield "logistic regression from (3, 3)", logistic, _double([3.0, 3.0])
    H = _double([[5, 2], [2, 1]])
    yield "a bowl", lambda w: w @ H @ w / 2 - w.sum(), _double([4.0, -2.0])


@exercise
def check_careful_newton(careful_newton: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 on losses on which full steps lead astray."""
    for name, loss, start in _losses():
        before, w = start.clone(), start.clone()
        for steps in range(13):
            if steps:
                w = _careful_step(loss, w)
            if steps in (0, 1, 2, 12):
                answer = careful_newton(loss, start, steps)
                expect(torch.equal(start, before), f"w itself must not change ({name})")
                fits = isinstance(answer, torch.Tensor) and answer.shape == start.shape
                expect(fits, f"a tensor of shape {tuple(start.shape)} is wanted ({name})")
                expect(
                    near(answer, w),
                    f"{name}: after {steps} steps w should be {w.tolist()}, got {answer.tolist()}",
                )
    right(4)


def _careful_step(loss: Loss, w: torch.Tensor) -> torch.Tensor:
    step = torch.linalg.solve(torch.func.hessian(loss)(w), torch.func.grad(loss)(w))
    for halvings in range(40):
        place = w - step / 2**halvings
        if loss(place) < loss(w):
            return place
    return w


def _claims_hold() -> dict[str, bool]:
    """Try each claim on random columns."""
    draws = torch.Generator().manual_seed(0)
    X = torch.randn(60, 3, generator=draws, dtype=torch.float64)
    y = (X.sum(1) + torch.randn(60, generator=draws, dtype=torch.float64) > 0).double()
    wide = X * _double([1000, 1, 1])

    def bend(X: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
        p = (X @ w).sigmoid()
        return X.T @ ((p * (1 - p))[:, None] * X) / len(X)

    def predicted(X: torch.Tensor, is_newton: bool) -> torch.Tensor:
        w = X.new_zeros(3)
        for _ in range(3):
            g = X.T @ ((X @ w).sigmoid() - y) / len(y)
            w = w - (torch.linalg.solve(bend(X, w), g) if is_newton else 0.1 * g)
        return (X @ w).sigmoid()

    def changes(is_newton: bool) -> bool:
        first, second = (predicted(table, is_newton) for table in (X, wide))
        return not torch.allclose(first, second, atol=1e-6)

    centred = X - X.mean(0)
    U, _, _ = torch.linalg.svd(centred, full_matrices=False)
    white = 60**0.5 * U
    turn = torch.linalg.qr(torch.randn(3, 3, generator=draws, dtype=torch.float64)).Q

    def is_round(matrix: torch.Tensor) -> bool:
        return torch.linalg.cond(matrix).item() < 1 + 1e-9

    holds = (
        changes(True),
        changes(False),
        is_round(white.T @ white),  # no correlation, equal spreads
        all(is_round(bend(white, torch.full((3,), size).double())) for size in (0.0, 2.0)),
        is_round((white @ turn).T @ (white @ turn)),
        False,  # by definition its labels are drawn from the model
    )
    return dict(zip(CLAIMS, holds, strict=True))


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying the claims on random columns."""
    expect(len(claims) == len(CLAIMS), f"{len(CLAIMS)} claims are wanted, got {len(claims)}")
    for claim, holds in _claims_hold().items():
        if verdict(claims, claim) != holds:
            expect(False, f"{claim!r} does not get this verdict on random columns")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
squares = squares_sheet(check_squares)
