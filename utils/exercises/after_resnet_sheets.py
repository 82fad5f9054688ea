"""The answer fields of the page on networks after ResNet."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "after-resnet/predict",
        number(
            "How many channels are there after six such layers?",
            256,
            hint="Each layer leaves what it has read, and puts 32 channels on top.",
            because="64 + 6 · 32 = 256: nothing is replaced, and each layer adds 32.",
            wrong=[
                (32, "The old channels stay."),
                (192, "That leaves out the 64 that came in."),
                (96, "That is after one layer."),
            ],
        ),
        choice(
            "A 1×1 convolution before each 3×3 convolution squeezes what a layer reads to 128 "
            "channels. Which layers does that make lighter?",
            ["all of them", "the late ones, which read much", "the early ones, which read little"],
            "the late ones, which read much",
            hint="The squeezing convolution has weights of its own, and so has the 3×3 after it.",
            because="The 3×3 behind 128 channels costs 36,864 weights, however little was read.",
            wrong=[
                ("all of them", "One that reads few channels is squeezed for nothing."),
                ("the early ones, which read little", "There the 3×3 alone is lighter."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "after-resnet/by-hand",
        number(
            "How many channels does the fourth layer read?",
            40,
            hint="Three layers have added their channels before it.",
            because="16 came in, and three layers have added 8 each.",
            wrong=[
                (48, "That is what the fourth layer leaves."),
                (16, "Three layers have added."),
            ],
        ),
        number(
            "How many weights has the fourth layer as a single 3×3 convolution?",
            2880,
            hint="Channels read times channels made times nine.",
            because="40 · 8 · 9.",
            wrong=[(320, "A 3×3 kernel has nine weights."), (3456, "It reads 40 channels.")],
        ),
        number(
            "And how many with a 1×1 convolution to 32 channels before the 3×3?",
            3584,
            hint="Two products: 40 to 32 channels with one weight each, 32 to 8 with nine.",
            because="40 · 32 + 32 · 8 · 9 = 1,280 + 2,304: here squeezing does not pay.",
            wrong=[
                (2304, "The 1×1 convolution has weights as well."),
                (1280, "The 3×3 convolution has weights as well."),
                (13_824, "The 1×1 convolution has one weight a pair of channels."),
            ],
        ),
        check=check,
    )


def gates_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "after-resnet/gates",
        number(
            "The second layer's weights and biases are all 0. Which number is every gate?",
            0.5,
            hint="What does the sigmoid make of 0?",
            because="The sums are 0, and the sigmoid of 0 is a half.",
            wrong=[(0, "A sigmoid comes last."), (1, "The sigmoid gets near 1 for large sums.")],
        ),
        choice(
            "All maps are rolled: they move by two columns, and what leaves on the right comes in "
            "on the left. Do the gates change?",
            ["yes", "no"],
            "no",
            hint="What does the gate know of a map?",
            because="A gate sees the means, and a mean does not ask where its numbers stand.",
            wrong=[("yes", "The numbers of a map are the same, and so is their mean.")],
        ),
        choice(
            "All maps are doubled, with weights other than 0. Do the gates change in general?",
            ["yes", "no"],
            "yes",
            hint="Are the means the same as before?",
            because="All means double, so the sums behind them move, and the gates with them.",
            wrong=[("no", "A gate sees means, and each is twice as large.")],
        ),
        check=check,
    )
