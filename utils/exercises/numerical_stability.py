"""Checks for the exercises of the page on exploding and vanishing gradients."""

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import nn

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    expect,
    expect_number,
    expect_numbers,
    expect_tried,
    right,
)
from utils.exercises.forbidden import expect_not_ready_made, watch
from utils.exercises.numerical_stability_sheets import (
    AFTER_NAN,
    DOUBLED,
    by_hand_sheet,
    half_sheet,
    predict_sheet,
)

# Jacobians and the functions of torch.func come down to one of these.
BY_AUTOGRAD = {"autograd.grad": torch.autograd.grad, "backward": torch.autograd.backward}


def clipped(gradient: torch.Tensor, limit: float, *, by_value: bool = False) -> torch.Tensor:
    """Return what torch leaves of a gradient, of its shape; the gradient stays as it is."""
    parameter = nn.Parameter(torch.zeros_like(gradient))
    parameter.grad = gradient.clone()
    clip = nn.utils.clip_grad_value_ if by_value else nn.utils.clip_grad_norm_
    clip([parameter], limit)
    return parameter.grad


def weights_after(bad: float) -> tuple[float, float]:
    """Return a weight of 1 and a scale of 4 after a step of torch's scaler with a bad gradient."""
    w = nn.Parameter(torch.ones(1))
    optimizer = torch.optim.SGD([w], lr=1.0)
    scaler = torch.amp.GradScaler("cpu", init_scale=4.0)
    scaler.scale((w * bad).sum()).backward()
    scaler.step(optimizer)
    scaler.update()
    return w.item(), scaler.get_scale()


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check exercise 1 with torch."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    expect_number("the number of Jacobians", answers[0], len(range(4, 10)))
    W, x = torch.tensor([[1.0, 2], [3, -1]]), torch.tensor([1.0, 2])
    J = torch.autograd.functional.jacobian(lambda h: torch.relu(W @ h), x)
    expect_numbers("the Jacobian", answers[1], J.flatten())
    code = torch.tensor(0b0_10000_1000000000, dtype=torch.int16)
    expect_number("the number with these bits", answers[2], code.view(torch.float16))
    shorter = clipped(torch.tensor([6.0, 8]).double(), 5.0)
    expect_numbers("the clipped gradient", answers[3], shorter, within=1e-4)
    right(1)


@exercise
def check_half(answers: Sequence) -> None:
    """Check exercise 2 with torch."""
    expect(len(answers) == 4, f"4 answers are wanted, got {len(answers)}")
    terms = torch.tensor([4096, 1, 60000], dtype=torch.float16)
    expect_number("4096 + 1", answers[0], terms[0] + terms[1])
    doubled = terms[2] + terms[2]
    wanted = DOUBLED[2] if doubled.isinf() else DOUBLED[1]
    expect(answers[1] == wanted, f"60000 + 60000: not {answers[1]!r}; what is the largest number?")
    least = torch.tensor(1, dtype=torch.int16).view(torch.float16)
    expect_number("half of the smallest number", answers[2], least / 2, within=0)
    expect(weights_after(float("nan")) == (1, 2), "torch's scaler does not leave the step out")
    expect(answers[3] == AFTER_NAN[1], f"the scaler: not {answers[3]!r}; it looks at them first")
    right(2)


@exercise
def check_gap(gap: Callable[[torch.Tensor], torch.Tensor]) -> None:
    """Check exercise 3 on all positive float16 numbers that have a larger neighbour."""
    codes = torch.arange(1, 0x7BFF, dtype=torch.int16)
    for name, chosen in (("some", codes[[0, 5, 1022, 1023, 15359]]), ("all", codes)):
        x = chosen.view(torch.float16)
        answer = gap(x.clone())
        is_tensor = isinstance(answer, torch.Tensor) and answer.shape == x.shape
        expect(is_tensor, f"gap of {len(x)} numbers: a tensor of as many is wanted")
        expect(answer.dtype == torch.float64, f"gap: float64 is wanted, got {answer.dtype}")
        wanted = (chosen + 1).view(torch.float16).double() - x.double()
        wrong = (answer != wanted).nonzero()
        if len(wrong):
            at = wrong[0].item()
            said = f"the gap above {x[at].item():.4g} is {wanted[at].item():.4g}"
            expect(False, f"{name}: {said}, not {answer[at].item():.4g}")
    right(3)


@exercise
def check_residual(residual_backward: Callable[..., torch.Tensor]) -> None:
    """Check exercise 4 against autograd, on networks of one, three and no layers."""
    draw = torch.Generator().manual_seed(0)
    for rows, width, depth in ((3, 4, 1), (5, 3, 3), (1, 2, 6), (2, 2, 0)):
        H, G, *weights = (
            torch.randn(shape, generator=draw, dtype=torch.float64)
            for shape in ((rows, width), (rows, width), *[(width, width)] * depth)
        )
        case = f"with {depth} layers of {width} units and {rows} rows"
        given = H.clone().requires_grad_()
        out = given
        for W in weights:
            out = out + torch.tanh(out @ W.mT)
        (wanted,) = torch.autograd.grad(out, given, G)
        run = watch(residual_backward, H.clone(), G.clone(), [W.clone() for W in weights])
        expect_not_ready_made(run, BY_AUTOGRAD, case)
        is_tensor = isinstance(run.result, torch.Tensor) and run.result.shape == H.shape
        expect(is_tensor, f"{case}: a tensor of the shape {tuple(H.shape)} is wanted")
        expect_numbers(f"{case} the gradient", run.result, wanted, within=1e-8)
    right(4)


def _same_direction(a: torch.Tensor, b: torch.Tensor) -> bool:
    return bool(torch.cosine_similarity(a, b, dim=0) > 1 - 1e-6)


def _any_order(x: torch.Tensor) -> bool:
    def running(terms: torch.Tensor) -> torch.Tensor:
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return total

    return bool(running(x.half()) == running(x.half().flip(0)))


_CLAIMS: dict[str, Callable[[torch.Tensor], bool]] = {
    "clipping by norm keeps the direction": lambda g: _same_direction(clipped(g, 1.0), g),
    "clipping by value keeps the direction": lambda g: _same_direction(
        clipped(g, 1.0, by_value=True), g
    ),
    "clipping by norm can make a gradient longer": lambda g: bool(
        clipped(g, 1.0).norm() > g.norm()
    ),
    "a sum of float16 numbers can depend on their order": lambda g: (
        not _any_order(torch.tensor([2048.0, 1, 1]) * 2.0 ** int(g[0] > 0))
    ),
    "a float16 times 2 and halved again is what it was": lambda g: bool(
        (g.half() * 2 / 2 == g.half()).all()
    ),
    "each float16 has a code of its own in float32": lambda g: bool(
        (g.half().float().half() == g.half()).all()
    ),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check exercise 5 by trying each claim on two hundred random gradients of all sizes."""
    draw = torch.Generator().manual_seed(0)
    sizes = torch.logspace(-2, 4.8, 200, dtype=torch.float64)
    draws = [size * torch.randn(5, generator=draw, dtype=torch.float64) for size in sizes]
    expect_tried(claims, _CLAIMS, draws, "gradient")
    right(5)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
half = half_sheet(check_half)
