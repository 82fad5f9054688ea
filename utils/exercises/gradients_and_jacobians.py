"""Checks for the exercises of the page on gradients and Jacobian matrices."""

from collections.abc import Callable, Mapping

import torch

from utils.exercises.asked import exercise
from utils.exercises.feedback import (
    ROUNDING,
    ask_numbers,
    expect,
    expect_numbers,
    right,
    verdict,
)
from utils.exercises.forbidden import expect_not_ready_made, watch

Function = Callable[[torch.Tensor], torch.Tensor]


def _outputs(p: torch.Tensor) -> torch.Tensor:
    """Both outputs of exercise 1 at a point of shape ``(2,)``."""
    x, y = p
    return torch.stack([x**2 * y - 2 * y, x + y**2])


@exercise
def check_by_hand(answers: Mapping[str, object]) -> None:
    """Check the five answers of exercise 1 against torch."""
    p = torch.tensor([2.0, 1.0], dtype=torch.float64)
    jacobian = torch.func.jacrev(_outputs)(p)
    gradient = jacobian[0]
    u = torch.tensor([0.6, 0.8], dtype=torch.float64)
    expect_numbers("gradient", answers.get("gradient"), gradient)
    expect_numbers("slope", answers.get("slope"), gradient @ u)
    expect_numbers("steepest slope", answers.get("steepest slope"), gradient.norm())
    level = ask_numbers("level direction", answers.get("level direction"), (2,))
    expect(bool(level.any()), "level direction is zero, which is no direction")
    cosine = (gradient @ level / (gradient.norm() * level.norm())).item()
    expect(abs(cosine) < ROUNDING, f"f is not level along {level.tolist()}")
    expect_numbers("Jacobian", answers.get("Jacobian"), jacobian)
    right(1)


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
    """Check exercise 2 against ``torch.func.jacrev`` on functions of many shapes.

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
    right(2)


# Whether each claim of exercise 3 holds, and where to look for the reason.
_CLAIMS = {
    "the gradient points straight away from the nearest minimum": (
        False,
        "look at the stretched bowl from (1.5, 0.75)",
    ),
    "along a contour line the slope is zero": (True, "what is equal along such a line?"),
    "where the gradient is zero, there is a minimum or a maximum": (
        False,
        "look at the saddle from (0, 0)",
    ),
    "an input with gradient entry 0 does not matter to the value": (
        False,
        "take (x − 3)² + 7 at 3, then move x by one",
    ),
    "the same tiny nudge does more at the input with the larger |entry|": (
        True,
        "how much does f change when input j changes by a tiny h?",
    ),
    "a function three times as large has a gradient three times as long": (
        True,
        "look for the row of au in the first table",
    ),
    "the Jacobian of x ↦ Ax is A at every x": (True, "look for its row in the second table"),
}


@exercise
def check_claims(claims: Mapping[str, bool]) -> None:
    """Check the verdicts of exercise 3."""
    for claim, (truth, hint) in _CLAIMS.items():
        answer = verdict(claims, claim)
        expect(answer == truth, f"{claim!r} is not {answer}: {hint}")
    right(3)
