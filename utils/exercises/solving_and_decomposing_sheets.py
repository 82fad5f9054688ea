"""The answer fields of the page on solving systems and taking matrices apart."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
NONE, ONE, MANY = "none", "one", "many"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "solving-and-decomposing/predict",
        choice(
            "A has the columns (2, 1) and (4, 2). How many x are there with Ax = (1, 3)?",
            [NONE, ONE, MANY],
            NONE,
            hint="Ax is a mixture of the columns. Where do these mixtures lie?",
            because="All mixtures lie on the line through (2, 1), and (1, 3) does not.",
            wrong=[
                (ONE, "That needs two columns that point in two directions."),
                (MANY, "There would be many, if (1, 3) were on the line of the columns."),
            ],
        ),
        number(
            "The numbers of b are right to 7 digits. The most that A stretches an arrow is 1,000 "
            "times the least. To how many digits can one rely on the x with Ax = b?",
            4,
            hint="On the way back, a small mistake may grow 1,000 times as much as b itself.",
            because="1,000 is 10³, and three of the seven digits may be lost.",
            wrong=[
                (7, "Mistakes may grow more than b does."),
                (3, "That is how many may be lost."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "solving-and-decomposing/by-hand",
        number(
            "How many times is the row of the pivot subtracted from the other row?",
            0.5,
            hint="The pivot is the largest first entry.",
            because="The pivot is 4, and 2 is half of it.",
            wrong=[(2, "Then 2 was the pivot; take the larger entry.")],
        ),
        numbers(
            "What are x₁ and x₂?",
            (1, 2),
            hint="Subtract, and one equation has x₂ alone.",
            because="x₂ is 2, and 4x₁ − 2 · 2 = 0.",
            wrong=[((2, 1), "The first number is x₁.")],
        ),
        number(
            "What is the rank of C?",
            2,
            hint="Are there two columns on different lines? And three independent ones?",
            because="The third column is twice the second one minus the first.",
            wrong=[(3, "The third column is twice the second one minus the first.")],
        ),
        number(
            "What is the condition number of D?",
            20,
            hint="The most by which D stretches, over the least.",
            because="10 divided by ½.",
            wrong=[(5, "Divide by the least; do not multiply."), (10, "Divide it by the least.")],
        ),
        check=check,
    )


def layers_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "solving-and-decomposing/layers",
        numbers(
            "What are the singular values of A, the largest first?",
            (4, 3),
            hint="They are lengths.",
            because="The axes are stretched by 4 and by 3; one of them is flipped, too.",
            wrong=[
                ((3, -4), "Those are the eigenvalues; lengths are not negative."),
                ((3, 4), "The largest comes first."),
            ],
        ),
        number(
            "How far, in the Frobenius norm, is A from the nearest matrix of rank 1?",
            3,
            hint="The strongest layer is kept. What is left?",
            because="The layer with the singular value 3 is left out.",
            wrong=[(4, "The stronger layer is kept."), (5, "That is the norm of A.")],
        ),
        number(
            "How many numbers do 5 layers of a 40×60 matrix take, with their singular values?",
            505,
            hint="A layer is a column, a row and a number.",
            because="5 · (40 + 60 + 1).",
            wrong=[
                (500, "The singular values are missing."),
                (12000, "A layer is not stored as 40×60."),
            ],
        ),
        number(
            "Of 7 digits, how many are left when the condition number is 100,000?",
            2,
            hint="100,000 is 10⁵.",
            because="Up to 5 of the 7 may be lost.",
            wrong=[(5, "Those are lost.")],
        ),
        check=check,
    )
