"""The answer fields of the page on conditioning and second-order methods."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]

LEFT = ("about 0.01", "about 0.044", "about 0.09")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "conditioning-and-second-order/predict",
        number(
            "The loss is ½ w₁² + 50 w₂². You take the learning rate 1/100, at which `w2` arrives "
            "with one step. Which share of `w1` is left after that step?",
            0.99,
            hint="The slope along w₁ is w₁ itself.",
            because="The step takes a hundredth of w₁ away, and the flat direction creeps.",
            wrong=[
                (0, "That is what is left of w₂."),
                (0.01, "That is the share that the step takes away."),
            ],
        ),
        number(
            "Two columns of data have mean 0, variance 1 and the correlation 0.9. The loss of a "
            "linear model then has the second derivatives [[1, 0.9], [0.9, 1]]. How many times as "
            "large as its smallest curvature is its largest?",
            19,
            hint="Multiply the matrix by (1, 1), and by (1, −1).",
            because="The curvatures are 1.9 and 0.1.",
            wrong=[
                (1, "Equal variances do not make all curvatures equal."),
                (1.9, "That is the largest curvature. Divide by the smallest."),
                (10, "Divide 1 + 0.9 by 1 − 0.9."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return exercise 1: a bowl, and two correlated columns."""
    return Answers(
        "conditioning-and-second-order/by-hand",
        number(
            "What is the condition number of the bowl?",
            49,
            hint="Divide the largest curvature by the smallest.",
            because="The curvatures are 1 and 49.",
            wrong=[(24.5, "w₁² has a factor ½, too."), (7, "No root is taken.")],
        ),
        number(
            "A step keeps a share of each of the two directions. With which learning rate is the "
            "larger share as small as possible?",
            0.04,
            hint="2 divided by the sum of the curvatures.",
            because="2 / (1 + 49) = 0.04.",
            wrong=[
                (2 / 49, "That is the bound from which on it diverges."),
                (1, "Then w₂ is multiplied by 1 − 49."),
            ],
        ),
        number(
            "How large is that share then?",
            0.96,
            hint="Multiply 1 by 1 minus the rate, or use the condition number.",
            because="48 / 50 = 0.96, in both directions.",
            wrong=[(0.04, "That is the share that is lost.")],
        ),
        number(
            "The two columns: what is the condition number of their covariance?",
            4,
            hint="The curvatures are 1 + r and 1 − r.",
            because="1.6 / 0.4 = 4.",
            wrong=[(1, "That needs columns without correlation.")],
        ),
        number(
            "Which share of the distance does a step keep there, at its best rate?",
            0.6,
            hint="Put the condition number into the formula.",
            because="3 / 5 = 0.6, the correlation itself.",
            wrong=[(0.4, "That is the share that is lost.")],
        ),
        check=check,
    )


def squares_sheet(check: Check) -> Answers:
    """Return exercise 2: how Newton's error shrinks, beside gradient descent's."""
    return Answers(
        "conditioning-and-second-order/squares",
        number(
            "How far from 1 is w after one step?",
            0.01,
            tolerance=1e-6,
            hint="A step leads to 2w − w².",
            because="0.1² = 0.01.",
            wrong=[(0.05, "The error is squared, not halved."), (0.99, "That is w itself.")],
        ),
        number(
            "And after two?",
            1e-4,
            tolerance=1e-8,
            hint="Square it once more.",
            because="0.01² = 0.0001.",
            wrong=[(0.001, "The error is squared each time, not divided by ten.")],
        ),
        number(
            "And after three?",
            1e-8,
            tolerance=1e-12,
            hint="Square it once more.",
            because="0.0001² is a hundred millionth: the number of right digits doubles.",
            wrong=[(1e-6, "The error is squared each time, not divided by a hundred.")],
        ),
        choice(
            "How far from 1 does one step of gradient descent with the rate 0.5 lead, from 0.9?",
            LEFT,
            LEFT[1],
            hint="The slope at 0.9 is 1 − 1/0.9, about −0.11.",
            because="The step is about 0.056 long, half of the slope.",
            wrong=[
                (LEFT[0], "That is Newton's step, which knows the curvature."),
                (LEFT[2], "The step is half of the slope, about 0.056."),
            ],
        ),
        check=check,
    )
