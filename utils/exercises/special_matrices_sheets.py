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
            (1, 3),
            hint="m is 2, and ad − bc is 3.",
            because="2 ± 1.",
            wrong=[((3, 1), "The smaller one comes first."), ((2, 2), "Those are the entries.")],
        ),
        number(
            "An eigenvector to the larger one begins with 1. What is its second entry?",
            1,
            hint="The first row says 2 · 1 + 1 · x₂ = 3 · 1.",
            because="2 + 1 = 3.",
            wrong=[(-1, "That one belongs to the smaller eigenvalue.")],
        ),
        numbers(
            "What does the permutation make of (10, 20, 30)?",
            (30, 10, 20),
            hint="Entry i of the result is entry π(i).",
            because="Places 2, 0 and 1, one after the other.",
            wrong=[((20, 30, 10), "That is the way back.")],
        ),
        number(
            "The matrix with the rows (1, c) and (c, 4) is positive definite when |c| is below "
            "which number?",
            2,
            hint="What stands under the second root of Cholesky's?",
            because="4 − c² must be positive.",
            wrong=[(4, "It is the square of c that must stay below 4.")],
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
