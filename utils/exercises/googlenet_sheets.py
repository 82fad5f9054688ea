"""The answer fields of the page on GoogLeNet."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "googlenet/predict",
        choice(
            "How many weights has the block, which holds a 3×3 and a 5×5 layer as well?",
            ["about 160 thousand", "about 620 thousand", "about 1.7 million"],
            "about 160 thousand",
            hint="A layer is cheap if few channels go into it.",
            because="1×1 layers cut the 192 channels down before the larger kernels read them.",
            wrong=[
                (
                    "about 620 thousand",
                    "The larger kernels read few channels.",
                ),
                (
                    "about 1.7 million",
                    "That is both layers as large as above.",
                ),
            ],
        ),
        number(
            "How many of GoogLeNet's 57 convolutions and one dense layer lie on its longest path?",
            22,
            hint="Three convolutions come first. In each of nine blocks, two lie in a row.",
            because="Three, then two in each of nine blocks, then the dense layer.",
            wrong=[
                (58, "Paths of a block lie beside each other, and count once."),
                (21, "The dense layer at the end counts as well."),
                (13, "A path of a block can cross two convolutions."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "googlenet/by-hand",
        number(
            "How many channels come out of the block?",
            480,
            hint="The last layer of each path counts.",
            because="128 + 192 + 96 + 64 lie one behind the other.",
            wrong=[
                (640, "The 1×1 layers inside the paths hand nothing on to the outside."),
                (256, "That many go in."),
                (192, "The paths are put side by side. The widest does not win."),
            ],
        ),
        number(
            "How many weights has its 5×5 path?",
            84_992,
            hint="First 256 → 32 with 1×1, then 32 → 96 with 5×5.",
            because="256 · 32 + 25 · 32 · 96.",
            wrong=[
                (76_800, "The 1×1 layer has weights as well."),
                (614_400, "The 5×5 layer reads 32 channels."),
                (35_840, "A 5×5 kernel has 25 weights for each pair of channels."),
            ],
        ),
        number(
            "How many would the 5×5 path have without its 1×1 layer?",
            614_400,
            hint="Then the 5×5 layer reads all 256 channels.",
            because="25 · 256 · 96, about seven times as many.",
            wrong=[(76_800, "Without the 1×1 layer, 256 channels go in.")],
        ),
        check=check,
    )


def changes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "googlenet/changes",
        number(
            "All numbers of channels of a block double: how many times as many weights?",
            4,
            hint="A weight joins one channel that comes in and one that goes out.",
            because="In each layer twice as many channels go in, and twice as many come out.",
            wrong=[
                (2, "Channels in and channels out both double."),
                (8, "Kernels keep their size."),
            ],
        ),
        number(
            "The pooling path of block 3b loses its 1×1 layer: how many channels come out?",
            672,
            hint="Pooling keeps the number of channels.",
            because="128 + 192 + 96, and all 256 that came in.",
            wrong=[
                (480, "The pooling path then hands on all that it reads."),
                (416, "The path itself stays, and pooling hands on its channels."),
            ],
        ),
        number(
            "The three losses are 2, 3 and 4, the first one at the end: what is the whole loss?",
            4.1,
            hint="The two others count 0.3 times.",
            because="2 + 0.3 · (3 + 4).",
            wrong=[
                (9, "The two others count less."),
                (2.1, "The loss at the end counts in full."),
            ],
        ),
        check=check,
    )
