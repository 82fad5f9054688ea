"""The answer fields of the page on network in network."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "nin/predict",
        number(
            "How many weights has one dense layer that reads all of these numbers?",
            96_000,
            hint="How many numbers come in? Each has a weight for each class.",
            because="384 · 5 · 5 = 9,600 numbers come in, and each has ten weights.",
            wrong=[
                (9_600, "Each of these numbers has a weight for each of ten classes."),
                (3_840, "It reads each place of a map by itself."),
            ],
        ),
        number(
            "A 1×1 convolution makes one map for each class, and a class's score is the mean of "
            "its map. How many weights are there now?",
            3_840,
            hint="A window of one pixel has a weight for each channel. Has a mean any?",
            because="384 · 10 for the convolution, and a mean has none.",
            wrong=[
                (96_000, "A convolution shares its weights among the places."),
                (384, "There are ten class maps."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "nin/by-hand",
        number(
            "How many parameters has the convolution?",
            614_656,
            hint="256 filters, each with 96 windows of 25 weights, and a bias.",
            because="256 · (96 · 25 + 1).",
            wrong=[
                (614_400, "That leaves out the biases."),
                (1_638_656, "96 channels come in."),
            ],
        ),
        number(
            "How many parameters have the two 1×1 layers together?",
            131_584,
            hint="Each has 256 · 256 weights, and 256 biases.",
            because="Twice 256 · (256 + 1).",
            wrong=[
                (65_792, "There are two of them."),
                (131_072, "That leaves out the biases."),
                (90_624, "The first of the two sees 256 channels as well."),
            ],
        ),
        number(
            "How many pixels has a side of what comes out?",
            26,
            hint="A window of 5, and two more pixels at each end.",
            because="26 + 4 − 5 + 1, and a 1×1 layer keeps the size.",
            wrong=[(22, "Padding adds two at each end."), (30, "The window takes four again.")],
        ),
        check=check,
    )


def larger_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "nin/larger",
        number(
            "How many numbers has a side of the class maps?",
            12,
            hint="Windows of 11 in steps of 4, then three times windows of 3 in steps of 2.",
            because="448, 110, 54, 26, 12. The other layers keep the size.",
            wrong=[
                (10, "Twice 5, but the windows at the rim count as well."),
                (5, "That is the side for images of 224×224."),
                (13, "The sides are rounded down."),
            ],
        ),
        number(
            "How many times as many parameters has the network?",
            1,
            hint="Is the size of the image in the shape of one of its weights?",
            because="Kernels are used at more places, and the mean has no weights.",
            wrong=[(4, "No layer would have more."), (2, "A kernel keeps its size.")],
        ),
        number(
            "One number of a class map rises by 1. Then the class's score rises by one over which "
            "number?",
            144,
            hint="Over how many numbers goes the mean?",
            because="The mean goes over 12 · 12 numbers.",
            wrong=[(25, "That is for images of 224×224."), (12, "A map has two sides.")],
        ),
        check=check,
    )
