"""The answer fields of the page on export and quantisation."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "export-and-quantise/predict",
        number(
            "A net has a million weights of 32 bits each, and a megabyte is a million bytes. How "
            "many megabytes do you save if each weight takes 8 bits?",
            3,
            hint="8 bits are a byte.",
            because="4 megabytes become 1.",
            wrong=[(1, "That is what is left."), (4, "That is what the 32 bits take.")],
        ),
        number(
            "A weight may take values that stand 0.1 apart, from −1 to 1. How far is a number "
            "between −1 and 1 from the nearest one at most?",
            0.05,
            hint="Which number lies worst between two of them?",
            because="The worst place is the middle of two, half a distance from both.",
            wrong=[(0.1, "That is how far the two are from each other.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "export-and-quantise/by-hand",
        number(
            "Weights 0.9, −0.2 and −0.5 get symmetric levels of 3 bits. What is the scale?",
            0.3,
            hint="Which whole numbers do symmetric levels of 3 bits use?",
            because="0.9 / 3.",
            wrong=[(0.9 / 4, "The numbers on one side are 1, 2 and 3."), (0.9, "Divide by 3.")],
        ),
        numbers(
            "Which whole numbers do the three weights become?",
            [3, -1, -2],
            hint="Divide by the scale, then round.",
            because="3, −0.67 and −1.67 are rounded.",
            wrong=[([3, -1, -1], "−0.5 / 0.3 is −1.67, nearer to −2.")],
        ),
        numbers(
            "Numbers from −1 to 5 get affine levels of 2 bits. What are scale and zero point?",
            [2, 0],
            hint="Count gaps, not levels. The zero point is −l/s, rounded as torch does it.",
            because="6 / 3 = 2, and 1 / 2 is rounded to 0, the even one.",
            wrong=[
                ([1.5, 1], "Four levels have three gaps between them."),
                ([2, 1], "0.5 is rounded half to even, as torch does it."),
            ],
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "export-and-quantise/counts",
        number(
            "A layer has 512 outputs and 1,000 inputs, no bias. Weights take 4 bits each, and "
            "each channel has a scale of 4 bytes. How many bytes are that?",
            258_048,
            hint="How many weights are there, and how many scales?",
            because="256,000 + 2,048.",
            wrong=[
                (256_000, "The scales are missing."),
                (256_004, "Each of the 512 channels has a scale."),
                (260_000, "A channel is an output here."),
            ],
        ),
        number(
            "By which factor does the bound s/2 shrink from 4 bits to 8 bits, with affine levels?",
            17,
            hint="Count the gaps between the levels.",
            because="15 gaps become 255, and 255 / 15 = 17.",
            wrong=[(16, "Count gaps, not levels."), (2, "Four bits more, not one.")],
        ),
        number(
            "How many products of a number from 0 to 255 and one from −127 to 127 can be added "
            "with certainty in 32 bits, whose largest number is 2,147,483,647?",
            66_311,
            hint="Which is the largest product?",
            because="2,147,483,647 / 32,385 is 66,311 and a bit.",
            wrong=[(66_312, "One too many: round down."), (32_385, "That is one product.")],
        ),
        check=check,
    )
