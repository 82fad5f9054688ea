"""What an exercise check tells the reader."""


def expect(condition: bool, hint: str) -> None:
    """Stop with a hint when a condition of an exercise is not met.

    Raises:
        AssertionError: with the hint, if the condition is false.
    """
    if not condition:
        raise AssertionError(f"not yet: {hint}")


def right(number: int) -> None:
    """Tell the reader that an exercise is solved."""
    print(f"Exercise {number} is right.")
