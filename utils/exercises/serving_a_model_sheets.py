"""The answer fields of the page on serving a model."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "serving-a-model/predict",
        number(
            "A picture file of 120 bytes becomes text: 4 signs for each 3 bytes. How many signs?",
            160,
            hint="How many groups of 3 bytes are there?",
            because="40 groups of 3 bytes, 4 signs each.",
            wrong=[(120, "A sign carries 6 bits, a byte has 8."), (90, "The text is longer.")],
        ),
        number(
            "A file of 12 KB holds 10,000×10,000 black pixels. "
            "How many million bytes do they take as float32?",
            400,
            hint="How many pixels, and how many bytes is a float32?",
            because="100 million pixels of 4 bytes each.",
            wrong=[
                (100, "That is one byte a pixel."),
                (0.012, "That is the file; equal pixels take hardly any room in it."),
            ],
        ),
        number(
            "A forward pass takes 5 ms for one picture and 8 ms for 32. 32 requests come at once, "
            "and are answered one by one. After how many ms does the last one hear?",
            160,
            hint="How many passes run before it, and its own?",
            because="32 passes of 5 ms. Together they would take 8 ms.",
            wrong=[(8, "That is one pass for all."), (5, "That is the first one.")],
        ),
    )


def sizes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "serving-a-model/sizes",
        number(
            "A grey PNG picture has 8×8 pixels of 8 bits. How many bytes are its rows, unpacked?",
            72,
            hint="What stands before the pixels of each row?",
            because="8 rows of a filter byte and 8 pixels.",
            wrong=[(64, "Each row begins with the number of its filter.")],
        ),
        number(
            "How many signs of base64 does a file of 140 bytes take?",
            188,
            hint="The last group may be short, and is filled up.",
            because="47 groups of 4 signs, the last with one =.",
            wrong=[(187, "The text is filled up to whole groups."), (184, "Round up the groups.")],
        ),
        number(
            "How many million bytes is a picture of 1000×1000 pixels and 3 channels as float32?",
            12,
            hint="Pixels times channels times bytes.",
            because="3 million numbers of 4 bytes.",
            wrong=[(3, "That is uint8."), (4, "It has 3 channels.")],
        ),
        check=check,
    )


def passes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "serving-a-model/passes",
        number(
            "How many answers a second are there one by one?",
            200,
            hint="How long does a pass take for one picture?",
            because="1 / 0.005.",
            wrong=[(250, "The picture itself takes 1 ms, too.")],
        ),
        number(
            "How many with batches of 16?",
            800,
            hint="16 answers in how many ms?",
            because="16 / 0.020.",
            wrong=[(3200, "A batch of 16 takes 4 + 16 ms.")],
        ),
        number(
            "Which number do they not pass, however large the batches are?",
            1000,
            hint="What does one more picture cost?",
            because="Each picture takes 1 ms, and the 4 ms are shared by ever more.",
            wrong=[(250, "The 4 ms are paid once a batch.")],
        ),
        check=check,
    )
