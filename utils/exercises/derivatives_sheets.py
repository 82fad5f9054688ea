"""The answer fields of the page on derivatives and sub-derivatives."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
HUNDRED = "100 times smaller"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "derivatives/predict",
        choice(
            "The slope of sin x at 1 is measured as (sin(1 + h) − sin(1)) / h with 64-bit floats, "
            "which have about 16 digits. Which step h gives the most correct digits?",
            ["10⁻²", "10⁻⁸", "10⁻¹⁵"],
            "10⁻⁸",
            hint="How many digits do sin(1 + h) and sin(1) share if h is tiny?",
            because="Half of the sixteen digits is about the most there is.",
            wrong=[
                ("10⁻²", "A smaller step brings more digits, up to a point."),
                ("10⁻¹⁵", "The two sines share nearly all their digits, and hardly one is left."),
            ],
        ),
        number(
            "|x| has a corner at 0. What is (|h| − |−h|) / 2h there, for a tiny h?",
            0,
            hint="Which of the two absolute values is larger?",
            because="Both are the same: the difference does not see the corner.",
            wrong=[
                (1, "That is the slope on the right, with one step: |h| / h."),
                (-1, "That is the slope on the left."),
                (0.5, "Put a number in: h = 0.1."),
            ],
        ),
        choice(
            "And what will torch say is the slope of |x| at 0?",
            ["−1", "0", "1", "nothing, it raises an error"],
            "0",
            hint="It returns a number, and takes no side.",
            because="It picks one of the many slopes that touch the corner, the one nearest to 0.",
            wrong=[
                ("nothing, it raises an error", "That would be honest, but it answers."),
                ("1", "That is the slope on the right."),
                ("−1", "That is the slope on the left."),
            ],
        ),
    )


def slopes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "derivatives/slopes",
        number(
            "What is the slope of x³ − 2x at 2?",
            10,
            hint="Differentiate both terms by the power rule.",
            because="3 · 4 − 2.",
            wrong=[(12, "The second term has a slope as well."), (4, "That is the value.")],
        ),
        number(
            "What is the slope of x · exp(x) at 0?",
            1,
            hint="It is a product: two terms.",
            because="exp(x) + x · exp(x), and the second term is 0 there.",
            wrong=[(0, "The product rule has a second term, exp(x).")],
        ),
        number(
            "What is the slope of log(3x) at 2?",
            0.5,
            tolerance=0.0051,
            hint="A chain: the slope inside is 3.",
            because="3 / (3x) is 1 / x.",
            wrong=[(1 / 6, "Multiply by the slope of what stands inside.")],
        ),
        number(
            "What is the slope of sin(x²) at 0?",
            0,
            hint="A chain again: the slope inside is 2x.",
            because="2x · cos(x²) has the factor 0.",
            wrong=[(1, "Multiply by the slope of what stands inside.")],
        ),
        number(
            "What is the slope of 1/x at −2?",
            -0.25,
            tolerance=0.0051,
            hint="The power rule with n = −1.",
            because="−1 / x² is −1/4.",
            wrong=[(0.25, "The power comes down with its sign."), (-0.5, "That is the value.")],
        ),
        numbers(
            "The larger of 2x and −x has a corner at 0. What are the smallest and the largest of "
            "its sub-derivatives there?",
            (-1, 2),
            hint="What is the slope on the left, what on the right?",
            because="−x on the left, 2x on the right, and everything between touches from below.",
            wrong=[
                ((0, 2), "On the left −x is the larger one."),
                ((2, -1), "The smallest first."),
            ],
        ),
        check=check,
    )


def differences_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "derivatives/differences",
        number(
            "What is the forward difference of x² at 3 with the step 0.5?",
            6.5,
            hint="3.5² is 12.25.",
            because="3.25 / 0.5, which is 2x + h.",
            wrong=[(6, "That is the derivative."), (3.25, "Divide by the step.")],
        ),
        number(
            "And the central difference, with the same step to both sides?",
            6,
            hint="2.5² is 6.25.",
            because="6 / 1: of a parabola the central difference has no truncation error.",
            wrong=[(12, "The two points lie two steps apart."), (6.5, "That is the forward one.")],
        ),
        number(
            "What is the central difference of max(x, 0) at 0 with the step 0.001?",
            0.5,
            hint="One of the two values is 0.",
            because="0.001 / 0.002, a slope that the function has nowhere.",
            wrong=[(0, "Right of 0 it is not 0."), (1, "That is the slope on the right.")],
        ),
        number(
            "In float64, what is (sin(x + h) − sin(x)) / h for x = 1 and h = 1e-17?",
            0,
            hint="Which float is 1 + 1e-17?",
            because="1 + 1e-17 is rounded to 1.",
            wrong=[(0.54, "That is the derivative, cos(1). But x + h is x here.")],
        ),
        choice(
            "Where truncation dominates, you make the step of a central difference ten times "
            "smaller. What becomes of its error?",
            ["10 times smaller", "20 times smaller", HUNDRED],
            HUNDRED,
            hint="It grows like the square of the step.",
            because="10 · 10: its order is 2.",
            wrong=[
                ("10 times smaller", "That is true of the forward difference."),
                ("20 times smaller", "Square the ten."),
            ],
        ),
        check=check,
    )
