"""The answer fields of the page on convolution."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

LEFT, NOTHING, SIGN = "to the left", "nothing", "its sign turns"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "convolution/predict",
        number(
            "The kernel lies on the top left corner of the picture. What is the sum of the nine "
            "products?",
            4,
            hint="A weight of 0 adds nothing. Which five pixels lie under a weight of 1?",
            because="Under the five ones of the kernel lie the pixels 1, 1, 1, 0 and 1.",
            wrong=[
                (
                    6,
                    "Six pixels of the window are white, but some lie under a weight of 0.",
                ),
                (5, "One of the five pixels that count is black."),
                (3, "The window covers the first three rows and the first three columns."),
            ],
        ),
        number(
            "The window visits each place where it lies inside the picture. How many numbers come "
            "out in all?",
            9,
            hint="In which columns can the left side of the window lie?",
            because="The left side may lie in columns 0, 1 and 2, and the top in rows 0, 1 and 2.",
            wrong=[
                (25, "A window around a pixel of the edge would stick out."),
                (3, "That is one row of windows."),
                (4, "The window moves by one pixel, so it has a third place."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "convolution/by-hand",
        numbers(
            "What are the four outputs, row by row, if the kernel is not turned?",
            [8, -1, 0, 7],
            hint="In the top left corner the kernel meets 2, 0, 1 and 3.",
            because="2 + 2 · 3 = 8, then 0 − 1 = −1, then 1 − 3 + 2 · 1 = 0, then 3 + 2 · 2 = 7.",
            wrong=[([6, -3, 3, 7], "That is the turned kernel.")],
        ),
        numbers(
            "And if it is turned by 180 degrees first?",
            [6, -3, 3, 7],
            hint="The rows of the turned kernel are 2, 0 and −1, 1.",
            because="4 − 1 + 3 = 6, then 0 − 3 = −3, then 2 + 1 = 3, then 6 − 1 + 2 = 7.",
            wrong=[([8, -1, 0, 7], "That is the kernel as it stands.")],
        ),
        check=check,
    )


def effects_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "convolution/effects",
        choice(
            "All weights are 0, but for a 1 in the middle row, on the right. Where does the "
            "picture move?",
            [LEFT, "to the right", "nowhere"],
            LEFT,
            hint="Which pixel of the input does an output pixel get its grey from?",
            because="Each output pixel shows its right neighbour, so all move to the left.",
            wrong=[
                ("to the right", "An output pixel reads what stands to its right."),
                ("nowhere", "That would be a 1 in the middle."),
            ],
        ),
        choice(
            "50 is added to each pixel of the picture. What does that change in the output of "
            "Sobel x?",
            [NOTHING, "it rises by 50", "it doubles"],
            NOTHING,
            hint="What do the nine weights add up to?",
            because="50 is multiplied by the sum of the weights, which is 0.",
            wrong=[
                ("it rises by 50", "The weights would have to add up to 1."),
                ("it doubles", "The differences between pixels stay as they are."),
            ],
        ),
        choice(
            "Each pixel x becomes 255 − x, the negative of the photograph. What happens to the "
            "output of Sobel x?",
            ["it stays", SIGN, "it rises by 255"],
            SIGN,
            hint="255 − x is a flat picture minus x.",
            because="The flat picture gives 0, and the minus sign stays.",
            wrong=[
                ("it stays", "What was brighter on the right is darker there now."),
                ("it rises by 255", "A flat picture of 255 gives 0."),
            ],
        ),
        check=check,
    )
