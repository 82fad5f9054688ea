"""The answer fields of the page on batch size and gradient noise."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]

DIRECTIONS = ("1: it points to the minimum", "about 0.7", "about 0.2")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "minibatch-noise/predict",
        number(
            "An epoch of 1,024 images is cut into 16 slices of 64. The gradients of all 16 slices "
            "are averaged. How far is the result from the gradient of all images?",
            0,
            hint="How often, and with which weight, does each image count?",
            because="Each image counts once, with the weight 1/16 · 1/64 = 1/1024.",
            wrong=[(1 / 4, "That is the error of 16 independent slices, beside that of one.")],
        ),
        number(
            "Images are drawn with putting back. With 4 a step, the gradient has a variance. "
            "Which fraction of it is left with 64 a step?",
            1 / 16,
            tolerance=0.001,
            hint="The error of a sum of independent draws has the sum of their variances.",
            because="The variance falls like 1/b, and 64 is 16 times 4.",
            wrong=[
                (1 / 4, "That is the standard deviation, the root of the variance."),
                (1 / 64, "64 is compared with 4, not with 1."),
            ],
        ),
        choice(
            "On the bowl ½(w₁² + 100 w₂²) we stand at (10, 1). What is the cosine of the angle "
            "between the negative full gradient and the way to the minimum?",
            DIRECTIONS,
            DIRECTIONS[2],
            hint="The gradient is (10, 100), the way to the minimum is (−10, −1).",
            because="Downhill is across the valley, and the minimum lies along it.",
            wrong=[
                (DIRECTIONS[0], "That is so on a round bowl."),
                (DIRECTIONS[1], "The two differ by far more than 45 degrees."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "minibatch-noise/by-hand",
        number(
            "What is the variance of the slope of one example?",
            14,
            hint="The mean is 5: take the mean of the squared deviations.",
            because="(16 + 4 + 0 + 36) / 4 = 14.",
            wrong=[(56 / 3, "That divides by n − 1; these four are all there are.")],
        ),
        number(
            "And of the mean of two, drawn with putting back?",
            7,
            hint="It falls like 1/b.",
            because="14 / 2 = 7.",
            wrong=[(3.5, "The variance of a mean falls like 1/b, not like 1/b².")],
        ),
        number(
            "And of the mean of two, drawn without putting back?",
            14 / 3,
            tolerance=0.0051,
            hint="There is a factor (n − b) / (n − 1).",
            because="7 · (4 − 2) / (4 − 1) = 14/3.",
            wrong=[
                (3.5, "The factor has n − 1 below, not n."),
                (7, "The second draw lacks what the first has taken."),
            ],
        ),
        number(
            "And of the mean of all four, drawn without putting back?",
            0,
            hint="How many batches of four are there?",
            because="There is one batch of all four, and it has the right mean.",
            wrong=[(3.5, "That is with putting back.")],
        ),
        check=check,
    )


def scale_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "minibatch-noise/scale",
        number(
            "With 16 a step, drawn with putting back, the gradient is typically off by 0.3. Which "
            "batch size makes that 0.1?",
            144,
            hint="A third of the error is a ninth of the variance.",
            because="9 · 16 = 144.",
            wrong=[(48, "That makes a third of the variance.")],
        ),
        number(
            "Of 1,001 examples 501 are drawn without putting back. What is the finite-population "
            "factor?",
            0.5,
            hint="It is (n − b) / (n − 1).",
            because="500 / 1000 = 1/2.",
        ),
        number(
            "The noise scale is 64. Which share of the full gradient's gain does a batch of 16 "
            "get in a step?",
            0.2,
            tolerance=0.001,
            hint="The share is 1 / (1 + B/b).",
            because="1 / (1 + 4) = 1/5.",
            wrong=[(0.25, "That is b/B, which holds for tiny batches alone.")],
        ),
        number(
            "How many times the steps of the full gradient does a batch of 128 need, at the same "
            "noise scale of 64?",
            1.5,
            tolerance=0.001,
            hint="It is 1 + B/b.",
            because="1 + 64/128 = 1.5.",
            wrong=[(3, "That is for the examples.")],
        ),
        number(
            "And how many times the least number of examples?",
            3,
            tolerance=0.001,
            hint="It is 1 + b/B.",
            because="1 + 128/64 = 3.",
            wrong=[(1.5, "That is for the steps.")],
        ),
        check=check,
    )
