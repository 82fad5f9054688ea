"""The answer fields of the page on matrix norms."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
OPERATOR_NORM = "torch.linalg.matrix_norm(A, 2)"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "matrix-norms/predict",
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
            wrong=[
                ("1", "The squares of the four entries add up to 3."),
                ("1.41", "That is the length of the second column alone."),
                ("1.62", "That needs `torch.linalg.matrix_norm(A, 2)`."),
                ("2", "The squares of the four entries add up to 3, not to 4."),
            ],
        ),
    )


def measures_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "matrix-norms/measures",
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
        number(
            "What is the Frobenius norm of E?",
            6,
            hint="How many entries has it, and what is the square of each?",
            because="The root of 9 · 4.",
            wrong=[(36, "Take the root."), (18, "Square first, then add up.")],
        ),
        number(
            "What is the operator norm of E?",
            6,
            hint="All columns are one arrow. E times (1, 1, 1) is (6, 6, 6).",
            because="(1, 1, 1) becomes six times as long. More than the Frobenius norm is out of "
            "reach, so that is the most.",
            wrong=[(2, "So large is an entry."), (12, "That is more than the Frobenius norm.")],
        ),
        check=check,
    )


def shears_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "matrix-norms/shears",
        number(
            "What is the square of the Frobenius norm of A?",
            11,
            hint="Add up the squares of all entries.",
            because="1 + 9 + 0 + 1.",
            wrong=[(5, "Square the entries first."), (25, "Square first, then add up.")],
        ),
        numbers(
            "Power iteration begins with (1, 0). What is it after one round, not scaled?",
            (1, 3),
            hint="A times (1, 0) is (1, 0). Then comes the transpose of A: rows and columns "
            "change places.",
            because="A leaves (1, 0) as it is, and its transpose makes (1, 3) of it.",
            wrong=[((1, 0), "That is A times (1, 0): the transpose is still to come.")],
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
