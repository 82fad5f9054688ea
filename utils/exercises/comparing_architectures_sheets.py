"""The answer fields of the page on comparing architectures."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "comparing-architectures/predict",
        choice(
            "AlexNet has 61 million parameters, ResNet-18 has 12. Which takes more multiply-adds?",
            ["AlexNet", "ResNet-18", "both as many"],
            "ResNet-18",
            hint="Where does a network use its weights more often than once?",
            because="ResNet-18 takes more than twice as many: it uses each weight far more often.",
            wrong=[
                ("AlexNet", "Most of its weights are in dense layers, and used once."),
                ("both as many", "A weight of a convolution is used at each place."),
            ],
        ),
        choice(
            "Two layers take the same number of multiply-adds. Do they take the same time?",
            ["yes, nearly", "that depends on the layers"],
            "that depends on the layers",
            hint="Numbers have to be read and written as well.",
            because="A layer may spend most of its time on moving numbers.",
            wrong=[("yes, nearly", "The page times five layers of equal cost.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "comparing-architectures/by-hand",
        number(
            "How many weights has it?",
            73_728,
            hint="Each of the 128 kernels has 64 · 3 · 3 of them.",
            because="128 · 64 · 9 = 73,728.",
            wrong=[(73_856, "That is with biases."), (8192, "A kernel has nine places.")],
        ),
        number(
            "How many multiply-adds does it take for an image?",
            57_802_752,
            hint="Padding 1 keeps the size. How many numbers come out?",
            because="73,728 weights at 28 · 28 places.",
            wrong=[
                (49_840_128, "Padding 1 keeps the size of 28×28."),
                (115_605_504, "A multiply-add counts as one here."),
            ],
        ),
        number(
            "How many multiply-adds are that for each weight?",
            784,
            hint="How often is a weight used for an image?",
            because="Each weight is used once at each of the 28 · 28 places.",
            wrong=[(9, "A kernel has nine places, but a map has more.")],
        ),
        check=check,
    )


def hooks_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "comparing-architectures/hooks",
        number(
            "What does it give for `nn.Sequential(layer, nn.ReLU(), layer)`?",
            128,
            hint="How often does the hook fire?",
            because="The layer runs twice, with 64 multiply-adds each time.",
            wrong=[(64, "The layer is called twice."), (136, "Biases are not counted.")],
        ),
        number(
            "What does it give for `nn.Sequential(layer, nn.BatchNorm1d(8).eval())`?",
            64,
            hint="On which kinds of layers does it put a hook?",
            because="The linear layer has 64. Batch normalisation has no hook.",
            wrong=[(72, "Batch normalisation is not counted."), (0, "The linear layer is.")],
        ),
        number(
            "What does it give for a `forward` that calls `F.linear(x, torch.ones(8, 8))`?",
            0,
            hint="Is there a layer in it?",
            because="`F.linear` is a function: there is no layer to hang a hook on.",
            wrong=[(64, "Hooks hang on layers, and here is none.")],
        ),
        check=check,
    )
