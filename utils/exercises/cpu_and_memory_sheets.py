"""The answer fields of the page on CPUs and caches."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "cpu-and-memory/predict",
        number(
            "You read the page row by row. How many trips do you make?",
            4,
            hint="One trip brings a whole row.",
            because="Each trip brings the four numbers that you read next.",
            wrong=[(16, "Three of four numbers are on the desk already.")],
        ),
        number(
            "You read it column by column. How many trips now?",
            16,
            hint="When you come back to the first row, is it still on the desk?",
            because="When you come back to a row, two others have taken its place.",
            wrong=[
                (4, "There is room for two rows, and a column needs all four."),
                (8, "After rows 3 and 4, rows 1 and 2 are gone."),
            ],
        ),
    )


def walks_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "cpu-and-memory/walks",
        number(
            "How often does the walk by rows miss?",
            12,
            hint="How many lines does the matrix fill?",
            because="48 numbers fill 12 lines, and each is fetched once.",
            wrong=[
                (6, "A row of 8 numbers fills two lines."),
                (48, "That would be lines of one number."),
            ],
        ),
        number(
            "And the walk by columns?",
            48,
            hint="How many lines does a column touch, and how many fit?",
            because="A column touches 6 lines and 4 fit, so each is gone before its next number.",
            wrong=[(12, "6 lines do not fit in a cache of 4.")],
        ),
        number(
            "How many lines must the cache hold, at least, so that both walks miss equally often?",
            6,
            hint="How many lines does one column touch?",
            because="Then the lines of one column stay for the next three.",
            wrong=[
                (12, "That holds the whole matrix. Fewer will do."),
                (8, "A column has 6 numbers, a row has 8."),
                (5, "The sixth line would push out the first."),
            ],
        ),
        check=check,
    )


def limits_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "cpu-and-memory/limits",
        number(
            "Two 300×300 matrices of float32 are multiplied. How many FLOP a byte is that?",
            50,
            hint="Count the operations, and the bytes of three matrices.",
            because="2n³ over 4 · 3n² is n/6.",
            wrong=[
                (200, "A float32 has 4 bytes."),
                (75, "The product is written, too: three matrices."),
                (25, "A multiplication and an addition are two operations."),
            ],
        ),
        number(
            "A fifth of a job runs on one worker alone. How many times as fast are four workers?",
            2.5,
            hint="What becomes of each of the two parts of the time?",
            because="1 / (0.2 + 0.8/4) = 2.5.",
            wrong=[(4, "A fifth of the job gains nothing.")],
        ),
        number(
            "What is the limit for more and more workers?",
            5,
            hint="Which part of the time is always left?",
            because="1 / 0.2 = 5.",
            wrong=[(1.25, "That would be a job of which four fifths run alone.")],
        ),
        check=check,
    )
