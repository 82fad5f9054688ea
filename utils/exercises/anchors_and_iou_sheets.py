"""The answer fields of the page on anchor boxes and IoU."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "anchors-and-iou/predict",
        number(
            "A square of 4×4 pixels, and a second one, 2 pixels to the right of it. What is the "
            "area that they share over the area that they cover?",
            1 / 3,
            tolerance=0.005,
            hint="They share a strip of 2×4. What do they cover together?",
            because="They share 8 pixels and cover 16 + 16 − 8 = 24.",
            wrong=[
                (0.5, "8 of 16 is the share of one square. Both together cover more."),
                (0.25, "8 of 32 counts the strip twice."),
            ],
        ),
        number(
            "The second square moves 10 pixels further to the right, and then 10 more. By how "
            "much does that number change on the last 10 pixels?",
            0,
            hint="What do the squares share before and after?",
            because="They share nothing before and after. The score cannot tell near from far.",
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "anchors-and-iou/by-hand",
        number(
            "What is their IoU, as a fraction or to two decimals?",
            1 / 7,
            tolerance=0.005,
            hint="They share 2×2. Each has the area 16.",
            because="4 / (16 + 16 − 4) is 1/7.",
            wrong=[(1 / 8, "The shared part is counted twice in 32.")],
        ),
        number(
            "What is their GIoU, as a fraction or to two decimals?",
            -5 / 63,
            tolerance=0.005,
            hint="The enclosing box is (0, 0, 6, 6). How much of it is empty?",
            because="1/7 − 8/36 is −5/63.",
            wrong=[(1 / 7, "8 of the 36 pixels of the enclosing box are empty.")],
        ),
        number(
            "What is their DIoU, as a fraction or to two decimals?",
            2 / 63,
            tolerance=0.005,
            hint="The squared distance of (2, 2) and (4, 4), over a squared diagonal of side 6.",
            because="1/7 − 8/72 is 2/63.",
            wrong=[(1 / 7 - 1 / 3, "Both lengths are squared.")],
        ),
        number(
            "What is their CIoU, as a fraction or to two decimals?",
            2 / 63,
            tolerance=0.005,
            hint="How do their shapes differ?",
            because="Both are squares, so v is 0, and CIoU is DIoU.",
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "anchors-and-iou/counts",
        number(
            "By the rule of this page, how many anchors are there?",
            3000,
            hint="How many shapes has one place?",
            because="(3 + 3 − 1) shapes at 20 · 30 places are 3,000.",
            wrong=[
                (5400, "Not all nine combinations are taken."),
                (3600, "The first size with the first ratio is counted once."),
            ],
        ),
        number(
            "How wide is the anchor of size 32 and ratio 4, in pixels?",
            64,
            hint="The width is the size times the root of the ratio.",
            because="32 · √4 is 64.",
            wrong=[(128, "The root of the ratio counts.")],
        ),
        number(
            "How high is it?",
            16,
            hint="Its area is that of a square of side 32.",
            because="32 / √4 is 16.",
            wrong=[(8, "The root of the ratio counts.")],
        ),
        number(
            "At which x is the left edge of this anchor in the first cell?",
            -24,
            hint="Where is the centre of the first cell?",
            because="The centre lies at 8, and half the width is 32.",
            wrong=[
                (-32, "The centre of a cell lies half a cell in."),
                (0, "It reaches beyond the picture."),
            ],
        ),
        check=check,
    )
