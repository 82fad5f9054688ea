"""The answer fields of the page on operations and broadcasting."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
NO_SUM = "no sum"  # an answer to exercise 1


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "operations-and-broadcasting/predict",
        number(
            "The targets 1, 2, 3, 4 lie in a tensor of shape (4,). A model predicts all four "
            "exactly, but its answers have the shape (4, 1). What is the mean of "
            "`(predictions - targets) ** 2`?",
            2.5,
            tolerance=0.01,
            hint="A column of four meets a row of four. How many differences are there?",
            because="There are sixteen differences: each prediction meets each target.",
            wrong=[
                (0, "So one would wish. But a column and a row make a table."),
                (40, "That is the sum of the sixteen squares. Their mean is wanted."),
            ],
        ),
        number(
            "`x` has the rows 1, 2 and 3, 4. Which number stands in the "
            "upper left corner of `x @ x`?",
            7,
            hint="The first row meets the first column.",
            because="1 · 1 + 2 · 3.",
            wrong=[
                (1, "That is `x * x`."),
                (5, "The first row meets the first column, not itself."),
            ],
        ),
    )


def sums_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "operations-and-broadcasting/sums",
        numbers(
            "Which shape has (5, 1) + (3,)?",
            (5, 3),
            hint="Put a 1 in front of the shorter shape.",
            because="(5, 1) and (1, 3).",
            wrong=[((5, 1), "The 1 gives way to the 3."), ((3, 5), "Match from the right.")],
        ),
        choice(
            "Which shape has (2, 3) + (2,)?",
            ["(2, 3)", "(2, 2)", NO_SUM],
            NO_SUM,
            hint="Match from the right.",
            because="3 meets 2, and neither is 1.",
            wrong=[("(2, 3)", "The 2 does not meet the 2."), ("(2, 2)", "3 and 2 do not fit.")],
        ),
        numbers(
            "Which shape has (2, 1, 4) + (3, 1)?",
            (2, 3, 4),
            hint="(3, 1) becomes (1, 3, 1).",
            because="On each axis the size that is not 1.",
            wrong=[((2, 1, 4), "The 1 gives way to the 3."), ((3, 1, 4), "The 3 meets the 1.")],
        ),
        numbers(
            "Which shape has () + (6,)?",
            (6,),
            hint="A single number has no axes.",
            because="The single number is added to all six.",
            wrong=[((1, 6), "No axis is put in front of the longer shape.")],
        ),
        numbers(
            "Which shape has (4, 0) + (4, 1)?",
            (4, 0),
            hint="Which of 0 and 1 is not 1?",
            because="An empty axis stays empty.",
            wrong=[((4, 1), "The size that is not 1 is taken, and that is 0.")],
        ),
        numbers(
            "Which shape has (7, 1, 5) + (7, 5)?",
            (7, 7, 5),
            hint="(7, 5) becomes (1, 7, 5).",
            because="The 7 of the shorter one meets the 1.",
            wrong=[
                ((7, 1, 5), "The 1 gives way to the 7 that it meets."),
                ((7, 5), "Three axes."),
            ],
        ),
        check=check,
    )


def products_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "operations-and-broadcasting/products",
        number(
            "What is `(x * x)[1, 0]`?",
            9,
            hint="Place by place.",
            because="3 · 3.",
            wrong=[(15, "That is `x @ x`."), (4, "That is row 0, column 1.")],
        ),
        number(
            "What is `(x @ v)[0]`?",
            50,
            hint="The first row meets `v`.",
            because="1 · 10 + 2 · 20.",
            wrong=[(10, "Add up both products."), (70, "That is the first column, not the row.")],
        ),
        number(
            "What is `(x @ v)[1]`?",
            110,
            hint="The second row meets `v`.",
            because="3 · 10 + 4 · 20.",
            wrong=[(100, "That is the second column, not the second row.")],
        ),
        number(
            "What is `(x + v)[0, 1]`?",
            22,
            hint="A vector acts as a row.",
            because="2 + 20.",
            wrong=[
                (12, "That would be a column: `v[:, None]`."),
                (13, "That is row 1, column 0."),
            ],
        ),
        check=check,
    )
