"""The answer fields of the page on the perceptron."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

FATES = (
    "they settle after some passes",
    "they grow from pass to pass",
    "they come back to values that they had",
)


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "perceptron/predict",
        numbers(
            "The first sample is (2, 1) with label 1. What are the three numbers "
            "`w1`, `w2` and `b` after it?",
            [2, 1, 1],
            hint="All scores are 0 at first, so the first sample makes an update.",
            because="1 · (2, 1, 1) is added to (0, 0, 0).",
            wrong=[
                ([0, 0, 0], "A score of 0 counts as wrong, so something is added."),
                ([2, 1, 0], "The bias gets the label, 1."),
            ],
        ),
        choice(
            "The corners (0, 0) and (1, 1) of a square have the label −1, the two others 1. "
            "The machine goes through them again and again. What will its three numbers do?",
            FATES,
            FATES[2],
            hint="Can a straight line have the two pairs on its two sides?",
            because="No line separates them, and the weights go in circles: watch it below.",
            wrong=[
                (FATES[0], "They would have to be without mistake, and no line is."),
                (FATES[1], "Each mistake pulls them back: the labels cancel."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "perceptron/by-hand",
        numbers(
            "What are `w1`, `w2` and `b` after the visit to A?",
            [1, 2, 1],
            hint="The score is 0, which is a mistake.",
            because="1 · (1, 2, 1) is added to zeros.",
            wrong=[([0, 0, 0], "A score of 0 is a mistake.")],
        ),
        numbers(
            "What are `w1`, `w2` and `b` after the visit to B?",
            [-1, 1, 0],
            hint="The score of B is now 5, and its label is −1.",
            because="(2, 1, 1) is subtracted from (1, 2, 1).",
            wrong=[([3, 3, 2], "The label is −1: subtract."), ([1, 2, 1], "B is a mistake.")],
        ),
        numbers(
            "Which scores do A and B have then?",
            [1, -1],
            hint="w1 · x1 + w2 · x2 + b, for (1, 2) and for (2, 1).",
            because="−1 + 2 is 1, and −2 + 1 is −1. Both are right, so the rule has settled.",
            wrong=[([1, 1], "That is label times score.")],
        ),
        check=check,
    )


def bounds_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "perceptron/bounds",
        number(
            "(3, 0) has label 1 and (−3, 0) has label −1. With the weights (1, 0, 0) as `u*`, "
            "what is the bound?",
            10 / 9,
            tolerance=0.0051,
            hint="The margin is 3, and so is the radius.",
            because="(9 + 1) / 9 is 10/9.",
            wrong=[(1, "The bias adds 1 to the square of the radius.")],
        ),
        number(
            "The margin shrinks to half, and the radius stays. "
            "By which factor does the bound grow?",
            4,
            hint="The margin stands in the denominator, squared.",
            because="1 / 0.5² is 4.",
            wrong=[(2, "The margin is squared.")],
        ),
        number(
            "From weights of zero, a run takes 19 updates. How many does it take if each "
            "update adds 10 times as much?",
            19,
            hint="What becomes of the signs of the scores?",
            because="All weights are ten times as large, so the mistakes are the same.",
            wrong=[(190, "Not more of them, only larger ones."), (2, "The signs do not change.")],
        ),
        check=check,
    )
