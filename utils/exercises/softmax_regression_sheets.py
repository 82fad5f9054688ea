"""The answer fields of the page on softmax regression."""

import math
from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
STAY, SURER, EQUAL = "they stay as they are", "the first comes close to 1", "all become 1/3"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "softmax-regression/predict",
        choice(
            "A model gives three classes the scores 2, 1 and 0, and each score is turned into a "
            "probability. What should happen to the probabilities if 1000 is added to each score?",
            [STAY, SURER, EQUAL],
            STAY,
            hint="With two classes, what counted was by how much one score leads the other.",
            because="What counts is by how much one score leads another, and no lead has changed.",
            wrong=[
                (SURER, "That would need a larger lead, and no lead has changed."),
                (EQUAL, "Next to 1000 the leads look small, but they are still 1 and 2."),
            ],
        ),
        number(
            "A model with ten classes has learned nothing yet, and gives each the same "
            "probability. Its loss is minus the natural logarithm of what it gave to the true "
            "class. How large is it, to two decimals?",
            math.log(10),
            tolerance=0.006,
            hint="Which probability has each class?",
            because="Each class has 0.1, and the logarithm of 0.1 is -2.303.",
            wrong=[
                (1, "That is the logarithm to the base 10."),
                (0.1, "That is the probability; take its logarithm."),
                (-2.3, "The loss has a minus sign before the logarithm."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "softmax-regression/by-hand",
        number(
            "What is the loss, to two decimals?",
            math.log(8),
            tolerance=0.006,
            hint="The exponentials are 2, 1 and 5. Which share has the second one?",
            because="The second class has 1/8, and the logarithm of 8 is 2.079.",
            wrong=[
                (math.log(8 / 5), "That is the loss if the third class is the true one."),
                (math.log(4), "That is the loss if the first class is the true one."),
                (-math.log(8), "The logarithm of a share is negative; the loss is minus that."),
            ],
        ),
        numbers(
            "What is the gradient with respect to the three logits, in their order?",
            [0.25, -0.875, 0.625],
            tolerance=0.006,
            hint="It is the probabilities minus the label, and the label is 0, 1, 0.",
            because="The probabilities are 2/8, 1/8 and 5/8, and 1 is taken off the second.",
            wrong=[
                ([0.25, 0.125, 0.625], "These are the probabilities; take the label off."),
                ([-0.25, 0.875, -0.625], "That is the label minus the probabilities."),
            ],
        ),
        check=check,
    )


def measures_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "softmax-regression/measures",
        number(
            "The logits are 2, 1 and 0. At which temperature does the first class get four times "
            "the probability of the second, to two decimals?",
            1 / math.log(4),
            tolerance=0.006,
            hint="Their ratio is e to the power of their lead over the temperature.",
            because="The lead is 1, so 1/T must be log 4, which is 1.386.",
            wrong=[
                (math.log(4), "That is one over the temperature."),
                (0.25, "Then the ratio would be e to the power of 4."),
            ],
        ),
        number(
            "Rain comes with probability 1/2, and somebody says 1/4. How large is the "
            "cross-entropy (natural logarithm), to two decimals?",
            math.log(16 / 3) / 2,
            tolerance=0.006,
            hint="There are two cases, rain and no rain, each with weight 1/2.",
            because="It is half of log 4 and half of log 4/3: 0.693 + 0.144.",
            wrong=[
                (math.log(4), "That is the surprise when it rains; it does not always rain."),
                (math.log(2), "That is the entropy, for somebody who says 1/2."),
            ],
        ),
        number(
            "A model with five classes ends in softmax, and its loss takes softmax once more. "
            "Which number can its loss not go below, to two decimals?",
            math.log(1 + 4 / math.e),
            tolerance=0.006,
            hint="At best the first softmax returns a 1 and four zeros.",
            because="The second softmax then gives e / (e + 4), and minus its logarithm is 0.905.",
            wrong=[
                (0, "The second softmax sees a lead of at most 1."),
                (math.log(5), "That is the loss of a model that knows nothing."),
                (math.log(1 + 9 / math.e), "That is the bound for ten classes."),
            ],
        ),
        check=check,
    )
