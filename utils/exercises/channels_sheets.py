"""The answer fields of the page on channels."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "channels/predict",
        number(
            "How many channels come out of the layer?",
            10,
            hint="Each filter makes one picture of its own.",
            because="One channel comes out for each filter, whatever goes in.",
            wrong=[
                (30, "A filter adds up what it finds in red, green and blue."),
                (3, "The channels that come out need not be colours."),
            ],
        ),
        number(
            "How many numbers does the layer learn, biases included?",
            760,
            hint="A filter has weights for each of the three channels.",
            because="A filter has 5 · 5 · 3 = 75 weights and one bias, and there are ten.",
            wrong=[
                (750, "That leaves out the biases."),
                (260, "That would be right for a grey picture."),
                (780, "A filter has one bias, which is not repeated for each channel."),
                (250, "A filter has weights for each of the three channels, and a bias."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "channels/by-hand",
        number(
            "What is the first output channel of the pixel?",
            1,
            hint="Multiply the row (1, 0, −1) with the channels, add up, and add the bias.",
            because="1 · 4 + 0 · 2 − 1 · 3 + 0 = 1.",
            wrong=[(7, "The third weight is negative."), (2, "The bias of this channel is 0.")],
        ),
        number(
            "What is the second output channel of the pixel?",
            4,
            hint="Half of 4, half of 2, and the bias.",
            because="0.5 · 4 + 0.5 · 2 + 0 · 3 + 1 = 4.",
            wrong=[(3, "The bias is still to be added."), (5.5, "The weight of the 3 is 0.")],
        ),
        number(
            "How many parameters has the layer?",
            8,
            hint="Count the entries of both rows, and the biases.",
            because="Two rows of three weights, and two biases.",
            wrong=[
                (6, "The biases are parameters as well."),
                (9, "Two filters have two rows."),
            ],
        ),
        check=check,
    )


def doubled_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "channels/doubled",
        number(
            "With twice the channels on both sides, how many times as many weights are there?",
            4,
            hint="Each filter gets twice as many weights, and there are twice as many filters.",
            because="Twice as many filters, each with twice as many weights.",
            wrong=[(2, "That is so if one side is doubled."), (8, "The kernels keep their size.")],
        ),
        number(
            "With the smaller picture as well, how many times as many multiply-adds are there?",
            1,
            hint="How many places are left for a filter?",
            because="Four times as many weights are used at a quarter of the places.",
            wrong=[
                (2, "Height and width are both halved."),
                (4, "Multiply-adds depend on the picture."),
                (0.25, "There are more weights as well."),
            ],
        ),
        check=check,
    )
