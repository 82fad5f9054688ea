"""What an exercise check tells the reader."""

from collections.abc import Callable, Mapping, Sequence


def expect(condition: bool, hint: str) -> None:
    """Stop with a hint when a condition of an exercise is not met.

    Raises:
        AssertionError: with the hint, if the condition is false.
    """
    if not condition:
        raise AssertionError(f"not yet: {hint}")


def verdict(answers: Mapping[str, bool], claim: str) -> bool:
    """Return what was answered about a claim.

    Raises:
        AssertionError: if the answer is missing, or neither True nor False.
    """
    answer = answers.get(claim)
    expect(isinstance(answer, bool), f"{claim!r} needs True or False, got {answer!r}")
    return answer


def expect_tried(
    answers: Mapping[str, bool],
    claims: Mapping[str, Callable[..., bool]],
    draws: Sequence[object],
    draw: str,
) -> None:
    """Compare each verdict with what holds for every one of some random draws.

    Args:
        answers: the verdicts by claim.
        claims: for each claim, a function that says if it holds for a draw.
        draws: what to try the claims on.
        draw: what one of them is called in a hint, "pair" for example.

    Raises:
        AssertionError: if a verdict is missing or wrong.
    """
    for claim, holds in claims.items():
        answer = verdict(answers, claim)
        hint = f"{'a' if answer else 'no'} random {draw} refutes it"
        expect(answer == all(map(holds, draws)), f"{claim!r} is not {answer}: {hint}")


def right(number: int) -> None:
    """Tell the reader that an exercise is solved."""
    print(f"Exercise {number} is right.")
