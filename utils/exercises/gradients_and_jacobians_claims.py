"""The claims of exercise 5 on the page on gradients and Jacobian matrices."""

from collections.abc import Mapping

from utils.exercises.asked import exercise
from utils.exercises.feedback import expect, right, verdict

# Whether each claim holds, and where to look for the reason.
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
    """Check the verdicts of exercise 5."""
    for claim, (truth, hint) in _CLAIMS.items():
        answer = verdict(claims, claim)
        expect(answer == truth, f"{claim!r} is not {answer}: {hint}")
    right(5)
