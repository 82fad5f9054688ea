"""The answer fields of the page on bounding boxes."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "bounding-boxes/predict",
        number(
            "How many pixels wide is the ink?",
            4,
            hint="Count the columns on your fingers: 3, 4, 5, 6.",
            because="Columns 3, 4, 5 and 6 are four columns.",
            wrong=[(3, "6 − 3 counts the steps between the columns; count the columns.")],
        ),
        number(
            "Somebody takes the file's 3, 2, 4, 6 for left, top, right and bottom. How wide does "
            "the letter become?",
            1,
            hint="Then its left edge is at 3 and its right edge at 4.",
            because="From 3 to 4 it is one pixel. The width 4 was taken for a right edge.",
            wrong=[(4, "The 4 is the width in the file, but here it is read as a right edge.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "bounding-boxes/by-hand",
        numbers(
            "Which four numbers has the box as `xyxy`?",
            [10, 20, 30, 60],
            hint="Pixel 1 in VOC's way of counting reaches from edge 0 to edge 1.",
            because="Pixel 11 begins at edge 10, and pixel 30 ends at edge 30.",
            wrong=[
                ([10, 20, 29, 59], "The last pixel is included: it ends one further."),
                ([11, 21, 30, 60], "Pixel 1 begins at edge 0, so pixel 11 begins at 10."),
                ([11, 21, 31, 61], "VOC counts from 1: pixel 1 begins at edge 0."),
            ],
        ),
        numbers(
            "And as `xywh`?",
            [10, 20, 20, 40],
            hint="The corner stays; width is right minus left.",
            because="30 − 10 = 20 and 60 − 20 = 40.",
            wrong=[
                ([10, 20, 19, 39], "In edges, 30 − 10 is 20."),
                ([10, 20, 21, 41], "With edges nothing is added to the difference."),
            ],
        ),
        numbers(
            "And as `cxcywh`?",
            [20, 40, 20, 40],
            hint="The middle lies half a width behind the left edge.",
            because="10 + 20/2 = 20 and 20 + 40/2 = 40.",
            wrong=[([20.5, 40.5, 20, 40], "That is the middle of VOC's own numbers.")],
        ),
        check=check,
    )


def scaled_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "bounding-boxes/scaled",
        numbers(
            "Where does the box 10, 20, 30, 40 (`xyxy`) go?",
            [15, 40, 45, 80],
            hint="x is multiplied by the ratio of the widths, y by the ratio of the heights.",
            because="x by 90/60 = 1.5 and y by 80/40 = 2.",
            wrong=[
                ([20, 30, 60, 60], "x belongs to the width, and y to the height."),
                ([15, 30, 45, 60], "The height grows by another factor than the width."),
                ([20, 40, 60, 80], "The width grows by another factor than the height."),
            ],
        ),
        number(
            "Before it is resized: how many pixels has the box −5, 10, 70, 30 (`xyxy`) after "
            "clipping?",
            1200,
            hint="The picture is 60 wide and 40 high.",
            because="It becomes 0, 10, 60, 30, and 60 · 20 is 1,200.",
            wrong=[
                (1500, "That is its size before clipping: 75 · 20."),
                (800, "Clip x at the width, which is 60."),
                (1300, "Two sides stick out, the left one and the right one."),
            ],
        ),
        check=check,
    )
