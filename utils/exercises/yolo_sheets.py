"""The answer fields of the page on YOLO."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "yolo/predict",
        number(
            "In which column of cells does the centre lie, counted from 0?",
            2,
            hint="A cell is 16 pixels wide, and the centre lies halfway between 30 and 50.",
            because="The centre is at 40, and 40/16 is 2.5: half of the way through column 2.",
            wrong=[
                (3, "Counted from 0, the third column is number 2."),
                (1, "Take the centre of the box, not its left edge."),
            ],
        ),
        number(
            "A cell gives two boxes of five numbers, and a number for each of 20 classes. "
            "How many numbers does a cell give?",
            30,
            hint="The classes are given once a cell, not once a box.",
            because="Twice five and twenty.",
            wrong=[
                (50, "The two boxes of a cell share one set of classes."),
                (25, "There are two boxes."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "yolo/by-hand",
        number(
            "Column of the cell?",
            2,
            hint="The centre is at 180, a cell is 64 pixels wide.",
            because="180/64 = 2.81.",
            wrong=[(3, "Round down: the cell begins at 128.")],
        ),
        number(
            "Row?",
            3,
            hint="The centre is at 250.",
            because="250/64 = 3.91.",
            wrong=[(4, "Round down: row 4 begins at 256.")],
        ),
        number(
            "x in the cell, to two decimals?",
            180 / 64 - 2,
            tolerance=0.005,
            hint="What is left of 180/64 when the column is taken off.",
            because="2.81 − 2.",
            wrong=[(0.4, "That is the share of the picture.")],
        ),
        number(
            "y in the cell, to two decimals?",
            250 / 64 - 3,
            tolerance=0.005,
            hint="What is left of 250/64 when the row is taken off.",
            because="3.91 − 3.",
            wrong=[(0.56, "That is the share of the picture.")],
        ),
        number(
            "Root of the width, to two decimals?",
            (160 / 448) ** 0.5,
            tolerance=0.005,
            hint="The width as a share of the picture, then its root.",
            because="160/448 = 0.357, and its root is 0.598.",
            wrong=[(0.36, "That is the width itself.")],
        ),
        number(
            "Root of the height, to two decimals?",
            (200 / 448) ** 0.5,
            tolerance=0.005,
            hint="200/448, then its root.",
            because="200/448 = 0.446, and its root is 0.668.",
            wrong=[(0.45, "That is the height itself.")],
        ),
        check=check,
    )


def duty_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "yolo/duty",
        number(
            "Goal of the first confidence?",
            0,
            hint="Which of the two boxes answers for the object?",
            because="The second box overlaps the object more, so the first one should be silent.",
            wrong=[(0.3, "Only the box that answers has its overlap as the goal.")],
        ),
        number(
            "Goal of the second confidence?",
            0.6,
            hint="The goal is no 1 here.",
            because="It is the overlap of the box that answers.",
            wrong=[(1, "The first YOLO asks for the overlap.")],
        ),
        number(
            "What do both confidences add to the loss, to three decimals?",
            0.565,
            tolerance=0.0005,
            hint="Two squares; the one of the silent box counts half.",
            because="0.5 · 0.9² + (0.2 − 0.6)² = 0.405 + 0.16.",
            wrong=[
                (0.97, "The square of the silent box counts half."),
                (0.16, "The silent box counts, too."),
            ],
        ),
        check=check,
    )
