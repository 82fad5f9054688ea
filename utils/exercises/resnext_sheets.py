"""The answer fields of the page on ResNeXt and grouped convolution."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "resnext/predict",
        number(
            "How many weights has the layer in 32 groups?",
            4_608,
            hint="A filter has kernels for the four channels of its own group alone.",
            because="Each of 128 filters has 4 kernels of 9 weights: 128 · 4 · 9.",
            wrong=[
                (147_456, "That is the layer without groups."),
                (144, "That is one group; there are 32."),
                (1_152, "Each filter sees four channels, and has a kernel for each."),
                (36, "That is one filter; there are 128."),
            ],
        ),
        choice(
            "Ten such layers in a row: can group 1 of the last hear group 2 of the first?",
            ["yes", "no"],
            "no",
            hint="What does group 1 of the second layer hear?",
            because="Group 1 hears group 1 of the layer before, and so on back to the first.",
            wrong=[("yes", "Nothing mixes the groups: each layer keeps them apart.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "resnext/by-hand",
        number(
            "How many input channels does one filter see?",
            3,
            hint="The 12 channels are split into 4 groups.",
            because="12 / 4 = 3, the second number in the shape of the weights.",
            wrong=[
                (12, "A filter sees its own group alone."),
                (4, "That is the number of groups."),
                (6, "The 12 input channels are split, and not the 24 filters."),
            ],
        ),
        number(
            "How many weights has the layer?",
            648,
            hint="There are 24 filters. How many kernels has each, of how many weights?",
            because="24 filters with 3 kernels of 9 weights each.",
            wrong=[
                (2_592, "That is the layer without groups."),
                (162, "That is one group; there are four."),
                (216, "Nine weights a kernel, three kernels a filter, 24 filters."),
            ],
        ),
        number(
            "How many multiply-adds does an image take?",
            64_800,
            hint="Padding 1 keeps the size. How often is each weight used?",
            because="648 weights, each at 10 · 10 places.",
            wrong=[
                (259_200, "That is the layer without groups."),
                (41_472, "With padding 1 there are 10 · 10 places."),
                (648, "Each weight is used at each place."),
            ],
        ),
        check=check,
    )


def heard_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "resnext/heard",
        number(
            "How many inputs reach one output, without a shuffle between the layers?",
            4,
            hint="How many channels has a group?",
            because="A group has 64 / 16 channels, and hears itself in both layers.",
            wrong=[(16, "That needs a shuffle."), (8, "Both layers hear the same four.")],
        ),
        number(
            "How many reach it with a shuffle between them?",
            16,
            hint="A group of the second layer hears four channels, each from another group.",
            because="Four channels, each of which has heard four inputs of its own.",
            wrong=[(64, "A group has four channels, so it hears four of 16 groups.")],
        ),
        number(
            "What is the largest number of groups with which a shuffle lets all 64 reach it?",
            8,
            hint="A group of the second layer needs a channel of each group of the first.",
            because="64 / g channels in a group must be at least g groups: 8 · 8 = 64.",
            wrong=[
                (4, "With 8 groups of 8 channels it still works."),
                (16, "A group then has four channels, for 16 groups."),
                (64, "Then a group is one channel, and hears one input."),
            ],
        ),
        check=check,
    )
