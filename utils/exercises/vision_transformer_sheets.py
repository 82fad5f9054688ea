"""The answer fields of the page on vision transformers."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "vision-transformer/predict",
        number(
            "A picture of 28×28 pixels is cut into patches of 4×4. One token for the class is put "
            "in front. How many tokens are there?",
            50,
            hint="How many patches stand in a row, and how many rows are there?",
            because="7 · 7 = 49 patches, and one token for the class.",
            wrong=[
                (49, "The token for the class counts as well."),
                (16, "That is how many pixels a patch has."),
                (8, "That is one row and the class. There are seven rows."),
            ],
        ),
        choice(
            "The patches of a picture are shuffled. A transformer without positions has named "
            "the digit before. What does it say now?",
            ["the same", "something else, as a rule"],
            "the same",
            hint="Attention takes a mean over a bag of tokens.",
            because="It never knew the order, so a new order is nothing new.",
            wrong=[("something else, as a rule", "No part of the net could notice the order.")],
        ),
    )


def tokens_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "vision-transformer/tokens",
        number(
            "How many tokens does the first block read?",
            17,
            hint="32 / 8 patches in a row.",
            because="4 · 4 patches, and the class token.",
            wrong=[(16, "The class token is missing."), (5, "There are four rows of patches.")],
        ),
        number(
            "How many numbers does a patch hold?",
            192,
            hint="Each pixel has three.",
            because="3 · 8 · 8 = 192.",
            wrong=[(64, "The picture has three channels.")],
        ),
        number(
            "How many weights and biases has a layer to tokens of width 10?",
            1930,
            hint="A linear layer from 192 to 10.",
            because="192 · 10 weights and 10 biases.",
            wrong=[(1920, "The biases are missing."), (650, "A patch holds 192 numbers.")],
        ),
        check=check,
    )


def halved_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "vision-transformer/halved",
        number(
            "By which factor does the number of patches grow?",
            4,
            hint="Twice as many in a row, and twice as many rows.",
            because="2 · 2 = 4.",
            wrong=[(2, "There are more rows as well.")],
        ),
        number(
            "By which factor does the table of weights of a head grow?",
            16,
            hint="It has a row and a column for each patch.",
            because="4 times the rows and 4 times the columns.",
            wrong=[(4, "Rows and columns both grow."), (8, "4 · 4 is not 8.")],
        ),
        number(
            "By which factor does the matrix that makes tokens of patches shrink?",
            4,
            hint="It has a column for each number of a patch.",
            because="A patch of half the side has a quarter of the numbers.",
            wrong=[
                (2, "A patch is halved in both directions."),
                (16, "The width stays."),
                (0.25, "It is a quarter as large, so it shrinks by a factor of 4."),
            ],
        ),
        check=check,
    )
