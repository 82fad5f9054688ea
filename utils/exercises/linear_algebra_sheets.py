"""The answer fields of the page on scalars, vectors, matrices and norms."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
OPERATOR_NORM = "torch.linalg.matrix_norm(A, 2)"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "linear-algebra/predict",
        choice(
            "The matrix A with the rows (1, 1) and (0, 1) takes the arrow (1, 0) to (1, 0) and "
            "the arrow (0, 1) to (1, 1). Now x may be any arrow of length 1. How long can Ax "
            "become?",
            ["1", "1.41", "1.62", "1.73", "2"],
            "1.62",
            hint="(1, 1) is 1.41 long. Is there a direction that does better?",
            because="It is reached between the two arrows. The section on the Frobenius norm "
            "tells why it is the golden ratio.",
            wrong=[
                ("1", "(0, 1) becomes (1, 1), which is longer."),
                (
                    "1.41",
                    "That is the length of (1, 1). An arrow that leans to the right does better.",
                ),
                ("1.73", "So long are all entries, laid out as one arrow."),
                ("2", "More than 1.73, the length of all four entries, is out of reach."),
            ],
        ),
        choice(
            "And which of the numbers does `torch.linalg.matrix_norm(A)` return?",
            ["1", "1.41", "1.62", "1.73", "2"],
            "1.73",
            hint="It is not the answer above.",
            because="Without an order it takes the length of all four entries.",
            wrong=[("1.62", "That needs `torch.linalg.matrix_norm(A, 2)`.")],
        ),
    )


def measures_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "linear-algebra/measures",
        number(
            "How long is a?",
            3,
            hint="Add up the squares: 1, 4 and 4.",
            because="The root of 9.",
            wrong=[(9, "That is the square of the length."), (5, "Square the entries first.")],
        ),
        number(
            "What is a · b?",
            0,
            hint="2, −4 and 2.",
            because="2 − 4 + 2: the two are orthogonal.",
            wrong=[(8, "One of the products is negative.")],
        ),
        number(
            "What is the square of the length of a + b?",
            18,
            hint="a and b stand at a right angle.",
            because="9 + 9, by Pythagoras.",
            wrong=[(36, "Lengths do not add up here: the two stand at a right angle.")],
        ),
        number(
            "What is the operator norm of D?",
            4,
            hint="Which axis is stretched more?",
            because="The second axis is stretched by 4, and turned round.",
            wrong=[(3, "The other axis is stretched more."), (5, "That is the Frobenius norm.")],
        ),
        number(
            "What is the Frobenius norm of D?",
            5,
            hint="The length of all entries.",
            because="The root of 9 + 16.",
            wrong=[
                (4, "That is the operator norm."),
                (25, "Take the root."),
                (7, "Square first."),
            ],
        ),
        check=check,
    )


def shears_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "linear-algebra/shears",
        numbers(
            "What is A times (1, 2)?",
            (7, 2),
            hint="Once the first column and twice the second.",
            because="1 · (1, 0) + 2 · (3, 1).",
            wrong=[((1, 5), "That is A turned over: rows and columns changed places.")],
        ),
        number(
            "Which number stands in the upper right corner of `A @ A`?",
            6,
            hint="The first row meets the second column.",
            because="1 · 3 + 3 · 1: shearing twice pushes the top twice as far.",
            wrong=[(9, "That is `A * A`.")],
        ),
        number(
            "What is the square of the Frobenius norm of A?",
            11,
            hint="Add up the squares of all entries.",
            because="1 + 9 + 0 + 1.",
            wrong=[(5, "Square the entries first."), (25, "Square first, then add up.")],
        ),
        choice(
            "Which of these is the operator norm?",
            ["A.norm(2)", OPERATOR_NORM, "torch.linalg.matrix_norm(A)"],
            OPERATOR_NORM,
            hint="Two of the three take the length of all entries.",
            because="It is the order 2 of a matrix norm.",
            wrong=[
                ("A.norm(2)", "It lays the matrix out as one vector."),
                ("torch.linalg.matrix_norm(A)", "Without an order it is the Frobenius norm."),
            ],
        ),
        check=check,
    )
