"""The answer fields of the page on non-maximum suppression."""

import math
from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "nms/predict",
        number(
            "How many of the three boxes are kept?",
            2,
            hint="A box that was thrown away throws nothing away.",
            because="A throws B away. C overlapped B, but B is gone, and A and C share little.",
            wrong=[
                (1, "C overlaps A, the box that is kept, by 1/3 only."),
                (3, "The IoU of A and B, 0.6, is above 0.5."),
            ],
        ),
        choice(
            "A threw B away. What becomes of the corners of A?",
            ["they stay", "they become the mean of A and B"],
            "they stay",
            hint="Look at what the rule does with a box: keep or throw away.",
            because="The rule selects boxes. It does not merge them.",
            wrong=[("they become the mean of A and B", "Nothing in the rule moves a corner.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "nms/by-hand",
        number(
            "How many boxes are kept with the threshold 0.5?",
            3,
            hint="Begin with A, and cross out what it removes before you go on.",
            because="A removes B, C and D stay, and D removes E.",
            wrong=[
                (2, "C and D overlap by 0.45, which is not above 0.5."),
                (4, "D and E overlap by 0.7."),
            ],
        ),
        choice(
            "Which is the last box that is kept with the threshold 0.4?",
            list("ABCDE"),
            "E",
            hint="Who removes E, and is that box still there?",
            because="C removes D, and a removed box removes nothing: E stays.",
            wrong=[
                ("A", "A is the first one; go on until no box is left."),
                ("B", "Go on until no box is left: look at those behind it."),
                ("C", "C removes D, and then no box that is left removes E."),
                ("D", "C and D overlap by 0.45, above 0.4."),
            ],
        ),
        check=check,
    )


def factors_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "nms/factors",
        number(
            "Which score does the linear rule leave, with threshold 0.3?",
            0.4,
            hint="The IoU is above 0.3, so the factor is 1 minus the IoU.",
            because="0.8 · (1 − 0.5) = 0.4.",
            wrong=[(0.8, "0.5 is above the threshold."), (0, "That is the greedy rule.")],
        ),
        number(
            "Which score does the gaussian rule leave, with σ = 0.5, to two decimals?",
            0.8 * math.exp(-0.5),
            tolerance=0.005,
            hint="Square the IoU, divide by σ, and take e to minus that.",
            because="0.8 · exp(−0.25 / 0.5) = 0.8 · 0.607 = 0.49.",
            wrong=[
                (0.29, "The IoU is squared before it is divided by σ."),
                (0.61, "That is the factor; the score was 0.8."),
            ],
        ),
        check=check,
    )
