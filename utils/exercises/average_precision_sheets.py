"""The answer fields of the page on average precision."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
FALLS, STAYS, RISES = "it falls to about 0", "it stays", "it rises"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "average-precision/predict",
        number(
            "Four objects; a detector reports three boxes: right, wrong, right. "
            "Which share of the four objects is found?",
            0.5,
            hint="How many of the four have a right box?",
            because="Two of four are found. The wrong box is not asked about here.",
            wrong=[(2 / 3, "That is the share of the boxes that are right.")],
        ),
        choice(
            "Now it adds a thousand boxes around nothing, all with lower scores than the three. "
            "What does the average precision do?",
            [FALLS, STAYS, RISES],
            STAYS,
            hint="At which recall would the thousand be seen?",
            because="They come behind all hits, and each object counts with the best precision "
            "at which it was had: that was reached before.",
            wrong=[
                (FALLS, "It would, if the thousand had the highest scores."),
                (RISES, "They find no object, so no recall grows."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "average-precision/by-hand",
        numbers(
            "What is the recall after each of the five boxes?",
            [0, 0.25, 0.5, 0.5, 0.75],
            hint="Count the hits so far, and divide by the four objects.",
            because="0, 1, 2, 2 and 3 of the four objects are found.",
            wrong=[([0, 0.5, 0.67, 0.5, 0.6], "That is the precision.")],
        ),
        numbers(
            "What is the best precision at which each of the four objects is had?",
            [2 / 3, 2 / 3, 3 / 5, 0],
            tolerance=0.01,
            hint="For the first object look at all places from its hit on, and take the best.",
            because="After the third box 2 of 3 are right, after the fifth 3 of 5; one is missed.",
            wrong=[([0.5, 0.67, 0.6, 0], "The first object is still had after the third box.")],
        ),
        number(
            "What is the average precision with all points, to two decimals?",
            29 / 60,
            tolerance=0.005,
            hint="The mean of the four numbers before.",
            because="(⅔ + ⅔ + ⅗ + 0) / 4 is 0.483.",
            wrong=[(29 / 45, "The missed object counts with 0: divide by 4.")],
        ),
        number(
            "What is it with 11 points, to two decimals?",
            26 / 55,
            tolerance=0.005,
            hint="Six marks lie at 0.5 or before, two at 0.6 and 0.7.",
            because="(6 · ⅔ + 2 · ⅗ + 3 · 0) / 11 is 0.473.",
            wrong=[(29 / 60, "That is all points. Read at 0, 0.1, …, 1.")],
        ),
        check=check,
    )


def hits_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "average-precision/hits",
        numbers(
            "Threshold 0.5: which of the three are hits, 1 for yes and 0 for no?",
            [1, 1, 0],
            hint="The first takes the object with which it overlaps more.",
            because="The first takes object 2, the second object 1; for the third none is left.",
            wrong=[
                ([1, 1, 1], "Object 1 is taken by then."),
                ([1, 0, 1], "The second box may take object 1, with 0.7."),
            ],
        ),
        numbers(
            "Threshold 0.72: which are hits?",
            [1, 0, 1],
            hint="0.7 does not count any more. What does that leave to the third?",
            because="The second has 0.7 with the free object, too little; the third takes it.",
            wrong=[([1, 1, 0], "With the free object the second has 0.7, below 0.72.")],
        ),
        numbers(
            "Threshold 0.85: which are hits?",
            [0, 0, 1],
            hint="Which overlaps reach 0.85?",
            because="The 0.9 of the third box alone.",
            wrong=[([1, 0, 1], "0.8 does not reach 0.85.")],
        ),
        check=check,
    )
