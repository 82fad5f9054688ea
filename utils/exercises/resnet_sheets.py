"""The answer fields of the page on residual networks."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "resnet/predict",
        number(
            "Which slope have the three layers together?",
            0.001,
            hint="The chain rule multiplies the three slopes.",
            because="0.1 · 0.1 · 0.1: a nudge of 1 arrives as a thousandth.",
            wrong=[(0.3, "Slopes one after the other are multiplied."), (0.1, "There are three.")],
        ),
        number(
            "Let each layer add its output to its input. Which slope have the three now?",
            1.331,
            hint="What goes in comes out, and a tenth of the nudge more: the slope is 1.1.",
            because="1.1 · 1.1 · 1.1 = 1.331: nothing is lost on the way.",
            wrong=[
                (1.001, "Each layer adds to its own input, one after the other."),
                (1.3, "The slopes of 1.1 are multiplied."),
                (0.001, "That is without the sums."),
            ],
        ),
    )


def ways_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "resnet/ways",
        number(
            "How many ways lead through the four blocks?",
            16,
            hint="At each block a way has two choices.",
            because="Two choices, four times: 2 · 2 · 2 · 2.",
            wrong=[(8, "That is three blocks."), (4, "A way can take several branches.")],
        ),
        number(
            "Which slope have the four blocks together (two decimals)?",
            5.06,
            hint="What is the slope of one block, shortcut and branch together?",
            because="Each has 1 + 0.5, and 1.5 · 1.5 · 1.5 · 1.5 = 5.0625.",
            wrong=[
                (0.06, "That is without shortcuts."),
                (0.0625, "That is without shortcuts."),
                (3, "The slopes are multiplied."),
                (6, "The slopes are multiplied."),
            ],
            tolerance=0.01,
        ),
        number(
            "How much of it comes from the ways through exactly two branches?",
            1.5,
            hint="In how many ways can you choose two blocks of four?",
            because="Six ways, each with 0.5 · 0.5.",
            wrong=[(0.25, "That is one such way."), (1, "There are six such ways.")],
        ),
        check=check,
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "resnet/by-hand",
        number(
            "How many weights has the branch?",
            245_760,
            hint="1×1 from 256 to 128, 3×3 from 128 to 128, 1×1 from 128 to 512.",
            because="32,768 + 147,456 + 65,536.",
            wrong=[
                (376_832, "The shortcut is asked for on its own."),
                (212_992, "The block gets 256 channels, and gives 512."),
                (114_688, "The middle kernel has nine weights for each pair of channels."),
            ],
        ),
        number(
            "How many weights has the shortcut?",
            131_072,
            hint="Which layer makes 512 channels of 256?",
            because="A 1×1 convolution: 256 · 512.",
            wrong=[
                (0, "The shapes differ, so the identity does not fit."),
                (1_179_648, "A projection is a 1×1 convolution."),
            ],
        ),
        number(
            "How many multiply-adds has the first 1×1, with the stride in the 3×3?",
            25_690_112,
            hint="Each weight is used once at each place. How many places has the first layer?",
            because="32,768 weights at 28 · 28 places.",
            wrong=[
                (6_422_528, "The sides are halved behind it, by the 3×3."),
                (32_768, "Each weight is used at each place."),
            ],
        ),
        check=check,
    )
