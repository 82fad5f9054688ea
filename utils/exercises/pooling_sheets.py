"""The answer fields of the page on pooling."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

DEPENDS = ("always", "it depends on where the pixel was", "never")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "pooling/predict",
        number(
            "How many rows of numbers come out?",
            3,
            hint="In which rows can the top of the window lie? Begin with row 0.",
            because="The top of the window lies in rows 0, 2 and 4; row 6 is left over.",
            wrong=[
                (4, "A window that begins in row 6 would need row 7, and there is none."),
                (3.5, "Half a window gives no number."),
                (6, "That would be right if the window moved by one pixel."),
            ],
        ),
        choice(
            "The picture is black but for one white pixel, which moves one pixel to the right, "
            "not out of reach of the windows. Does the output change?",
            DEPENDS,
            DEPENDS[1],
            hint="The windows begin in columns 0, 2 and 4. Try a pixel in column 2, then in 3.",
            because="From column 2 to column 3 it stays in its window; from 3 to 4 it leaves it.",
            wrong=[
                (DEPENDS[0], "Within one window the largest number stays the same."),
                (DEPENDS[2], "A pixel at the right end of its window moves into the next one."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "pooling/by-hand",
        numbers(
            "Max pooling with window 2 and stride 2 gives which four numbers, row by row?",
            [2, 3, 5, 1],
            hint="The four windows lie side by side.",
            because="The largest of 0, 1, 2, 2 is 2, then 3, 5 and 1.",
            wrong=[([1.25, 1.25, 2, 1], "These are the means.")],
        ),
        numbers(
            "Average pooling with window 2 and stride 2 gives which four numbers?",
            [1.25, 1.25, 2, 1],
            hint="Add the four numbers of a window, and divide by 4.",
            because="The sums are 5, 5, 8 and 4.",
            wrong=[([5, 5, 8, 4], "These are the sums."), ([2, 3, 5, 1], "These are the maxima.")],
        ),
        numbers(
            "Max pooling with window 3 and stride 1 gives which four numbers?",
            [5, 3, 5, 3],
            hint="Each window covers three rows and three columns; they overlap.",
            because="Both windows on the left see the 5, both on the right see a 3.",
            wrong=[([2, 3, 5, 1], "That is window 2.")],
        ),
        number(
            "A gradient of 1 arrives at each of these last four outputs. Which gradient does the "
            "pixel with the 5 get?",
            2,
            hint="In how many windows is it the largest number?",
            because="It wins two windows, and gradients add up.",
            wrong=[(1, "Two windows chose it."), (4, "The windows on the right do not see it.")],
        ),
        numbers(
            "Back to window 2 and stride 2. A gradient of 1 arrives at the fourth output. Which "
            "gradients do its four pixels get from `F.max_pool2d`, row by row?",
            [1, 0, 0, 0],
            hint="All four pixels are 1: a tie.",
            because="In PyTorch's max pooling the first of equals gets all.",
            wrong=[
                ([0.25, 0.25, 0.25, 0.25], "So does `amax`, and average pooling."),
                ([1, 1, 1, 1], "That would make four out of one."),
                ([0, 0, 0, 1], "The first of equals, not the last."),
            ],
        ),
        check=check,
    )


def settings_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "pooling/settings",
        number(
            "AlexNet pools maps of 55×55 with window 3 and stride 2. Which side has the output?",
            27,
            hint="Subtract the window, divide by the stride, round down, add one.",
            because="(55 − 3) / 2 = 26, and 26 + 1 = 27.",
            wrong=[(26, "The window's first place counts, too."), (18, "The stride is 2, not 3.")],
        ),
        number(
            "`nn.AvgPool2d(3)` gets a picture with a side of 10. Which side has the output?",
            3,
            hint="Which stride does a pooling layer have if you name none?",
            because="The stride is the window, 3: windows begin at 0, 3 and 6.",
            wrong=[(8, "That is stride 1, as in a convolution."), (4, "The last is cut off.")],
        ),
        number(
            "How many numbers does `nn.MaxPool2d(3)` learn?",
            0,
            hint="What could be adjusted in “the largest”?",
            because="The largest number of a window is the largest, whatever the data.",
            wrong=[(9, "There are no weights under the window.")],
        ),
        number(
            "Pooling has window 3 and stride 2. A digit moves 6 pixels to the right, on black. By "
            "how many cells does the output move?",
            3,
            hint="One cell is as many pixels as the stride.",
            because="6 / 2 = 3.",
            wrong=[(2, "The stride counts, not the window."), (6, "A cell is two pixels.")],
        ),
        number(
            "All pixels are −5. `F.max_pool2d` pads with 1. What is the largest output?",
            -5,
            hint="What does max pooling put around the picture?",
            because="It pads with −∞, which wins no window.",
            wrong=[(0, "The padding is not 0 here.")],
        ),
        check=check,
    )
