"""Checks for the exercises of the page on gradients and Jacobian matrices."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, expect_numbers, right
from utils.exercises.forbidden import expect_not_ready_made, watch
from utils.exercises.gradients_and_jacobians_claims import check_claims
from utils.exercises.gradients_and_jacobians_sheets import (
    by_hand_sheet,
    predict_sheet,
    shapes_sheet,
)

__all__ = [
    "by_hand",
    "check_by_hand",
    "check_claims",
    "check_jacobian_by_rows",
    "check_level_step",
    "check_shapes",
    "predict",
    "shapes",
]

Function = Callable[[torch.Tensor], torch.Tensor]


def _outputs(p: torch.Tensor) -> torch.Tensor:
    """Both outputs of exercise 1 at a point of shape ``(2,)``."""
    x, y = p
    return torch.stack([x**2 * y - 2 * y, x + y**2])


def _expect_answers(answers: Sequence, wanted: Mapping[str, torch.Tensor]) -> None:
    expect(len(answers) == len(wanted), f"{len(wanted)} answers are wanted, got {len(answers)}")
    for (name, value), answer in zip(wanted.items(), answers, strict=True):
        expect_numbers(name, answer, value)


@exercise
def check_by_hand(answers: Sequence) -> None:
    """Check the five answers of exercise 1 against torch."""
    p = torch.tensor([2.0, 1.0], dtype=torch.float64)
    gradient, second = torch.func.jacrev(_outputs)(p)
    u = torch.tensor([0.6, 0.8], dtype=torch.float64)
    wanted = {
        "the gradient": gradient,
        "the slope": gradient @ u,
        "the steepest slope": gradient.norm(),
        "the second entry of the level direction": -gradient[0] / gradient[1],
        "the second row": second,
    }
    _expect_answers(answers, wanted)
    right(1)


@exercise
def check_shapes(answers: Sequence) -> None:
    """Check the five answers of exercise 2 against the shapes that torch returns."""
    W, x = torch.ones(2, 3, requires_grad=True), torch.ones(3)
    by_x, by_w = (torch.func.jacrev(torch.mv, argnums=place)(W, x) for place in (1, 0))
    ((W @ x) ** 2).sum().backward()
    shapes = {
        "the shape of y by x": by_x.shape,
        "the shape of y by W": by_w.shape,
        "the number of zeros": (by_w == 0).sum(),
        "the shape of W.grad": W.grad.shape,
        "the shape in numerator layout": W.grad.T.shape,
    }
    _expect_answers(answers, {name: torch.as_tensor(value) for name, value in shapes.items()})
    right(2)


# Ready-made Jacobians, of which each needs one line.
_READY_MADE = {
    "torch.func.jacrev": torch.func.jacrev,
    "torch.func.jacfwd": torch.func.jacfwd,
    "torch.autograd.functional.jacobian": torch.autograd.functional.jacobian,
}
EXACT = 1e-12  # relative to the largest entry: finite differences come no closer than 1e-11


def _functions(outputs: int, inputs: int, generator: torch.Generator) -> dict[str, Function]:
    """Return functions of a vector, and for each whether autograd reaches x from every output."""
    matrix = torch.randn(outputs, inputs, generator=generator, dtype=torch.float64)
    constant = torch.randn(outputs, generator=generator, dtype=torch.float64)
    return {
        "Ax": lambda x: matrix @ x,
        "tanh(Ax)": lambda x: (matrix @ x).tanh(),
        "(‖x‖², 7)": lambda x: torch.stack([x @ x, torch.full_like(x[0], 7.0)]),
        "a constant": lambda x: constant.clone(),
    }


@exercise
def check_jacobian_by_rows(jacobian_by_rows: Callable[[Function, torch.Tensor], object]) -> None:
    """Check exercise 3 against ``torch.func.jacrev`` on functions of many shapes.

    One of them ignores its input, so that autograd has no way to follow. The answer must ask
    autograd once for each output that it can follow, and at most once for any other.
    """
    generator = torch.Generator().manual_seed(0)
    for outputs, inputs in ((1, 1), (1, 4), (3, 1), (4, 2), (2, 5)):
        functions = _functions(outputs, inputs, generator)
        x = torch.randn(inputs, generator=generator, dtype=torch.float64)
        for name, function in functions.items():
            case = f"for {name} with {inputs} inputs"
            before = x.clone()
            try:
                run = watch(jacobian_by_rows, function, x)
            except RuntimeError as error:  # of autograd, which cannot follow a constant
                expect("does not require grad" not in str(error), f"{error}: {case}")
                raise
            expect_not_ready_made(run, _READY_MADE, "jacobian_by_rows")
            found = run.result
            expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r} {case}")
            wanted = torch.func.jacrev(function)(x)
            expect(
                found.shape == wanted.shape,
                f"shape {tuple(found.shape)} should be {tuple(wanted.shape)} {case}",
            )
            is_double = found.dtype == x.dtype
            expect(is_double, f"the dtype is {found.dtype}, not {x.dtype} as that of x, {case}")
            gap = (found.detach() - wanted).abs().max().item()
            expect(gap < 1e-4, f"an entry is wrong {case}")
            expect(
                gap <= EXACT * wanted.abs().max().item(),
                f"an entry is only nearly right {case}: ask autograd, take no differences",
            )
            expect(
                torch.equal(x, before) and not x.requires_grad and x.grad is None,
                f"x has been changed {case}",
            )
            asked = run.torch_calls["grad"] + run.torch_calls["backward"]
            expect(
                asked == len(found) or name == "a constant",
                f"autograd is asked {asked} times for {len(found)} outputs {case}",
            )
    right(3)


_LANDSCAPES: dict[str, Function] = {
    "3x + 4y": lambda p: 3 * p[0] + 4 * p[1],
    "x² / 4 + y²": lambda p: p[0] ** 2 / 4 + p[1] ** 2,
    "x² − y²": lambda p: p[0] ** 2 - p[1] ** 2,
    "sin x cos y": lambda p: p[0].sin() * p[1].cos(),
}
_PLACES = ((1.0, 2.0), (-0.3, 0.7), (2.0, -1.5), (-1.2, -0.4), (0.0, 0.5), (0.0, 0.0))
NEAR = 1e-6  # of the step's length: differences of two values come so close


@exercise
def check_level_step(level_step: Callable[[Function, torch.Tensor, float], object]) -> None:
    """Check exercise 4 on four landscapes, at places of which some are level all round."""
    for name, f in _LANDSCAPES.items():
        for place in _PLACES:
            for h in (0.1, 2.0):
                case = f"on {name} from {place} with h = {h}"
                p = torch.tensor(place, dtype=torch.float64)
                before, gradient = p.clone(), torch.func.grad(f)(p)
                end = level_step(f, p, h)
                expect(
                    isinstance(end, torch.Tensor) and end.shape == p.shape,
                    f"the new place is a tensor with 2 entries, got {end!r} {case}",
                )
                is_kept = torch.equal(p, before) and not p.requires_grad and p.grad is None
                expect(is_kept, f"p has been changed {case}")
                step = end.detach() - before
                expect(bool(step.isfinite().all()), f"no number comes out {case}")
                if not gradient.any():
                    expect(not step.any(), f"f is level all round, so stay {case}")
                    continue
                expect(
                    abs(step.norm() - h) < NEAR * h, f"the step has length {step.norm():g} {case}"
                )
                rise = (gradient @ step).abs() / gradient.norm()
                expect(rise < NEAR * h, f"the step leaves the level direction {case}")
                left = torch.stack([-step[1], step[0]])
                expect(bool(gradient @ left > 0), f"the higher ground lies on the right {case}")
    right(4)


predict = predict_sheet()
by_hand = by_hand_sheet(check_by_hand)
shapes = shapes_sheet(check_shapes)
