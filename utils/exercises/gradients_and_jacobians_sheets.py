"""The answer fields of the page on gradients and Jacobian matrices."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "gradients-and-jacobians/predict",
        number(
            "The hillside rises by 3 a step to the east, and by 4 a step to the north. By how "
            "much does it rise a step in the steepest direction?",
            5,
            hint="A step that leads east by 0.6 and north by 0.8 has length 1. What does it gain?",
            because="It is the length of (3, 4), and this page shows why.",
            wrong=[
                (4, "A step a little to the east of north gains more than one due north."),
                (7, "So much do two steps gain, one to the east and one to the north."),
                (3.5, "That is the mean; even due north it rises by more."),
            ],
        ),
        number(
            "f(x) = x + 1000. What is the slope of f at x = 1?",
            1,
            hint="By how much does f grow when x grows by 1?",
            because="The 1000 is in the value, 1001; to a change it adds nothing.",
            wrong=[
                (1001, "That is the value of f at 1."),
                (1000, "The 1000 does not change when x does."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "gradients-and-jacobians/by-hand",
        numbers(
            "What is the gradient?",
            (4, 2),
            hint="For the first entry y is a constant, for the second x is.",
            because="It is (2xy, x² − 2), and x is 2, y is 1.",
            wrong=[((2, 4), "The slope by x comes first."), ((4, 4), "The −2y is missing.")],
        ),
        number(
            "What is the slope along u = (0.6, 0.8)?",
            4,
            tolerance=0.005,
            hint="A dot product with the gradient.",
            because="0.6 · 4 + 0.8 · 2 is 4.",
            wrong=[(6, "That is the sum of the entries: each belongs to a share of u.")],
        ),
        number(
            "What is the steepest slope?",
            20**0.5,
            tolerance=0.0051,
            hint="How long is the gradient?",
            because="It is the root of 16 + 4.",
            wrong=[(20, "That is the square of the length.")],
        ),
        number(
            "f is level along (1, a). What is a?",
            -2,
            hint="The dot product with the gradient is 4 + 2a.",
            because="4 + 2a is 0 for −2: a right angle with the gradient.",
            wrong=[(0.5, "So the gradient itself points, the steepest way."), (2, "The sign.")],
        ),
        numbers(
            "A second output is x + y². Which row does it add to the Jacobian matrix?",
            (1, 2),
            hint="The row of an output is its gradient.",
            because="It is (1, 2y).",
            wrong=[((2, 1), "The slope by x comes first."), ((1, 1), "The slope of y² is 2y.")],
        ),
        check=check,
    )


def shapes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "gradients-and-jacobians/shapes",
        numbers(
            "Which shape has `jacrev` of y by x?",
            (2, 3),
            hint="The axes of the output, then those of the variable.",
            because="Two outputs, three inputs.",
            wrong=[((3, 2), "Outputs come first.")],
        ),
        numbers(
            "And `jacrev` of y by W?",
            (2, 2, 3),
            hint="W has two axes.",
            because="The output has the shape (2), and W (2, 3).",
            wrong=[
                ((2, 3), "That is the shape of W; the outputs are missing."),
                ((2, 3, 2), "Outputs come first."),
            ],
        ),
        number(
            "All entries of x are other than 0. How many of the slopes of y by W are zero?",
            6,
            hint="Which rows of W does an entry of y look at?",
            because="Each entry of y depends on one row of W, and the other row has 3 entries.",
            wrong=[(0, "An entry of y depends on one row of W."), (12, "So many there are.")],
        ),
        numbers(
            "Which shape has `W.grad` after `loss.backward()`?",
            (2, 3),
            hint="What will be subtracted from W?",
            because="A gradient has the shape of its variable.",
            wrong=[
                ((3, 2), "On paper, in numerator layout."),
                ((2, 2, 3), "The loss is one number."),
            ],
        ),
        numbers(
            "And the derivative of the loss by W, in numerator layout?",
            (3, 2),
            hint="For a vector it is a row, the transpose of the gradient.",
            because="The axes of the variable stand in reverse.",
            wrong=[((2, 3), "That is the shape of the gradient.")],
        ),
        check=check,
    )
