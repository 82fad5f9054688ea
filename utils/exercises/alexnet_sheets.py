"""The answer fields of the page on AlexNet."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

SHARES = ("about 5 %", "about 50 %", "about 95 %")
FITS = {  # do 256 pixels fit, do 260?
    (True, True): "both fit",
    (True, False): "256 fits, 260 does not",
    (False, True): "260 fits, 256 does not",
    (False, False): "neither fits",
}


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "alexnet/predict",
        number(
            "How many places does the window have along one side?",
            55,
            hint="The last window begins at pixel 227 − 11. How many steps of 4 is that?",
            because="216 / 4 = 54 steps, and the first place makes 55.",
            wrong=[
                (54, "That is the number of steps; the first place counts as well."),
                (56, "227 / 4 leaves out that the window is 11 wide."),
                (57, "227 / 4 leaves out that the window is 11 wide."),
            ],
        ),
        choice(
            "AlexNet has 61 million parameters, in five convolutions and three fully connected "
            "layers. What share of them is in the fully connected ones?",
            SHARES,
            SHARES[2],
            hint="The first of them connects 9,216 numbers with 4,096 units.",
            because="9,216 · 4,096 alone are nearly 38 million.",
            wrong=[
                (SHARES[0], "A filter is small: it is used at many places."),
                (SHARES[1], "It was so lopsided even in LeNet."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "alexnet/by-hand",
        numbers(
            "Which four sides do the maps have after the first convolution, and after each of "
            "the three poolings?",
            [23, 11, 5, 2],
            hint="Subtract the window, divide by the stride, round down, add one.",
            because="89 / 4 is 22 and a remainder; 20 / 2 = 10, 8 / 2 = 4, 2 / 2 = 1; add one.",
            wrong=[
                ([22, 10, 4, 1], "The first place counts as well."),
                ([23, 12, 6, 3], "The windows of the poolings are 3 wide, without padding."),
            ],
        ),
        number(
            "How many parameters has the first convolution, with 96 filters and their biases?",
            34_944,
            hint="A filter has a weight for each pixel of its window and each colour.",
            because="96 · (11 · 11 · 3 + 1) = 34,944.",
            wrong=[
                (34_848, "These are the weights; each filter has a bias."),
                (11_712, "The photograph has three colours."),
            ],
        ),
        numbers(
            "What does LRN leave of 0, 6 and 8?",
            [0, 0.6, 0.8],
            hint="The root of the sum of squares of a channel and its neighbours divides it.",
            because="0 / 6 = 0, 6 / 10 and 8 / 10.",
            wrong=[
                ([0, 0.06, 0.08], "The root is missing."),
                ([0, 0.43, 0.57], "Sums of squares, not of numbers."),
            ],
        ),
        check=check,
    )


def settings_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "alexnet/settings",
        number(
            "With 224×224 pixels and padding 2, how many columns of the padded photograph do the "
            "windows of the first convolution miss?",
            1,
            hint="It is the remainder of a division by the stride.",
            because="224 + 4 − 11 = 217 = 54 · 4 + 1.",
            wrong=[(0, "217 is not a multiple of 4."), (3, "A remainder of 1 is 1 column.")],
        ),
        number(
            "With `groups=2`, how many weights, without biases, has the second convolution?",
            307_200,
            hint="A filter sees the maps of its own card.",
            because="256 filters · 48 maps · 25 = 307,200.",
            wrong=[
                (614_400, "That is without groups."),
                (153_600, "There are 256 filters in all, 128 a card."),
            ],
        ),
        choice(
            "Which photographs fit the first linear layer, those with sides of 256 or of 260?",
            list(FITS.values()),
            FITS[True, False],
            hint="For which 32 sides are the last maps 6×6?",
            because="From 227 to 258 pixels the last maps are 6×6.",
            wrong=[
                (FITS[False, False], "A floor makes the same 6 of 227 and of 258."),
                (FITS[True, True], "At 259 the last maps become 7×7."),
                (FITS[False, True], "At 259 the last maps become 7×7."),
            ],
        ),
        check=check,
    )
