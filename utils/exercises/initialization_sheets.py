"""The answer fields of the page on initial weights."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

GROWN = ("about 6 times", "about 50 times", "about 117 times")
MOVE = ("the weights of both layers", "the last biases", "nothing at all")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "initialization/predict",
        choice(
            "Each of 50 layers makes the numbers that pass through it a tenth larger. How "
            "many times as large are they at the end?",
            GROWN,
            GROWN[2],
            hint="Seven factors of 1.1 are about a double, and 50 is about seven times seven.",
            because="1.1 to the power of 50 is about 117.",
            wrong=[
                (GROWN[0], "So it would be if each layer added a tenth of the first size."),
                (GROWN[1], "That is what about 41 layers make."),
            ],
        ),
        number(
            "A network has one hidden layer of 8 units. At the start all its weights are 0.1, "
            "its biases 0. After 100 steps of training, how many different units does the layer "
            "have?",
            1,
            hint="What does the loss know about the difference between two such units?",
            because="Equal units get equal gradients, so they stay equal.",
            wrong=[(8, "There is nothing that could tell the first of them from the others.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "initialization/by-hand",
        number(
            "Each unit adds up 100 products of an input and a weight. The weights have the "
            "variance 0.04. By which number does the layer multiply the mean square?",
            4,
            hint="A sum of n products has n times the mean square of one.",
            because="100 · 0.04 is 4.",
            wrong=[
                (2, "That is the factor of the root mean square."),
                (0.04, "That is one term."),
            ],
        ),
        number(
            "Which standard deviation does Kaiming give the weights of a layer with 50 inputs, "
            "before ReLU?",
            0.2,
            hint="The variance is 2 / n.",
            because="2 / 50 is 0.04, and its root is 0.2.",
            wrong=[(0.04, "That is the variance.")],
        ),
        number(
            "Which variance does Xavier give weights from 300 inputs to 200 outputs?",
            0.004,
            hint="2 over the sum of both.",
            because="2 / 500 is 0.004.",
            wrong=[(1000, "The sum stands under the 2."), (0.002, "The 2 is missing.")],
        ),
        number(
            "Xavier's uniform weights from 2 inputs to 4 outputs lie between −a and a. What is a?",
            1,
            hint="The variance a²/3 shall be 2 / (2 + 4).",
            because="a² is 3 · 1/3.",
            wrong=[(1 / 3, "That is the variance.")],
        ),
        numbers(
            "Filters have the shape (16, 8, 3, 3). What are the fan-in and the fan-out?",
            [72, 144],
            hint="Each output is a sum over 8 channels with 3 × 3 places.",
            because="8 · 9 is 72, and 16 · 9 is 144.",
            wrong=[
                ([8, 16], "Each channel has 9 places."),
                ([144, 72], "The outputs come first."),
            ],
        ),
        check=check,
    )


def start_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "initialization/start",
        number(
            "How large can a weight of a fresh `nn.Linear(100, 5)` be at most?",
            0.1,
            hint="The bound is 1/√n.",
            because="1/√100 is 0.1; the number of outputs plays no part.",
            wrong=[(0.01, "That is 1/n."), (1, "That would be one input.")],
        ),
        number(
            "Ten layers of ReLU have Xavier weights and equal widths. The mean square at the end "
            "is about 1/… of that at the start. Which number stands in the place of the dots?",
            1024,
            hint="What does ReLU leave of the mean square?",
            because="A half in each layer, and 2 to the power of 10 is 1,024.",
            wrong=[(20, "Factors are multiplied."), (1, "Xavier does not know of ReLU.")],
        ),
        choice(
            "A network with one hidden layer of tanh units starts with zeros alone, biases "
            "included. What moves in the first step?",
            MOVE,
            MOVE[1],
            hint="What comes out of the hidden units, and what is handed down to them?",
            because="The hidden units are 0, and their outgoing weights hand down 0 times the "
            "gradient.",
            wrong=[
                (MOVE[0], "Each of the two gradients has a factor of 0."),
                (MOVE[2], "The last biases need neither hidden units nor weights."),
            ],
        ),
        choice(
            "Weights are uniform between −0.3 and 0.3. What is their standard deviation?",
            ["0.3", "about 0.17", "0.03"],
            "about 0.17",
            hint="The variance is a²/3.",
            because="The root of 0.09 / 3 is 0.173.",
            wrong=[("0.3", "That is the bound."), ("0.03", "That is the variance.")],
        ),
        check=check,
    )
