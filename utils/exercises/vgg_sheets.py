"""The answer fields of the page on VGG."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "vgg/predict",
        choice(
            "How many of VGG-16's parameters lie in its three dense layers?",
            ["about a tenth", "about a third", "about nine tenths"],
            "about nine tenths",
            hint="The first dense layer has 512 · 7 · 7 inputs and 4,096 outputs.",
            because="The first dense layer alone has 25,088 · 4,096 weights, over 100 million.",
            wrong=[
                ("about a tenth", "That is the share of the thirteen convolutions."),
                ("about a third", "The first dense layer alone has more than all convolutions."),
            ],
        ),
        number(
            "Three layers of 3×3 see 7×7 pixels. How many weights have they, with one channel?",
            27,
            hint="A layer has nine, if biases are left out.",
            because="Three times nine (biases left out), where one layer of 7×7 has 49.",
            wrong=[
                (49, "That is one layer of 7×7."),
                (9, "That is one layer."),
                (21, "Each layer has 3 · 3 weights."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "vgg/by-hand",
        number(
            "How many channels come out of the block?",
            32,
            hint="Which layer of the block changes the number of channels?",
            because="The first convolution makes 32 of 16; the rest of the block keeps them.",
            wrong=[(16, "That many go in."), (96, "The convolutions follow each other.")],
        ),
        number(
            "How many pixels has a side of what comes out?",
            14,
            hint="Padding keeps the size. What does the pooling do?",
            because="The convolutions keep 28, and the pooling halves it.",
            wrong=[
                (28, "The block ends with pooling."),
                (7, "A block halves the side once."),
                (11, "With padding 1 the convolutions keep the size."),
            ],
        ),
        number(
            "How many parameters has the block, biases included?",
            23_136,
            hint="The first layer has 32 · 16 · 9 weights, the others 32 · 32 · 9 each.",
            because="4,608 + 32, and twice 9,216 + 32. Pooling and ReLU learn nothing.",
            wrong=[
                (23_040, "That leaves out the biases."),
                (27_744, "The first layer sees 16 channels."),
                (13_920, "Two of the three layers see 32 channels."),
            ],
        ),
        check=check,
    )


def larger_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "vgg/larger",
        number(
            "How many times as many weights have the convolutions?",
            1,
            hint="Does a kernel know how large its image is?",
            because="A kernel is used at more places, and stays the same.",
            wrong=[(4, "A convolution shares its weights."), (2, "A kernel keeps its size.")],
        ),
        number(
            "How many times as many multiply-adds do the convolutions take?",
            4,
            hint="Each weight is used once at each place.",
            because="Twice the height and twice the width make four times the places.",
            wrong=[(2, "Height and width both double."), (1, "There are more places.")],
        ),
        number(
            "How many times as many weights has the first dense layer?",
            4,
            hint="How many numbers does the last block hand over?",
            because="It gets 512 · 14 · 14 numbers in place of 512 · 7 · 7.",
            wrong=[
                (1, "A dense layer has a weight for each number that comes in."),
                (2, "Height and width of the last maps both double."),
                (16, "Its number of units stays as it is."),
            ],
        ),
        check=check,
    )
