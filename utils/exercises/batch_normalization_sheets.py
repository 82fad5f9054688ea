"""The answer fields of the page on batch normalisation."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "batch-normalization/predict",
        number(
            "Five numbers, 1, 6, 6, 6 and 6, are normalised. What becomes of the 1?",
            -2,
            hint="The mean is 5. The squared distances from it are 16, 1, 1, 1 and 1.",
            because="The mean squared distance is 4, its root 2, and (1 − 5) / 2 is −2.",
            wrong=[
                (-4, "That is the distance from the mean; the division is missing."),
                (-1, "Divide by the root of 4, which is 2."),
            ],
        ),
        number(
            "Two numbers, 3 and 1003, are normalised. What becomes of the 1003?",
            1,
            hint="How far are the two from their mean, and how large is the spread then?",
            because="Both are 500 from the mean 503, so the spread is 500 as well.",
            wrong=[
                (500, "Divide this distance by the spread."),
                (2, "The spread is 500: both numbers are that far from the mean."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "batch-normalization/by-hand",
        numbers(
            "What are the five outputs?",
            [0, 0, 0, 0, 5],
            hint="The mean is 3; the squared distances are 4 four times, and 64.",
            because="Normalised they are −½ four times and 2; then times 2, plus 1.",
            wrong=[
                ([-0.5, -0.5, -0.5, -0.5, 2], "Now the scale 2 and the shift 1."),
                ([1, 1, 1, 1, 6], "Scale first, then shift."),
            ],
        ),
        number(
            "What is the running mean afterwards?",
            0.3,
            hint="It starts at 0 and goes a tenth of the way.",
            because="0.9 · 0 + 0.1 · 3 is 0.3.",
            wrong=[
                (3, "It goes a tenth of the way."),
                (2.7, "The weight of the new batch is 0.1."),
            ],
        ),
        number(
            "What is the running variance afterwards?",
            2.9,
            hint="It starts at 1, and the unbiased variance is remembered.",
            because="The unbiased variance is 5/4 · 16 = 20, and 0.9 · 1 + 0.1 · 20 is 2.9.",
            wrong=[
                (2.5, "The unbiased variance is remembered: divide by 4, not by 5."),
                (2, "It starts at 1, not at 0."),
            ],
        ),
        numbers(
            "Which gradients arrive at 2, 2, 6 and 6?",
            [0, 0, -0.5, 0.5],
            hint="Subtract its mean, then its part along the normalised numbers; divide by s.",
            because="Less the mean ½ and less ½ along (−1, −1, 1, 1), then divided by 2.",
            wrong=[
                ([0, 0, 0, 1], "The mean and the spread move with the last number, too."),
                ([-0.25, -0.25, -0.25, 0.75], "The spread is a way to the loss as well."),
            ],
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "batch-normalization/counts",
        number(
            "How many numbers share a mean in batch normalisation?",
            1600,
            hint="One channel, of all images.",
            because="16 images with 100 places each.",
            wrong=[(100, "All images take part."), (12_800, "Each channel has a mean.")],
        ),
        number(
            "How many in layer normalisation, over channels and places?",
            800,
            hint="One image, all of it.",
            because="8 channels with 100 places each.",
            wrong=[(12_800, "Each image has a mean."), (8, "The places take part as well.")],
        ),
        number(
            "How many in instance normalisation?",
            100,
            hint="One channel of one image.",
            because="10 · 10 places.",
            wrong=[(800, "Each channel has a mean."), (1600, "Each image has a mean.")],
        ),
        number(
            "How many in group normalisation with two groups?",
            400,
            hint="Half of the channels of one image.",
            because="4 channels with 100 places each.",
            wrong=[(200, "There are two groups, of four channels each.")],
        ),
        number(
            "How many numbers does `nn.BatchNorm2d` learn here?",
            16,
            hint="A scale and a shift for each channel.",
            because="2 · 8 is 16.",
            wrong=[
                (8, "There are a scale and a shift."),
                (33, "Running statistics and the count of batches are not learned."),
            ],
        ),
        check=check,
    )
