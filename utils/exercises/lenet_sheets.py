"""The answer fields of the page on LeNet."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "lenet/predict",
        number(
            "How many weights does the linear layer from the 16 maps to the 120 units have, "
            "biases left out?",
            48_000,
            hint="Each of the 120 units has one weight for each number that comes in.",
            because="16 · 5 · 5 is 400, and 400 · 120 is 48000.",
            wrong=[
                (3000, "That is one map of 5×5; there are sixteen."),
                (48_120, "These are the weights and the biases."),
            ],
        ),
        number(
            "In how many windows of the first convolution does a pixel in the middle of the "
            "image lie?",
            25,
            hint="It can lie at the top left of the window, one place to the right of that, …",
            because="The pixel lies at each of the 25 places of the window once.",
            wrong=[
                (1, "The windows overlap: they move by one pixel."),
                (5, "That is along one axis. The window has rows and columns."),
                (784, "That is how many windows there are in all."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "lenet/by-hand",
        numbers(
            "What is the gradient of the kernel's four weights, row by row?",
            [7, 2, 0, 3],
            hint="Over all windows: upstream number times the pixel that lies under the weight.",
            because="Two windows count: 1 times 1, 0, 0, 3, plus 2 times 3, 1, 0, 0.",
            wrong=[
                ([1, 0, 0, 3], "The window at the bottom right counts as well, and twice."),
                ([4, 1, 0, 3], "The second window has the upstream number 2."),
            ],
        ),
        number(
            "What is the gradient of the bias?",
            3,
            hint="The bias is used once in each window.",
            because="1 + 0 + 0 + 2 is 3.",
            wrong=[(0.75, "That is the mean; the four are added.")],
        ),
        number(
            "What is the gradient of the pixel in the middle?",
            1,
            hint="In each window it lies under another weight.",
            because="1 · (−1) from the first window and 2 · 1 from the last one make 1.",
            wrong=[
                (-1, "The window at the bottom right uses it, too."),
                (2, "The window at the top left uses it, too."),
            ],
        ),
        numbers(
            "Which gradients do the numbers 3, 7, 5 and 7 get through average pooling?",
            [2, 2, 2, 2],
            hint="The mean of four numbers moves by a quarter of each nudge.",
            because="8 is shared among four.",
            wrong=[([8, 8, 8, 8], "The mean moves by a quarter of the nudge.")],
        ),
        numbers(
            "And through max pooling?",
            [0, 8, 0, 0],
            hint="The first of the largest gets it.",
            because="The first 7 is the one that was passed on.",
            wrong=[
                ([0, 4, 0, 4], "Torch's max pooling does not share: the first 7 gets all."),
                ([0, 8, 0, 8], "The second 7 gets nothing."),
            ],
        ),
        check=check,
    )


def sizes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "lenet/sizes",
        number(
            "How many numbers go into its first linear layer?",
            400,
            hint="Follow the side: 32, then less 4, half, less 4, half.",
            because="The side goes 32, 28, 14, 10, 5, and 16 · 5 · 5 is 400.",
            wrong=[
                (576, "Without padding the first convolution takes four pixels."),
                (25, "There are 16 maps of 25 numbers."),
            ],
        ),
        number(
            "How many weights and biases does its first convolution have?",
            456,
            hint="A filter has a kernel for each of the three colours, and one bias.",
            because="6 · (3 · 25 + 1) is 456.",
            wrong=[
                (156, "That is for grey images; here are three colours."),
                (450, "Each filter has a bias, too."),
            ],
        ),
        number(
            "How many weights and biases are there in all?",
            62_006,
            hint="It differs from the network of this page in one layer.",
            because="The first convolution has 300 more than ours with its 61706 in all.",
            wrong=[(61_706, "That is the one for grey images.")],
        ),
        check=check,
    )
