"""The answer fields of the page on special matrices and eigenvectors."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "special-matrices/predict",
        choice(
            "A has the rows (1, 3) and (3, 1): all its entries are positive. Is there an arrow x "
            "for which the dot product of x and Ax is negative?",
            ["yes", "no"],
            "yes",
            hint="Try an arrow whose entries have different signs.",
            because="x = (1, −1) becomes (−2, 2), which points the other way.",
            wrong=[("no", "Try (1, −1).")],
        ),
        number(
            "Q has the rows (0, −1) and (1, 0): it turns arrows by a quarter. How many lines "
            "through the origin does it leave in their place?",
            0,
            hint="Where does (1, 0) go?",
            because="A quarter turn moves each line onto another one.",
            wrong=[(2, "The two axes change places."), (1, "Each line is turned by 90°.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "special-matrices/by-hand",
        numbers(
            "The two eigenvalues of A, the smaller one first?",
            (-3, 2),
            hint="m is −0.5, and ad − bc is −6.",
            because="−0.5 ± 2.5.",
            wrong=[
                ((2, -3), "The smaller one comes first."),
                ((-2, 1), "Those are the entries on the diagonal."),
                ((-2, 3), "Their sum must be the trace, −1."),
            ],
        ),
        number(
            "An eigenvector to the larger one begins with 1. What is its second entry?",
            0.5,
            hint="The first row says 1 · 1 + 2 · x₂ = 2 · 1.",
            because="1 + 2 · 0.5 = 2.",
            wrong=[
                (-2, "That one belongs to the smaller eigenvalue."),
                (2, "That is the first entry over the second."),
            ],
        ),
        numbers(
            "What does the permutation make of (10, 20, 30)?",
            (20, 30, 10),
            hint="Entry i of the result is entry π(i).",
            because="Places 1, 2 and 0, one after the other.",
            wrong=[((30, 10, 20), "That is the way back.")],
        ),
        number(
            "The matrix with the rows (4, c) and (c, 9) is positive definite when |c| is below "
            "which number?",
            6,
            hint="What stands under the second root of Cholesky's?",
            because="9 − c²/4 must be positive.",
            wrong=[
                (36, "It is the square of c that must stay below 36."),
                (3, "In L the c is divided by the root of 4."),
            ],
        ),
        check=check,
    )


def lines_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "special-matrices/lines",
        number(
            "How many lines does a rotation by 30° keep?",
            0,
            hint="Where does each line go?",
            because="Each line is turned onto another one.",
            wrong=[(1, "A line through the origin is turned, too.")],
        ),
        number(
            "How many lines does a reflection keep?",
            2,
            hint="There is the mirror, and what else?",
            because="The mirror, and the line across it, whose arrows flip.",
            wrong=[(1, "The line across the mirror stays as well: its arrows flip.")],
        ),
        number(
            "How many lines does a shear keep?",
            1,
            hint="It pushes along one line.",
            because="The line along which it pushes.",
            wrong=[
                (2, "Each other line is tilted."),
                (0, "The line along which it pushes stays."),
            ],
        ),
        number(
            "How many lines does a projection onto a line keep?",
            2,
            hint="An arrow that is sent to zero counts.",
            because="The line itself, and the one across it, which is sent to zero.",
            wrong=[(1, "The arrows across it are sent to zero, which counts.")],
        ),
        check=check,
    )
