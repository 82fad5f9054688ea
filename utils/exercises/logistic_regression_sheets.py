"""The answer fields of the page on logistic regression."""

import math
from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
SETTLE, GROW, SHRINK = "they settle", "they grow on and on", "they shrink towards 0"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "logistic-regression/predict",
        number(
            "Of 1,000 people 100 are ill. A test finds 90 % of the ill, and alarms 10 % of the "
            "healthy. Which share of the people it calls ill is ill?",
            0.5,
            hint="How many ill people does it call, and how many healthy ones?",
            because="It calls 90 of the 100 ill people, and 90 of the 900 healthy ones.",
            wrong=[
                (0.9, "That is the share of the ill who are called."),
                (90, "That is a number of people; divide it by all who are called."),
            ],
        ),
        choice(
            "A straight line separates two kinds of points without a mistake. A model that is "
            "paid for sure answers is trained on and on. What do its weights do?",
            [SETTLE, GROW, SHRINK],
            GROW,
            hint="Twice the weights make each right answer surer.",
            because="No point objects to being surer, so the loss falls as long as they grow.",
            wrong=[
                (SETTLE, "They would, if a mistake were left that being surer makes worse."),
                (SHRINK, "Then each answer would be less sure."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "logistic-regression/by-hand",
        number(
            "The odds in favour are 4 to 1. What is the probability?",
            0.8,
            hint="Of 5 cases, how many?",
            because="4 of 5 cases are 0.8.",
            wrong=[(0.25, "1 to 4 would be the odds against."), (4, "That is the odds.")],
        ),
        number(
            "What is the score, to two decimals?",
            math.log(4),
            tolerance=0.006,
            hint="It is the natural logarithm of the odds.",
            because="The logarithm of 4 is 1.386.",
            wrong=[(math.log10(4), "That is the logarithm to the base 10.")],
        ),
        number(
            "The score falls by that number. What is the probability now?",
            0.5,
            hint="What is the score now?",
            because="The score is 0, so the odds are 1 to 1.",
            wrong=[(0, "That is the score.")],
        ),
        number(
            "A model gives 0.5, 0.8 and 0.2 to class 1, and the labels are 1, 1 and 0. What is "
            "the likelihood?",
            0.32,
            tolerance=0.001,
            hint="Which probability did it give to what came, each time?",
            because="0.5 · 0.8 · 0.8 is 0.32: the third case was given 0.8 for class 0.",
            wrong=[(0.08, "The third label is 0, and class 0 was given 0.8.")],
        ),
        check=check,
    )


def groups_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "logistic-regression/groups",
        numbers(
            "Precision and recall at the cut 0.5?",
            [2 / 3, 0.5],
            tolerance=0.006,
            hint="Who is called ill, and who of them is?",
            because="0.9, 0.7 and 0.6 are called. Two of them are ill, of four ill people.",
            wrong=[([0.5, 2 / 3], "The precision is the share of those called.")],
        ),
        numbers(
            "And at the cut 0.15?",
            [0.5, 1],
            tolerance=0.006,
            hint="All but two people are called.",
            because="Eight are called, and all four ill people are among them.",
            wrong=[([1, 0.5], "The precision is the share of those called.")],
        ),
        number(
            "What is the area under the ROC curve?",
            17 / 24,
            tolerance=0.006,
            hint="Go through the 24 pairs of an ill and a healthy person.",
            because="In 17 of the 24 pairs the ill person has the higher score.",
            wrong=[(7 / 24, "That is the share of pairs in which the healthy one is higher.")],
        ),
        check=check,
    )
