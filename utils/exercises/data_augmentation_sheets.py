"""The answer fields of the page on data augmentation."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "data-augmentation/predict",
        number(
            "A picture is 100 pixels wide. A box reaches from x = 10 to x = 30. Left and right "
            "are swapped: at which x does the box begin now?",
            70,
            hint="The left edge goes as far from the right border as it was from the left one.",
            because="The old right edge, 30 from the left border, is now 30 from the right one.",
            wrong=[
                (90, "There the box ends: the old left edge is the right one now."),
                (10, "The box moves with the picture."),
            ],
        ),
        number(
            "A square box has the area 100. It is turned by 45°, and an upright box is put around "
            "its four corners. Which area has that one?",
            200,
            hint="How long is the diagonal of a square with the side 10?",
            because="Its side is the diagonal, 10 · √2, and the square of that is 200.",
            wrong=[
                (100, "The turned square has 100; the upright box around it is larger."),
                (141, "That would be one side times √2; both grow."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "data-augmentation/by-hand",
        numbers(
            "Left, top, right and bottom of the flipped box?",
            [70, 20, 90, 60],
            hint="Top and bottom stay. The new left edge is the old right one.",
            because="100 − 30 is 70 and 100 − 10 is 90.",
            wrong=[
                ([90, 20, 70, 60], "Left has to be less than right."),
                ([69, 20, 89, 60], "Edges are counted from the border, so nothing is lost."),
            ],
        ),
        numbers(
            "Left, top, right and bottom after the crop, in the new picture?",
            [0, 20, 20, 80],
            hint="Subtract the window's corner, stretch, then cut off what sticks out.",
            because="(−10, 10, 10, 50) doubled is (−20, 20, 20, 100), cut off at 0 and 80.",
            wrong=[
                ([-20, 20, 20, 100], "Cut off what sticks out of the picture."),
                ([0, 10, 10, 40], "The window is stretched to twice its size."),
            ],
        ),
        number(
            "MixUp: what is the target of the 6?",
            0.25,
            hint="The two shares add up to 1.",
            because="The 3 has 0.75, the 6 has what is left.",
            wrong=[(0.75, "That is the share of the 3."), (0.5, "The shares are not equal.")],
        ),
        number(
            "CutMix: what is the target of the 3?",
            0.875,
            hint="Count the pixels that are still those of the 3.",
            because="8 of 64 pixels are from the 6, and 56/64 is 0.875.",
            wrong=[
                (0.125, "That is the share of the 6."),
                (0.75, "The window covers 8 of 64 pixels."),
            ],
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "data-augmentation/counts",
        number(
            "Fifty pictures are augmented anew in each of 200 passes. How many pictures does "
            "the network see?",
            10_000,
            hint="Each pass shows each picture once.",
            because="50 · 200 is 10,000; the collection itself stays at 50.",
            wrong=[(50, "Each pass makes another version of each picture.")],
        ),
        number(
            "A crop takes the share 0.25 of a picture with 100×100 pixels, and is square. How "
            "many pixels has one of its sides?",
            50,
            hint="The share is one of the area.",
            because="The area is 2500 pixels, and its root is 50.",
            wrong=[(25, "The share is one of the area, not of the side.")],
        ),
        number(
            "A pixel of 0.8 gets the brightness factor 1.5. What is it then?",
            1,
            hint="Values stay between 0 and 1.",
            because="0.8 · 1.5 is 1.2, which is cut off at 1.",
            wrong=[(1.2, "Values stay between 0 and 1.")],
        ),
        number(
            "RandAugment picks 2 of 14 operations, one after the other, the same one twice if "
            "it so happens. How many sequences are there?",
            196,
            hint="14 for the first place. And for the second?",
            because="14 · 14 is 196.",
            wrong=[
                (182, "The same operation may come twice."),
                (28, "Each first choice goes with each second one."),
            ],
        ),
        check=check,
    )
