"""The answer fields of the page on the U-Net."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "u-net/predict",
        number(
            "How many rows has the smallest map?",
            8,
            hint="Halve 64, three times.",
            because="64, 32, 16, 8. A pixel of this map stands for 8×8 pixels of the picture.",
            wrong=[(16, "That is after two poolings."), (4, "That is after four poolings.")],
        ),
        choice(
            "Which of the three skips does the trained net miss most when it is cut?",
            ["the one at 64×64", "the one at 32×32", "the one at 16×16"],
            "the one at 64×64",
            hint="A border is one pixel wide. Which map still knows that pixel?",
            because="The map of 64×64 has not been pooled. Try it in the demo.",
            wrong=[
                ("the one at 32×32", "Two skips are left then, and the finest is among them."),
                ("the one at 16×16", "What it knows about places, the finer ones know better."),
            ],
        ),
    )


def sizes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "u-net/sizes",
        number(
            "How many rows has the map at the bottom, after its two convolutions?",
            8,
            hint="Two convolutions of 3×3 take 4 rows, a pooling halves.",
            because="60 − 4 = 56, halved 28, − 4 = 24, halved 12, − 4 = 8.",
            wrong=[(15, "That is with padding."), (12, "Its two convolutions take 4 more.")],
        ),
        number(
            "How many rows has what comes out?",
            20,
            hint="Up from the bottom: doubled, less 4, at each of two levels.",
            because="8 · 2 − 4 = 12, and 12 · 2 − 4 = 20.",
            wrong=[(60, "That is with padding."), (24, "Its two convolutions take 4 more.")],
        ),
        number(
            "How many rows are cut off the first kept map, at the top?",
            16,
            hint="It has 56 rows. How many has the map that it is joined to?",
            because="56 rows meet 24: 32 too many, 16 at either end.",
            wrong=[(32, "A half of them is cut at the bottom."), (18, "Joined is before the −4.")],
        ),
        check=check,
    )


def dice_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "u-net/dice",
        number(
            "What is the Dice score?",
            0.75,
            hint="Twice the probabilities at object pixels, over the sum of all eight numbers.",
            because="2 · (0.9 + 0.6) / (2 + 2) = 0.75.",
            wrong=[(0.25, "That is the loss."), (1.5, "Divide by Σp + Σt = 4, not by 2.")],
        ),
        number(
            "What is the slope of the loss by the first probability, to four decimals?",
            -0.3125,
            hint="t is 1 there, and s = 4: −(2 − D) / 4.",
            because="−(2 − 0.75) / 4 = −0.3125: the loss falls as this p grows.",
            wrong=[
                (0.3125, "A larger p at an object pixel lowers the loss."),
                (-0.5, "The denominator grows with p, too: D / s comes back."),
            ],
        ),
        number(
            "And by the third, to four decimals?",
            0.1875,
            hint="t is 0 there: D / s.",
            because="0.75 / 4 = 0.1875.",
            wrong=[(-0.1875, "A larger p at a background pixel raises the loss.")],
        ),
        check=check,
    )
