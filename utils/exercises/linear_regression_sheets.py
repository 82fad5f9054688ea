"""The answer fields of the page on linear regression."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]

_COUNTS = ("none", "one", "two", "infinitely many")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "linear-regression/predict",
        number(
            "What do the three errors of the best line, with their signs, add up to?",
            0,
            hint="If all errors were above zero, could the line be lowered?",
            because="Where the sum is not 0, to lift or lower the line makes the squares smaller.",
        ),
        choice(
            "Now all three houses have the size 2. How many lines are best?",
            _COUNTS,
            _COUNTS[3],
            hint="Which height should a line have at 2? And how steep should it be?",
            because="Each line through the mean price at 2 is as good as the others.",
            wrong=[
                (_COUNTS[0], "A line through the mean price at 2 leaves the smallest squares."),
                (_COUNTS[1], "Turn that line around its point at 2, and look at the errors."),
                (_COUNTS[2], "Turn one of them around its point at 2, and look at the errors."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "linear-regression/by-hand",
        number(
            "Which slope has the best line?",
            1.4,
            tolerance=0.005,
            hint="Write down XᵀX and Xᵀy, as for the three houses.",
            because="From the means 1.5 and 2 on, the products add up to 7, the squares to 5.",
            wrong=[
                (19 / 14, "That is the best line through 0; a column of ones is missing."),
                (5 / 3, "That line joins the first and the last house."),
            ],
        ),
        number(
            "Which intercept?",
            -0.1,
            tolerance=0.005,
            hint="The line runs through both means.",
            because="2 − 1.4 · 1.5 is −0.1.",
            wrong=[(0.1, "At the mean size 1.5 the line must have the mean price 2.")],
        ),
        number(
            "Which loss is left, half the mean of the squares?",
            0.525,
            tolerance=0.0006,
            hint="Put the four sizes into the line: what are the errors, and their squares?",
            because="The squares add up to 4.2, and 4.2/8 is 0.525.",
            wrong=[
                (1.05, "That is the mean of the squares, without the ½."),
                (4.2, "That is the sum of the squares."),
                (2.1, "That is half the sum; take the mean."),
            ],
        ),
        number(
            "At slope 0 and intercept 0: what is the derivative by the slope?",
            -4.75,
            tolerance=0.005,
            hint="It is the mean of error times size, and there each error is minus the price.",
            because="0 · 0 + 1 · 2 + 2 · 1 + 3 · 5 is 19, and −19/4 is −4.75.",
            wrong=[
                (4.75, "An error is prediction minus price: here it is below zero."),
                (-19, "That is a sum; take the mean."),
                (-9.5, "That belongs to the loss without the ½."),
            ],
        ),
        number(
            "And by the intercept?",
            -2,
            tolerance=0.005,
            hint="It is the mean of the errors.",
            because="The prices have the mean 2, and each error is minus a price.",
            wrong=[(2, "An error is prediction minus price."), (-8, "That is a sum.")],
        ),
        check=check,
    )


def changes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "linear-regression/changes",
        number(
            "Sizes are given in hundreds of square metres instead. What is the weight now?",
            300,
            hint="The predictions must stay as they are.",
            because="The numbers are a hundredth of before, so the weight is 100 times it.",
            wrong=[
                (0.03, "The numbers got smaller, so the weight must get larger."),
                (3, "Then a house of 80 square metres would add 3 · 0.8."),
            ],
        ),
        number(
            "Each house stands in the table twice. What is the weight now?",
            3,
            hint="What happens to the mean of the squares?",
            because="The mean of the squares is the same for each line, so the best one is, too.",
            wrong=[(6, "The examples are doubled, not the prices."), (1.5, "The mean stays.")],
        ),
        number(
            "10 is added to each size. What is the bias now?",
            20,
            hint="Each prediction grows by 3 · 10, unless the bias takes it away.",
            because="The slope stays 3, and the bias gives back 3 · 10.",
            wrong=[
                (50, "Then each prediction would be 30 higher."),
                (80, "The sizes grew, so the bias must shrink."),
                (40, "A size weighs 3, so 10 more of it are 30."),
            ],
        ),
        number(
            "The column of sizes stands in the table twice. Which weight does the shortest best "
            "vector give to each copy?",
            1.5,
            hint="The two weights must add up to 3. For which two are the squares smallest?",
            because="1.5² + 1.5² is 4.5; 3² + 0² would be 9.",
            wrong=[(3, "Then the size would count twice."), (0, "The size would not count.")],
        ),
        check=check,
    )
