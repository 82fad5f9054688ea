"""The answer fields of the page on underfitting and overfitting."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

DEGREES = ("degree 1", "degree 3", "degree 9")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "underfitting-overfitting/predict",
        number(
            "A polynomial of degree 9 is fitted to ten noisy points by least squares. "
            "How large is its mean squared error on these ten points?",
            0,
            hint="It has ten weights, from the constant up to that of the ninth power.",
            because="Ten weights can meet ten points, whatever their heights.",
        ),
        choice(
            "The demo below has ten such points. Which polynomial comes nearest to new points "
            "of the same source?",
            DEGREES,
            DEGREES[1],
            hint="The points follow a wave with one valley and one hill.",
            because="A line cannot bend as the wave does, and degree 9 bends after the noise.",
            wrong=[
                (DEGREES[0], "A line has neither valley nor hill."),
                (
                    DEGREES[2],
                    "It meets the old points, noise included. New ones have other noise.",
                ),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "underfitting-overfitting/by-hand",
        numbers(
            "Which training errors do the degrees 0, 1 and 2 reach?",
            [2, 0.5, 0],
            hint="The constant is the mean. The slope of the line is half of 3 − 0.",
            because="The squares add up to 6, to 1.5 and to 0, and there are three points.",
            wrong=[([6, 1.5, 0], "These are the sums. The error is a mean.")],
        ),
        numbers(
            "A new point has x = 2 and y = 2. Which squared errors do the three make there?",
            [0, 9, 4],
            hint="The line is 2 + 1.5 x, and the parabola 3 + 1.5 x − 1.5 x².",
            because="The three say 2, 5 and 0.",
            wrong=[([0, 3, 2], "These are the errors. Square them.")],
        ),
        check=check,
    )


def expected_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "underfitting-overfitting/expected",
        numbers(
            "Which errors are expected on the 30 old points, and on new ones at the same places?",
            [0.072, 0.108],
            hint="A polynomial of degree 5 has p = 6 weights.",
            because="0.09 · (1 − 6/30) and 0.09 · (1 + 6/30).",
            wrong=[
                ([0.075, 0.105], "Degree 5 has six weights, with the constant."),
                ([0.108, 0.072], "The old points are those that the weights were fitted to."),
            ],
        ),
        number(
            "How many points make the gap between the two as small as 0.009?",
            120,
            hint="The gap is 2 · 0.09 · 6 / n.",
            because="1.08 / n = 0.009.",
            wrong=[(60, "The gap is twice the variance part."), (100, "Six weights, not five.")],
        ),
        check=check,
    )
