"""The answer fields of the page on dropout."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

SMALLER, SAME, LARGER = "smaller", "the same", "larger"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "dropout/predict",
        numbers(
            "Each of 4, 2 and 6 is set to 0 with probability one half, and what stays is scaled "
            "up so that the mean of each number stays what it was. The coins drop the 2. "
            "Which three numbers come out?",
            [8, 0, 12],
            hint="The mean of 0 and of what comes out for 4 must be 4.",
            because="The mean of 0 and 8 is 4, so what stays is doubled.",
            wrong=[
                ([4, 0, 6], "Then the mean of 4 would be 2."),
                ([6, 0, 9], "What stays is divided by 1 − ½, so it is doubled."),
            ],
        ),
        choice(
            "The three numbers then go into max(0, 4 − 2 + 6 − 8), and many masks are tried. How "
            "does the mean of the outputs compare with the output when nothing is dropped?",
            [SMALLER, SAME, LARGER],
            LARGER,
            hint="Without dropout it is 0. Can an output be negative?",
            because="No output is below 0, and some are above: 8 + 12 − 8 is 12, for example.",
            wrong=[
                (SMALLER, "Without dropout the output is 0, and no output is below 0."),
                (SAME, "That holds without the maximum. It cuts off what lies below 0."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "dropout/by-hand",
        numbers(
            "Dropout with p = ¼ meets 3, −2, −6 and 9, and drops the second. What comes out?",
            [4, 0, -8, 12],
            hint="Divide by 1 − ¼.",
            because="3, −6 and 9 are divided by ¾.",
            wrong=[
                ([3, 0, -6, 9], "What stays has to be scaled."),
                ([12, 0, -24, 36], "Divide by 1 − p, the probability to stay."),
            ],
        ),
        number(
            "What is the mean of the fourth number, over many masks?",
            9,
            hint="It is 12 in three of four cases, and 0 in one.",
            because="¾ of 12 is 9: the mean is what it was.",
            wrong=[(12, "In one of four cases it is 0.")],
        ),
        number(
            "And its variance?",
            27,
            hint="The mean of the squares is ¾ · 144.",
            because="108 − 81 is 27, or ⅓ of 81.",
            wrong=[(108, "Subtract the square of the mean."), (20.25, "Divide ¼ by ¾ first.")],
        ),
        number(
            "With which probability are all four dropped?",
            1 / 256,
            tolerance=0.00006,
            hint="Each is dropped with ¼, independent of the others.",
            because="¼ · ¼ · ¼ · ¼ is 1/256.",
            wrong=[(1 / 16, "That is for two of them."), (0.316, "That is for none of them.")],
        ),
        check=check,
    )


def behind_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "dropout/behind",
        number(
            "Two units give 2 and 3, with dropout of p = ½ behind them. Then comes "
            "`relu(h1 - h2)`. What is the output in evaluation mode?",
            0,
            hint="Nothing is dropped.",
            because="2 − 3 is negative.",
            wrong=[(-1, "ReLU cuts off what is negative.")],
        ),
        number(
            "What is the mean of the output over the four masks in training mode?",
            1,
            hint="What stays is doubled. Which mask gives a positive difference?",
            because="4 comes out if the second unit is dropped alone, in one of four cases.",
            wrong=[
                (0, "One of the four masks leaves 4 − 0."),
                (0.5, "What stays is doubled: 4 rather than 2."),
            ],
        ),
        check=check,
    )
