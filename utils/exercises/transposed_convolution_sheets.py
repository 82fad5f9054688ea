"""The answer fields of the page on transposed convolution."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "transposed-convolution/predict",
        numbers(
            "Which five numbers does the longer row have?",
            [1, 1, 3, 2, 2],
            hint="Write the second stamp two places further right, below the first. Where do they "
            "overlap?",
            because="1 1 1 and 2 2 2 share the third place, and there 1 + 2 = 3.",
            wrong=[
                (
                    [1, 1, 1, 2, 2, 2],
                    "The second stamp starts two places further right, not three.",
                ),
                ([1, 3, 3, 2], "The second stamp starts two places further right, not one."),
                ([1, 1, 2, 2, 2], "Where stamps overlap they add up."),
            ],
        ),
        number(
            "How long does a row of ten numbers become?",
            21,
            hint="Where does the tenth stamp start, and how long is it?",
            because="The tenth stamp starts at place 18, counted from 0, and covers three places.",
            wrong=[
                (20, "The last stamp sticks out by one."),
                (30, "Stamps overlap: they start two places apart."),
            ],
        ),
    )


def sizes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "transposed-convolution/sizes",
        number(
            "`nn.ConvTranspose2d` with `kernel_size=5, stride=3, padding=1` gets 6 pixels a side. "
            "How many come out?",
            18,
            hint="(n − 1)s + k − 2p",
            because="5 · 3 + 5 − 2 = 18.",
            wrong=[
                (20, "The padding is cut off both ends."),
                (2, "That is the convolution."),
                (21, "There are n − 1 steps between n stamps."),
            ],
        ),
        number(
            "A kernel of 8 with stride 4 shall make the side exactly 4 times as long. "
            "Which padding does it take?",
            2,
            hint="Set (n − 1)s + k − 2p equal to ns.",
            because="k − s = 4 is cut off, 2 from each end.",
            wrong=[(4, "That is cut in all. The padding counts for each end.")],
        ),
        number(
            "A convolution with kernel 3, stride 2 and padding 1 makes 5 pixels of 10. Which "
            "output padding does its transpose need to come back to 10?",
            1,
            hint="How many come out without?",
            because="Without, 4 · 2 + 3 − 2 = 9 come out. One is missing.",
            wrong=[(0, "4 · 2 + 3 − 2 = 9.")],
        ),
        check=check,
    )


def stamps_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "transposed-convolution/stamps",
        numbers(
            "How many stamps reach a number of the row, at least and at most?",
            [1, 2],
            hint="Draw stamps of five cells that start at 0, 3, 6 and 9.",
            because="Cells 3 and 4 lie under the first and the second stamp, cell 5 under the "
            "second alone.",
            wrong=[([0, 2], "Stamps of 5 at a distance of 3 leave no gap.")],
        ),
        numbers(
            "And a pixel of a picture?",
            [1, 4],
            hint="Each stamp of the row meets each stamp of the column.",
            because="1 · 1 and 2 · 2.",
            wrong=[
                ([1, 2], "That is the row."),
                ([2, 4], "Where both have one stamp, it is one."),
            ],
        ),
        check=check,
    )
