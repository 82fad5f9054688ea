"""The answer fields of the page on SSD."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "ssd/predict",
        number(
            "Three maps of 16×16, 8×8 and 4×4 cells lie over one picture. Each cell has 3 "
            "anchors. How many anchors are there?",
            1008,
            hint="How many cells have the three maps together?",
            because="256 + 64 + 16 are 336 cells, times 3.",
            wrong=[(336, "A cell has 3 anchors.")],
        ),
        number(
            "The picture has 4 objects, and each is the goal of 4 anchors. How many per cent of "
            "the anchors stand for background, to one decimal?",
            98.4,
            tolerance=0.15,
            hint="How many anchors have an object?",
            because="16 of 1,008 are 1.6 per cent, so 98.4 per cent are background.",
            wrong=[(1.6, "That is the share of anchors with an object.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "ssd/by-hand",
        number(
            "What is smooth L1 of an error of −0.5, with β = 1?",
            0.125,
            tolerance=0.001,
            hint="On which side of β does its size lie?",
            because="0.25 / 2 is 0.125.",
            wrong=[(-0.125, "A square is not negative."), (0.25, "Half of the square counts.")],
        ),
        number(
            "What of an error of 3, with β = 1?",
            2.5,
            tolerance=0.001,
            hint="On which side of β does 3 lie?",
            because="3 − 0.5 is 2.5.",
            wrong=[(4.5, "That is half of the square: 3 is beyond β."), (3, "Subtract β/2.")],
        ),
        number(
            "What of an error of 3, with β = 4?",
            1.125,
            tolerance=0.001,
            hint="And on which side of this β?",
            because="9 / (2 · 4) is 1.125.",
            wrong=[
                (1, "Below β the curve is the parabola."),
                (4.5, "The square is divided by β."),
            ],
        ),
        number(
            "What is its slope at an error of 3, with β = 4?",
            0.75,
            tolerance=0.001,
            hint="Differentiate x² / (2β).",
            because="x/β is 3/4.",
            wrong=[(1, "The slope is 1 beyond β.")],
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "ssd/counts",
        number(
            "How many channels does the convolution for the classes give?",
            84,
            hint="Each anchor needs a number for each class, and one for the background.",
            because="4 · (20 + 1) are 84.",
            wrong=[(80, "The background is one more class.")],
        ),
        number(
            "How many numbers for offsets does the map give, over all cells?",
            5776 * 4,
            hint="How many anchors does the map have, and how many offsets has each?",
            because="38 · 38 · 4 · 4 are 23,104.",
            wrong=[(5776, "That counts the anchors.")],
        ),
        number(
            "7 anchors of a picture have an object. How many anchors does mining at 3 to 1 count "
            "in all?",
            28,
            hint="Which anchors count besides the mined ones?",
            because="7 with an object and 21 of the background.",
            wrong=[(21, "The 7 with an object count as well.")],
        ),
        number(
            "A picture has no object. How many anchors count there?",
            0,
            hint="Three times how many?",
            because="Three times 0 is 0: the picture teaches nothing.",
        ),
        check=check,
    )
