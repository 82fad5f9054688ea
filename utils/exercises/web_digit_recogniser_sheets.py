"""The answer fields of the page on a recogniser in the browser."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "web-digit-recogniser/predict",
        choice(
            "Each test digit is moved by four pixels. Which of the two still reads more of them?",
            ["the MLP", "the LeNet", "both the same"],
            "the LeNet",
            hint="Which of them has a weight for each place of the picture?",
            because="Its kernels go along with the digit.",
            wrong=[
                ("the MLP", "Each of its weights belongs to one place."),
                ("both the same", "Only one of them slides its weights over the picture."),
            ],
        ),
        number(
            "The MLP has 784 inputs, 64 hidden units and 10 classes, with biases. How many "
            "numbers have to travel?",
            50890,
            hint="A layer has (inputs + 1) · outputs numbers.",
            because="785 · 64 + 65 · 10.",
            wrong=[(50816, "Biases travel, too."), (50240, "There is a second layer.")],
        ),
    )


def file_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "web-digit-recogniser/file",
        number(
            "How many numbers has an MLP of 784 inputs, 16 hidden units and 10 classes?",
            12730,
            hint="A layer has (inputs + 1) · outputs numbers.",
            because="785 · 16 + 17 · 10.",
            wrong=[(12704, "Biases count, too.")],
        ),
        number(
            "How many bytes do they take as float32, without the header?",
            50920,
            hint="How many bytes has a float32?",
            because="4 · 12730.",
            wrong=[(12730, "That is one byte each."), (101840, "That is float64.")],
        ),
        number(
            "With one byte each: how many letters does base64 need, which writes 4 letters for 3 "
            "bytes and fills up the last group?",
            16976,
            hint="How many groups of 3 bytes are there, the last one filled up?",
            because="4244 groups of 4 letters.",
            wrong=[(16973, "The last group is filled up."), (16972, "A byte is left over.")],
        ),
        check=check,
    )


def centring_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "web-digit-recogniser/centring",
        number(
            "How many pixels long is the box after scaling?",
            20,
            hint="Which pixels have ink, and how long may the longer side be?",
            because="The two pixels with ink become 20.",
            wrong=[(28, "That is the whole picture."), (40, "Blank pixels are cut off.")],
        ),
        number(
            "Where in the box is the centre of mass?",
            12.5,
            tolerance=0.01,
            hint="Ten pixels of 1 have their middle at 5, and ten of 3 theirs at 15.",
            because="(10 · 5 + 30 · 15) / 40.",
            wrong=[
                (10, "The right half is heavier."),
                (12, "That counts to the left edge."),
            ],
        ),
        number(
            "At which column of the 28 does the box begin, counted from 0?",
            2,
            hint="How far is it from the centre of mass to 14? Halves are rounded up.",
            because="14 − 12.5 = 1.5, rounded up.",
            wrong=[
                (4, "That is for a mass in the middle."),
                (1, "Round up."),
            ],
        ),
        check=check,
    )
