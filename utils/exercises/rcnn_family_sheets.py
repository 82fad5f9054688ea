"""The answer fields of the page on detectors of two stages."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "rcnn-family/predict",
        number(
            "What is the number at the upper left of the result?",
            5,
            hint="Round the borders first: from which cell to which does the region go?",
            because="0.4 and 2.6 become cells 0 and 3, so all 16 cells take part. The largest "
            "of 0, 1, 4 and 5 is 5.",
            wrong=[
                (0, "That is the first cell of the part, and not its largest."),
                (1, "A part has two rows as well: 0, 1, 4 and 5."),
                (2.5, "That is the mean; here we take the largest."),
            ],
        ),
        number(
            "A cell stands for 16 by 16 pixels. By how many pixels can rounding move a border?",
            8,
            hint="How far is a number from the nearest whole one, at most?",
            because="At most half a cell, and half of 16 pixels are 8.",
            wrong=[(16, "The nearest whole number is at most 1/2 away."), (0.5, "In pixels.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "rcnn-family/by-hand",
        number(
            "To which cell does RoI pooling round the border at pixel 88?",
            6,
            hint="Divide by the stride. Halves are rounded away from zero.",
            because="88 / 16 = 5.5, which becomes 6.",
            wrong=[(5, "5.5 is a half, and goes away from zero."), (5.5, "That is not rounded.")],
        ),
        number(
            "By how many pixels has the border moved?",
            8,
            hint="A cell begins at its number times the stride.",
            because="6 · 16 = 96, and 96 − 88 = 8.",
            wrong=[(0.5, "That is in cells.")],
        ),
        number(
            "A region of 4 cells is cut into 3 parts. How many cells does the middle part have?",
            2,
            hint="Where do the parts meet before rounding, and which way is each border rounded?",
            because="From cell 1 up to 3, without 3: cells 1 and 2.",
            wrong=[(1, "Both cells 1 and 2 are touched."), (3, "8/3 rounds up to 3, the end.")],
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "rcnn-family/counts",
        number(
            "How many anchors are there?",
            17100,
            hint="How many cells does the map have, and how many anchors a cell?",
            because="38 · 50 · 9 = 17,100.",
            wrong=[(1900, "That is the number of cells."), (153900, "Nine anchors, not 81.")],
        ),
        number(
            "How many numbers do the two 1×1 convolutions learn, biases included?",
            23085,
            hint="One output for objectness and four offsets for each of 9 anchors.",
            because="45 outputs with 512 weights and a bias each: 45 · 513 = 23,085.",
            wrong=[
                (23040, "The biases are missing."),
                (18468, "Objectness is missing: five numbers an anchor."),
            ],
        ),
        check=check,
    )
