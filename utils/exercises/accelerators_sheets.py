"""The answer fields of the page on accelerators."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "accelerators/predict",
        number(
            "After how many ticks is the last of the nine sums complete?",
            7,
            hint="The cell in the far corner gets its first numbers from its neighbours.",
            because="The far cell starts 2 + 2 ticks late, and then needs 3 ticks: 7.",
            wrong=[
                (3, "The far cell has to wait until numbers reach it."),
                (27, "Several cells work in the same tick."),
            ],
        ),
        number(
            "Ten such products follow each other without a gap. How many ticks do they take?",
            34,
            hint="The first cell can begin the next product as soon as it has finished one.",
            because="Each cell works for 10 · 3 ticks, and the far one starts 4 ticks late.",
            wrong=[
                (70, "The next product can enter before the last sum of this one is complete."),
                (30, "The far cell starts late."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "accelerators/by-hand",
        numbers(
            "Which sums stand in the cells (0, 0), (0, 1), (1, 0), (1, 1) after two cycles?",
            [4, 8, 0, 0],
            hint="Cell (i, j) does step s in cycle s + i + j, with counts from 0.",
            because="Cell (0, 0) has done both steps, its two neighbours one, the last one none.",
            wrong=[
                ([4, 9, 6, 3], "That is the complete product."),
                ([2, 0, 0, 0], "That is the state after one cycle."),
            ],
        ),
        number(
            "After how many cycles is the product complete?",
            4,
            hint="Two rows, depth two, two columns.",
            because="2 + 2 + 2 − 2 = 4.",
            wrong=[
                (2, "The last cell starts two cycles late."),
                (3, "Cycle 3 is the fourth one."),
            ],
        ),
        check=check,
    )


def shares_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "accelerators/shares",
        number(
            "How many cycles does the array take?",
            354,
            hint="The matrices are padded to the array's rows and columns; the depth is not.",
            because="100 + 128 + 128 − 2 = 354.",
            wrong=[
                (298, "The array has 128 rows and columns, also when fewer are in use."),
                (382, "The depth needs no padding."),
            ],
        ),
        number(
            "Which share of its cell cycles is useful, to two decimals?",
            0.17,
            tolerance=0.005,
            hint="One million multiplications; and how many cells for how many cycles?",
            because="1,000,000 / (128 · 128 · 354) = 0.17.",
            wrong=[(0.61, "That counts the padding, but not the cycles that filling takes.")],
        ),
        check=check,
    )
