"""The answer fields of the page on multilayer perceptrons."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

_BORDERS = ("one straight line", "two lines that cross", "any curve")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "multilayer-perceptron/predict",
        choice(
            "Two layers of weights follow each other, and nothing stands in between. Which border "
            "between two classes can they draw?",
            _BORDERS,
            _BORDERS[0],
            hint="Double a number, then triple it. Is there one layer that does both at once?",
            because="A sum of weighted sums is a weighted sum again, so one layer would do.",
            wrong=[
                (_BORDERS[1], "For a second line something has to happen between the layers."),
                (_BORDERS[2], "A sum of weighted sums is a weighted sum again."),
            ],
        ),
        number(
            "A network takes 2 numbers, has 8 hidden units and gives 2 numbers. Each unit has one "
            "weight for each number that it reads, and a bias. How many numbers does it learn?",
            42,
            hint="Each hidden unit has 2 weights and a bias, each output 8 weights and a bias.",
            because="8 · 3 for the hidden units and 2 · 9 for the outputs make 24 + 18 = 42.",
            wrong=[
                (32, "Those are the weights; there are 8 + 2 biases, too."),
                (40, "The two outputs have a bias as well."),
                (10, "Those are the biases."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "multilayer-perceptron/by-hand",
        numbers(
            "Which two numbers do the hidden units give for the input (5, 2)?",
            [3, 0],
            hint="5 − 2 and 2 − 5, then ReLU.",
            because="ReLU keeps 3 and makes a zero of −3.",
            wrong=[([3, -3], "Apply ReLU: what is negative becomes zero.")],
        ),
        number(
            "What is the output for (5, 2)?",
            3,
            hint="It adds the two.",
            because="3 + 0 is 3, the difference of 5 and 2 without its sign.",
            wrong=[(0, "After ReLU the two numbers do not cancel.")],
        ),
        numbers(
            "What are the outputs for (0, 0), (0, 1), (1, 0) and (1, 1), in this order?",
            [0, 1, 1, 0],
            hint="How far apart are the two coordinates?",
            because="The output is the distance between the coordinates, which is XOR of bits.",
            wrong=[([0, -1, 1, 0], "ReLU lets no negative number through.")],
        ),
        number(
            "Both hidden units have their kink on the same line. How large is the second "
            "coordinate on it where the first is 4?",
            4,
            hint="The kink is where the weighted sum is zero.",
            because="x₁ − x₂ is zero where the two are equal.",
            wrong=[(-4, "That is the line x₁ + x₂ = 0."), (0, "4 − 0 is not zero.")],
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "multilayer-perceptron/counts",
        number(
            "How many layers has a network of 784 inputs, 256 hidden units and 10 outputs?",
            2,
            hint="The input is layer 0.",
            because="One hidden layer and the output layer; the inputs have no weights.",
            wrong=[(3, "The inputs have no weights, and do not count.")],
        ),
        number(
            "How many parameters does it have?",
            203530,
            hint="Each unit has a weight for each unit before it, and a bias.",
            because="256 · 785 + 10 · 257 = 200960 + 2570.",
            wrong=[(203264, "There are 266 biases, too.")],
        ),
        numbers(
            "Which shape does `nn.Linear(784, 256).weight` have?",
            [256, 784],
            hint="There is one row for each unit of the later layer.",
            because="Rows belong to outputs, columns to inputs.",
            wrong=[([784, 256], "PyTorch stores the outputs first.")],
        ),
        numbers(
            "Units are counted from 0. In which row and in which column of `weight` does the "
            "weight from unit 2 to unit 5 of the next layer stand?",
            [5, 2],
            hint="Each row holds all the weights of one unit of the later layer.",
            because="The later layer comes first.",
            wrong=[([2, 5], "The later layer comes first.")],
        ),
        number(
            "Into how many pieces can four lines cut the plane at most?",
            11,
            hint="The fourth line can cross three others. How many pieces does it cut in two?",
            because="1 + 1 + 2 + 3 + 4 is 11.",
            wrong=[(16, "Not all combinations of sides occur."), (8, "Lines may cross.")],
        ),
        check=check,
    )
