"""Checks for the exercises of the page on regression losses."""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F

from utils.cases import residuals
from utils.exercises.asked import exercise
from utils.exercises.feedback import ask_number, expect, expect_number, expect_tried, right
from utils.exercises.loss_functions_claims import CLAIMS, draws
from utils.exercises.loss_functions_sheets import by_hand_sheet, constants_sheet, predict_sheet

# A truth value times a Python number is float32, also in an answer that is right.
SINGLE = 1e-6
VALUES = (1.0, 2.0, 6.0, 7.0, 34.0)  # of exercise 2

QuantileLoss = Callable[[torch.Tensor, torch.Tensor, float], torch.Tensor]


def _expect_list(answers: Sequence, wanted: Mapping[str, float]) -> None:
    expect(len(answers) == len(wanted), f"{len(wanted)} numbers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_number(name, answer, value, within=0.0061)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 against torch: four mean losses, and a derivative."""
    p = torch.tensor([2.0, 0.0, -2.0], dtype=torch.float64, requires_grad=True)
    t = torch.tensor([2.0, 0.5, 1.0], dtype=torch.float64)
    huber = F.huber_loss(p, t)
    (slopes,) = torch.autograd.grad(huber, p)
    wanted = {
        "the squared loss": F.mse_loss(p, t).item(),
        "the L1 loss": F.l1_loss(p, t).item(),
        "Huber's loss": huber.item(),
        "the smooth L1 loss": F.smooth_l1_loss(p, t, beta=2.0).item(),
        "the derivative": slopes[2].item(),
    }
    _expect_list(answers, wanted)
    right(1)


def _best(loss: Callable, values: torch.Tensor) -> float:
    """The best constant, to a hundredth, by trying them all."""
    candidates = torch.linspace(0, 100, 10_001, dtype=torch.float64)[:, None]
    table = loss(candidates.expand(-1, len(values)), values.expand(len(candidates), -1))
    return candidates[table.mean(dim=1).argmin()].item()


@exercise
def check_constants(answers: Sequence) -> None:
    """Check exercise 2 by trying ten thousand constants with torch's losses."""
    values = torch.tensor(VALUES, dtype=torch.float64)
    raised = torch.where(values == values.max(), 340.0, values)

    def huber(p: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        return F.huber_loss(p, t, reduction="none", delta=4.0)

    wanted = {
        "the constant for L2": _best(lambda p, t: F.mse_loss(p, t, reduction="none"), values),
        "the constant for L1": _best(lambda p, t: F.l1_loss(p, t, reduction="none"), values),
        "the constant for Huber's loss": _best(huber, values),
        "the constant with 340": _best(huber, raised),
    }
    _expect_list(answers, wanted)
    right(2)


@exercise
def check_quantile_loss(quantile_loss: QuantileLoss) -> None:
    """Check exercise 3: values, the tie to L1, gradients, and the best constant."""
    zero, three = torch.zeros(1, dtype=torch.float64), torch.full((1,), 3.0, dtype=torch.float64)
    for level in (0.1, 0.5, 0.9):
        for p, t, cost in ((zero, three, level), (three, zero, 1 - level), (zero, zero, 0.0)):
            case = f"for prediction {p.item():g}, target {t.item():g} and level {level}"
            answer = quantile_loss(p, t, level)
            is_scalar = isinstance(answer, torch.Tensor) and answer.ndim == 0
            expect(is_scalar, f"one mean is wanted, a scalar tensor, got {answer!r} {case}")
            wanted = 3 * cost
            is_right = abs(answer.item() - wanted) < SINGLE
            expect(is_right, f"{answer.item():.7g} should be {wanted:.7g} {case}")
    generator = torch.Generator().manual_seed(0)
    p, t = torch.randn(2, 101, generator=generator, dtype=torch.float64)
    half = quantile_loss(p, t, 0.5).item()
    expect(
        abs(half - F.l1_loss(p, t).item() / 2) < SINGLE,
        f"at level 0.5 the mean over {len(p)} examples must be half the L1 loss, got {half:g}",
    )
    p.requires_grad_()
    loss = quantile_loss(p, t, 0.8)
    expect(loss.requires_grad, "autograd must be able to follow the loss to the predictions")
    (slopes,) = torch.autograd.grad(loss, p)
    wanted_slopes = torch.where(p.detach() < t, -0.8, 0.2).double() / len(p)
    expect(
        torch.allclose(slopes, wanted_slopes, atol=SINGLE),
        "the gradient is not that of the formula",
    )
    for level in (0.1, 0.5, 0.8):
        # An optimum lies on a target, so the targets are all the candidates there are.
        means = torch.stack([quantile_loss(c.expand(len(t)), t, level) for c in t])
        best, quantile = t[means.argmin()], t.quantile(level)
        expect(abs(best - quantile) < 1e-9, f"the best constant is no {level} quantile")
    right(3)


@exercise
def check_cauchy_loss(cauchy_loss: Callable[..., object]) -> None:
    """Check exercise 4 against the density of torch, and the gradient against its formula."""
    for p, t in residuals(empty=False, dtype=torch.float64, device="cpu"):
        case = f"for predictions of the shape {tuple(p.shape)}"
        noise = torch.distributions.Cauchy(torch.zeros_like(p), torch.ones_like(p))
        wanted = (noise.log_prob(torch.zeros_like(p)) - noise.log_prob(p - t)).mean()
        p = p.clone().requires_grad_()
        answer = cauchy_loss(p, t)
        found = ask_number(f"the loss {case}", answer)
        near = abs(found - wanted.item()) <= SINGLE * max(1, wanted.item())
        expect(near, f"{found:.7g} should be {wanted:.7g} {case}")
        can_follow = isinstance(answer, torch.Tensor) and answer.requires_grad
        expect(can_follow, "autograd must be able to follow the loss to the predictions")
        (slopes,) = torch.autograd.grad(answer, p)
        r = p.detach() - t
        pulls = 2 * r / (1 + r**2) / max(1, r.numel())
        close = torch.allclose(slopes, pulls, rtol=1e-6, atol=1e-12)
        expect(close, f"the gradient is not that of the formula {case}")
    right(4)


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying every claim on forty draws of five residuals or values."""
    expect_tried(claims, CLAIMS, draws(), "draw")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
constants = constants_sheet(check_constants)
