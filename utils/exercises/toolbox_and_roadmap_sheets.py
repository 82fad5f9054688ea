"""The answer fields of the page on the toolbox."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "toolbox-and-roadmap/predict",
        number(
            "A colour picture is 8 pixels high and 8 pixels wide. Each pixel has three numbers: "
            "how much red, green and blue. How many numbers is the picture?",
            192,
            hint="How many pixels are there?",
            because="8 · 8 = 64 pixels of 3 numbers each.",
            wrong=[
                (64, "Those are the pixels. Each of them has three numbers."),
                (24, "8 rows of 8 pixels are 64 pixels."),
                (48, "8 rows of 8 pixels are 64 pixels, not 16."),
            ],
        ),
        choice(
            "You save the picture as a JPEG file, as cameras do with photographs, and read "
            "it back. How many of its numbers are no longer what they were?",
            ["none", "a few", "more than half"],
            "more than half",
            hint="A JPEG file of a photograph is some ten times smaller than its numbers.",
            because="JPEG keeps what the eye notices and drops the rest.",
            wrong=[
                ("none", "So it is with PNG. JPEG files are smaller, and that has its price."),
                ("a few", "The rest of the page counts them."),
            ],
        ),
    )


def picture_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "toolbox-and-roadmap/picture",
        number(
            "How many bytes do the numbers take as `uint8`?",
            921_600,
            hint="One byte for each number, three numbers for each pixel.",
            because="480 · 640 · 3.",
            wrong=[(307_200, "Each pixel has three numbers.")],
        ),
        number(
            "And as `float32`?",
            3_686_400,
            hint="32 bits are 4 bytes.",
            because="Four times as many.",
            wrong=[
                (1_228_800, "Each pixel has three numbers."),
                (921_600, "Each takes 4 bytes now."),
            ],
        ),
        number(
            "All numbers are laid out in one line, channels last. At which place, counted from 0, "
            "stands the green of row 2, column 3?",
            3850,
            hint="Two whole rows come before, then three whole pixels, then a red.",
            because="(2 · 640 + 3) · 3 + 1.",
            wrong=[
                (3849, "That is the red of this pixel."),
                (3851, "That is the blue: colours are counted from 0, too."),
                (1284, "Each pixel takes three places."),
            ],
        ),
        number(
            "And with channels first?",
            308_483,
            hint="The whole table of reds comes before.",
            because="480 · 640 + 2 · 640 + 3.",
            wrong=[
                (1283, "The reds come first: 480 · 640 numbers."),
                (615_683, "That is the blue."),
            ],
        ),
        check=check,
    )


def results_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "toolbox-and-roadmap/results",
        numbers(
            "`x` is an array of shape (8, 8, 3). Which shape has `x[:, :, 0]`?",
            (8, 8),
            hint="`:` means all; a number picks one, and its axis is gone.",
            because="All rows, all columns, one colour.",
            wrong=[((8, 8, 1), "The axis of a number is gone."), ((8, 3), "Two axes keep all.")],
        ),
        numbers(
            "Which shape has `x[2]`?",
            (8, 3),
            hint="The first axis counts the rows of pixels.",
            because="One row: 8 pixels of 3 numbers.",
            wrong=[
                ((8, 8), "The rows are gone, the colours are not."),
                ((3,), "That is one pixel."),
            ],
        ),
        number(
            "A column of a pandas table holds 1, a gap, and 5. What is its mean?",
            3,
            hint="pandas leaves gaps out.",
            because="(1 + 5) / 2.",
            wrong=[
                (2, "The gap does not count, neither above nor below the line of the fraction.")
            ],
        ),
        check=check,
    )
