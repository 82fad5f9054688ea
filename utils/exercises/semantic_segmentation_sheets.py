"""The answer fields of the page on semantic segmentation."""

import math
from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "semantic-segmentation/predict",
        number(
            "What share of all pixels does program A have right?",
            0.9,
            hint="Which pixels are background, and what does A call them?",
            because="A has all 90 pixels of the background right, and no others.",
            wrong=[
                (0, "A has the background right."),
                (0.1, "That is the share it has wrong."),
                (90, "That is the count. The share is 90 of 100, 0.9."),
            ],
        ),
        number(
            "What share of all pixels does program B have right?",
            0.9,
            hint="Count what B misses, and what it calls object beside it.",
            because="B misses 5 pixels and has 5 beside the object: 90 are right, as with A.",
            wrong=[
                (0.95, "B is also wrong where it paints beside the object."),
                (0.5, "Of all."),
                (90, "That is the count. The share is 90 of 100, 0.9."),
            ],
        ),
        number(
            "What is the IoU of B's object with the true one, to two decimals?",
            1 / 3,
            tolerance=0.005,
            hint="Divide the pixels that both have by those that at least one has.",
            because="5 are shared, and 10 + 10 − 5 = 15 belong to one or both: 1/3.",
            wrong=[
                (0.5, "Half of the object is found, but B's pixels beside it count as well."),
                (0.25, "The shared pixels count once in the union: 10 + 10 − 5."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "semantic-segmentation/by-hand",
        number(
            "What is the IoU of class 1, to two decimals?",
            4 / 7,
            tolerance=0.005,
            hint="Union: 6 + 5, less what was counted twice.",
            because="4 / (6 + 5 − 4) = 4/7 = 0.57.",
            wrong=[(0.36, "6 + 5 counts the 4 shared pixels twice."), (0.67, "That is recall.")],
        ),
        number(
            "What is its Dice score, to two decimals?",
            8 / 11,
            tolerance=0.005,
            hint="Twice the shared pixels, over both sizes added.",
            because="2 · 4 / (6 + 5) = 8/11 = 0.73.",
            wrong=[(0.36, "The shared pixels count twice in Dice.")],
        ),
        number(
            "What is the pixel accuracy?",
            0.85,
            hint="How many pixels are missed, and how many lie beside?",
            because="2 are missed and 1 lies beside: 17 of 20 are right.",
            wrong=[(0.9, "The pixel beside is wrong, too."), (0.2, "Background counts as well.")],
        ),
        check=check,
    )


def gradient_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "semantic-segmentation/gradient",
        number(
            "What is the weighted loss, to two decimals?",
            math.log(2),
            tolerance=0.005,
            hint="What is the loss of each pixel that counts? Then take their weighted mean.",
            because="Each has log 2 = 0.69, and so has any weighted mean of them.",
            wrong=[
                (1.39, "Divide by the sum of the weights, 6, not by the number of pixels."),
                (0.52, "The ignored pixel is not in the mean."),
            ],
        ),
        number(
            "What is the gradient with respect to the score of class 1 at the third pixel, to two "
            "decimals?",
            -1 / 3,
            tolerance=0.005,
            hint="The weight times (p − 1), divided by the sum of the weights.",
            because="4 · (0.5 − 1) / (1 + 1 + 4) = −1/3.",
            wrong=[
                (0.33, "The score of the true class has to rise, so its gradient is negative."),
                (-0.67, "The weights add up to 6."),
                (-0.17, "That is without the weight, 4, above and below."),
            ],
        ),
        number(
            "What is the gradient at the ignored pixel?",
            0,
            hint="Are its scores in the loss?",
            because="Its scores are not in the loss at all.",
            wrong=[(0.5, "p is ½ there, but a pixel outside the loss has no gradient.")],
        ),
        check=check,
    )
