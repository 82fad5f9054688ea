"""Checks for the exercises of the page on gradients and Jacobian matrices."""

from collections.abc import Callable, Mapping, Sequence

import torch

from utils.exercises.feedback import expect, right, verdict

ROUNDING = 0.0051  # answers may be rounded to two decimals

Function = Callable[[torch.Tensor], torch.Tensor]


def _outputs(p: torch.Tensor) -> torch.Tensor:
    """Both outputs of exercise 1 at a point of shape ``(2,)``."""
    x, y = p
    return torch.stack([x**2 * y - 2 * y, x + y**2])


def _numbers(name: str, answer: object, shape: tuple[int, ...]) -> torch.Tensor:
    """Return an answer as a float64 tensor of the given shape, or stop with a hint."""
    try:
        given = torch.as_tensor(answer, dtype=torch.float64)
    except (TypeError, ValueError, RuntimeError):  # None, words, or rows of unequal length
        given = torch.empty(0, 0, 0)
    wanted = f"numbers in the shape {shape}" if shape else "one number"
    expect(given.shape == shape, f"{name} needs {wanted}, got {answer!r}")
    return given


def _expect_numbers(name: str, answer: object, wanted: torch.Tensor) -> None:
    given = _numbers(name, answer, tuple(wanted.shape))
    expect(bool(((given - wanted).abs() < ROUNDING).all()), f"{name} is not {answer}")


def check_by_hand(answers: Mapping[str, Sequence | float]) -> None:
    """Check the five answers of exercise 1 against torch."""
    p = torch.tensor([2.0, 1.0], dtype=torch.float64)
    jacobian = torch.func.jacrev(_outputs)(p)
    gradient = jacobian[0]
    u = torch.tensor([0.6, 0.8], dtype=torch.float64)
    _expect_numbers("gradient", answers.get("gradient"), gradient)
    _expect_numbers("slope", answers.get("slope"), gradient @ u)
    _expect_numbers("steepest slope", answers.get("steepest slope"), gradient.norm())
    level = _numbers("level direction", answers.get("level direction"), (2,))
    expect(bool(level.any()), "level direction is zero, which is no direction")
    cosine = (gradient @ level / (gradient.norm() * level.norm())).item()
    expect(abs(cosine) < ROUNDING, f"f is not level along {level.tolist()}")
    _expect_numbers("Jacobian", answers.get("Jacobian"), jacobian)
    right(1)


def check_jacobian_by_rows(jacobian_by_rows: Callable[[Function, torch.Tensor], object]) -> None:
    """Check exercise 2 against ``torch.func.jacrev`` on functions of many shapes."""
    generator = torch.Generator().manual_seed(0)
    for outputs, inputs in ((1, 1), (1, 4), (3, 1), (4, 2), (2, 5)):
        matrix = torch.randn(outputs, inputs, generator=generator, dtype=torch.float64)
        x = torch.randn(inputs, generator=generator, dtype=torch.float64)
        functions: dict[str, Function] = {
            "Ax": lambda x, A=matrix: A @ x,
            "tanh(Ax)": lambda x, A=matrix: (A @ x).tanh(),
            "(‖x‖², 7)": lambda x: torch.stack([x @ x, x.new_tensor(7.0)]),
        }
        for name, function in functions.items():
            case = f"for {name} with {inputs} inputs"
            before = x.clone()
            found = jacobian_by_rows(function, x)
            expect(isinstance(found, torch.Tensor), f"a tensor is wanted, got {found!r} {case}")
            wanted = torch.func.jacrev(function)(x)
            expect(
                found.shape == wanted.shape,
                f"shape {tuple(found.shape)} should be {tuple(wanted.shape)} {case}",
            )
            expect(torch.allclose(found.detach(), wanted), f"an entry is wrong {case}")
            expect(
                torch.equal(x, before) and not x.requires_grad and x.grad is None,
                f"x has been changed {case}",
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


def check_claims(claims: Mapping[str, bool]) -> None:
    """Check the verdicts of exercise 3."""
    for claim, (truth, hint) in _CLAIMS.items():
        answer = verdict(claims, claim)
        expect(answer == truth, f"{claim!r} is not {answer}: {hint}")
    right(3)
