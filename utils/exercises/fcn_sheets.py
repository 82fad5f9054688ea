"""The answer fields of the page on fully convolutional networks."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
SUMS = "at stride 4", "at stride 2", "none"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "fcn/predict",
        number(
            "How many answers for each class come out of the picture of 64×64?",
            25,
            hint="The last map is 8×8. At how many places does a 4×4 kernel fit?",
            because="5 places down and 5 across.",
            wrong=[
                (4, "Windows overlap: they need not stand side by side."),
                (64, "At the rim the kernel would look out of the map."),
                (16, "The kernel moves by one number, not by two."),
            ],
        ),
        number(
            "A score map that is 5 everywhere is enlarged smoothly, between its numbers. Which "
            "number stands in the middle of the large map?",
            5,
            hint="What lies halfway from 5 to 5?",
            because="To enlarge is to fill in between the scores, not to add them up.",
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "fcn/by-hand",
        numbers(
            "Which two answers does the kernel give on the map?",
            [1, 8],
            hint="Lay it on the first two columns, then on the last two.",
            because="2 · 1 − 2 + 0 + 1, and 2 · 2 − 0 + 0 + 4.",
            wrong=[([8, 1], "From left to right.")],
        ),
        numbers(
            "Which four numbers do the scores 8 and 0 become?",
            [6, 6, 2, 0],
            hint="The 8 lays down 2, 6, 6, 2.",
            because="The 0 lays down nothing; the first and the last of six numbers are cut.",
            wrong=[([8, 6, 2, 0], "So does F.interpolate: here nothing comes from outside.")],
        ),
        number(
            "How many answers for each class does the classifier give?",
            25,
            hint="The last map is 7×7, and the kernel 3×3.",
            because="7 − 3 + 1 is 5, in either direction.",
            wrong=[(49, "The kernel does not fit at the rim."), (5, "In one direction.")],
        ),
        check=check,
    )


def sizes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "fcn/sizes",
        numbers(
            "Which sides have the maps after the three stages?",
            [30, 15, 8],
            hint="Half, rounded up.",
            because="15 halved is 7.5.",
            wrong=[([30, 15, 7], "A 3×3 kernel with padding 1 rounds up.")],
        ),
        choice(
            "Which sum fails first?",
            [*SUMS],
            "at stride 4",
            hint="Double the smallest side.",
            because="16 does not fit 15.",
            wrong=[
                ("at stride 2", "The coarser one comes first, and does not fit either."),
                ("none", "Not each side halves without a rest: look at the odd ones."),
            ],
        ),
        number(
            "How many rows does `any_size` add?",
            4,
            hint="What is the next multiple of 8?",
            because="64 − 60.",
            wrong=[(8, "That would be 68, which is no multiple of 8.")],
        ),
        check=check,
    )
