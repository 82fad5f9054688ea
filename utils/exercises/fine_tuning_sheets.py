"""The answer fields of the page on fine-tuning."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "fine-tuning/predict",
        number(
            "How many numbers are copied, weights and biases?",
            8_544,
            hint="A layer has a weight for each pair of input and unit, and a bias for each unit.",
            because="100 · 64 + 64 in the first layer, and 64 · 32 + 32 in the second.",
            wrong=[
                (8_448, "Biases are copied as well."),
                (8_709, "The last layer is not copied."),
                (6_464, "That is the first layer alone."),
            ],
        ),
        number(
            "How many are new?",
            165,
            hint="The last layer leads from 32 units to 5 classes.",
            because="32 · 5 weights and 5 biases.",
            wrong=[(160, "The classes have a bias each.")],
        ),
        choice(
            "With fifty pictures of each new class, how does the network with frozen layers do, "
            "beside one that learned from scratch?",
            ["better", "worse"],
            "worse",
            hint="The frozen layers were made for five other digits.",
            because="Fifty pictures are enough to learn layers that suit the new digits better.",
            wrong=[
                ("better", "Fifty pictures are enough to learn other layers."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "fine-tuning/by-hand",
        number(
            "How many parameters are copied?",
            11_176_512,
            hint="All but those of the last layer of the source: 512 · 1,000 and 1,000.",
            because="11,689,512 less 513,000.",
            wrong=[
                (11_177_512, "The last layer has 1,000 biases as well."),
                (11_689_512, "The last layer of the source is not copied."),
            ],
        ),
        number(
            "How many parameters has the new layer?",
            18_981,
            hint="A row of 512 weights and a bias for each of 37 classes.",
            because="37 · 512 + 37.",
            wrong=[(18_944, "There is a bias for each class.")],
        ),
        number(
            "How far from what was copied can the copied layers get, at most?",
            0.3,
            hint="Each step is at most the rate times the length of the gradient.",
            because="0.002 · 50 · 3.",
            wrong=[(3, "That counts a momentum of 0.9, and there is none.")],
        ),
        check=check,
    )


def loading_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "fine-tuning/loading",
        choice(
            "As it is: what comes of it?",
            ["an error", "two names are missing", "all is copied but the last layer"],
            "an error",
            hint="The weight of the last layer has three rows here and two there.",
            because="`strict=False` forgives missing and unknown names, and no other shape.",
            wrong=[
                ("two names are missing", "The names are there: their shapes differ."),
                ("all is copied but the last layer", "What has another shape is refused."),
            ],
        ),
        number(
            "Without the entries of its last layer: how many names are missing?",
            2,
            hint="A linear layer has a weight and a bias.",
            because="The weight and the bias of the last layer.",
            wrong=[(1, "The bias has a name of its own.")],
        ),
        number(
            "With `module.` in front: how many names are missing?",
            4,
            hint="Which of the names are found?",
            because="No name fits, so both layers miss weight and bias.",
            wrong=[(0, "The names differ, so nothing is found.")],
        ),
        check=check,
    )
