"""The answer fields of the page on coding and training a network from scratch."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

_MOVERS = ("all of them", "those of the output units alone", "none of them")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "mlp-from-scratch/predict",
        number(
            "How many numbers are to be learned?",
            203_530,
            hint="256 times 784 weights and 256 biases first; then the same for the ten.",
            because="784 · 256 + 256 + 256 · 10 + 10 is 203530.",
            wrong=[
                (203_264, "These are the weights. Each unit has a bias, too."),
                (200_960, "These are the hidden units; the ten output units learn as well."),
            ],
        ),
        choice(
            "Training begins with all weights and biases at 0. How many of the weights will "
            "have moved after 100 steps?",
            _MOVERS,
            _MOVERS[2],
            hint="What do the hidden units send, and by what is it multiplied?",
            because="The hidden units send zeros and are multiplied by zeros; "
            "the page ends with this case.",
            wrong=[
                (
                    _MOVERS[0],
                    "With weights 0, the hidden units send zeros, and nothing comes back.",
                ),
                (_MOVERS[1], "Such a weight is multiplied by what a hidden unit sends: by 0."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "mlp-from-scratch/by-hand",
        numbers(
            "What are the two outputs, for the first and the second example?",
            [2, 0],
            hint="Multiply each row of X with W, add up, and add the bias.",
            because="1 − 0 + 1 is 2, and 2 − 3 + 1 is 0.",
            wrong=[([1, -1], "The bias is missing.")],
        ),
        numbers(
            "What is the gradient of W, which has two entries?",
            [0, -6],
            hint="Where is the first weight used, and with which factor each time?",
            because="4 · 1 − 2 · 2 is 0, and 4 · 0 − 2 · 3 is −6.",
            wrong=[([0, -3], "That is the mean over the examples; here the sum is wanted.")],
        ),
        number(
            "What is the gradient of b?",
            2,
            hint="The bias is used in both examples, with the factor 1.",
            because="4 − 2 is 2.",
            wrong=[(1, "That is the mean; the two are added.")],
        ),
        numbers(
            "What is the gradient of the second row of X?",
            [-2, 2],
            hint="The upstream gradient of the second example, times the weights.",
            because="−2 · 1 is −2, and −2 · (−1) is 2.",
            wrong=[([4, -4], "That is the first row.")],
        ),
        number(
            "Which threshold does this unit have?",
            -1,
            hint="It is at least 0 when the weighted sum is at least the threshold.",
            because="The weighted sum plus 1 is at least 0 where the sum is at least −1.",
            wrong=[(1, "That is the bias. The threshold has the opposite sign.")],
        ),
        check=check,
    )


def shapes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "mlp-from-scratch/shapes",
        numbers(
            "Which shape does the gradient have that the loss hands down?",
            [20, 10],
            hint="It has the shape of what goes into the loss.",
            because="Twenty images with ten logits each.",
            wrong=[([10], "Each image has its own row."), ([10, 20], "Images are the rows.")],
        ),
        numbers(
            "And the one that the second Linear hands down?",
            [20, 40],
            hint="It has the shape of what goes into that layer.",
            because="Twenty images with forty hidden units each.",
            wrong=[
                ([10, 40], "That is the shape of its weights."),
                ([20, 10], "That is what it is handed, not what it hands down."),
            ],
        ),
        numbers(
            "Which shape does `dW` of the first Linear have?",
            [40, 64],
            hint="It has the shape of its weights: outputs first.",
            because="One row for each of the 40 units, one column for each of the 64 pixels.",
            wrong=[([64, 40], "The unit that a weight leads to comes first.")],
        ),
        number(
            "How many weights and biases are there in all?",
            3010,
            hint="64 · 40 weights and 40 biases, then the second layer.",
            because="2560 + 40 + 400 + 10 is 3010.",
            wrong=[(2960, "These are the weights; the biases are learned, too.")],
        ),
        check=check,
    )
