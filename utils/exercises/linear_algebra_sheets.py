"""The answer fields of the page on scalars, vectors and matrices."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "linear-algebra/predict",
        choice(
            "The arrow a is 2 long and b is 3 long. You turn b once all the way round. Between "
            "which numbers does a · b run, the sum of the products of matching entries?",
            ["0 and 6", "1 and 5", "−5 and 5", "−6 and 6"],
            "−6 and 6",
            hint="Lay a along the first axis: a is (2, 0). What is the product when b is (3, 0)? "
            "And when b is turned half round?",
            because="6 is reached where both have one direction, −6 where they are opposite.",
            wrong=[
                ("0 and 6", "With (2, 0) and (−3, 0) the product is negative."),
                ("1 and 5", "So long a + b may be: between 3 − 2 and 3 + 2."),
                ("−5 and 5", "(2, 0) and (3, 0) have the product 6."),
            ],
        ),
        choice(
            "A picture is turned by a quarter turn to the left, and then its top is pushed to the "
            "right. Another time it is pushed first and turned then. Are the results the same?",
            ["yes", "no"],
            "no",
            hint="Follow one arrow: (1, 0) becomes (0, 1) by the turn. The push takes (0, 1) to "
            "(1, 1) and leaves (1, 0) alone.",
            because="(1, 0) ends at (1, 1) the first time, and at (0, 1) the second time.",
            wrong=[("yes", "Follow (1, 0): it does not end in one place.")],
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
            "How long is the shadow of c on the line of a?",
            1,
            hint="c · a is the length of a times the shadow.",
            because="c · a is 3, and a is 3 long.",
            wrong=[
                (3, "That is c · a: divide it by the length of a."),
                (9, "That is the product of both lengths, but their directions differ."),
            ],
        ),
        check=check,
    )


def shears_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "linear-algebra/shears",
        numbers(
            "What is A times (0, 1)?",
            (3, 1),
            hint="It stands in the matrix.",
            because="The second column.",
            wrong=[((0, 1), "That is the second row.")],
        ),
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
        check=check,
    )
