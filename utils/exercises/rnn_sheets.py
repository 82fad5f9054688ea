"""The answer fields of the page on recurrent networks."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "rnn/predict",
        number(
            "A memory starts at 0. At each step it is halved, and then the input is added. The "
            "inputs are 8, 0, 4. What is in it at the end?",
            6,
            hint="After the first step it is 8.",
            because="8, then 8 / 2 + 0 = 4, then 4 / 2 + 4 = 6.",
            wrong=[
                (12, "The memory is halved at each step."),
                (3, "It is halved first; the input is added afterwards."),
            ],
        ),
        choice(
            "The first input grows by 1. Twenty steps later, how much more is in the memory?",
            ["about 0.5", "about 0.03", "about 0.000001"],
            "about 0.000001",
            hint="Each step later halves it once.",
            because="It has been halved 20 times, and 1 / 2²⁰ is about 0.000001.",
            wrong=[
                ("about 0.5", "That is left after one step."),
                ("about 0.03", "That is left after five steps."),
            ],
        ),
    )


def states_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "rnn/states",
        numbers(
            "Which are the two states?",
            [0.76, 0.64],
            tolerance=0.005,
            hint="0.5 · 2 = 1, and tanh(1) is 0.76. The second input adds nothing.",
            because="tanh(0.5 · 2) = 0.76, and tanh(0.76) = 0.64.",
            wrong=[
                ([0.76, 0], "The second state hears of the first."),
                ([1, 1], "tanh has been left out."),
                ([0.76, 0.76], "The state goes through tanh at each step."),
            ],
        ),
        number(
            "By how much does the second state grow for each unit that the first one grows?",
            0.59,
            tolerance=0.005,
            hint="The slope of tanh is 1 minus the square of what comes out, here of the second "
            "state.",
            because="1 − 0.64² = 0.59, times the weight 1.",
            wrong=[
                (0.42, "That uses the first state. The step ends at the second one."),
                (1, "That is the weight; the slope of tanh is missing."),
            ],
        ),
        check=check,
    )


def foresight_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "rnn/foresight",
        number(
            "How many bits does a character take on average?",
            2,
            hint="1/2 takes one bit.",
            because="1, 2 and 3 bits, so 2 on average.",
            wrong=[(6, "That is the sum.")],
        ),
        number(
            "What is the perplexity?",
            4,
            hint="2 to the power of the mean number of bits.",
            because="2² = 4: as hard as a guess among four characters.",
            wrong=[
                (7.39, "That is e to the power of the bits. With bits the base is 2."),
                (4.67, "The mean is taken of the bits, not of 2, 4 and 8."),
            ],
        ),
        number(
            "How many weights and biases does `nn.RNN(3, 5)` have?",
            50,
            hint="Two matrices and two biases.",
            because="5 · 3 + 5 · 5 + 5 + 5 = 50.",
            wrong=[
                (40, "The biases are missing."),
                (45, "torch keeps two biases."),
                (25, "That is one of the matrices."),
            ],
        ),
        check=check,
    )
