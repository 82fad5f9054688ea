"""The answer fields of the page on computational graphs and backpropagation."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]

_PRICES = ("half as many", "as many", "twice as many", "a thousand times as many")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "backpropagation/predict",
        number(
            "The number x grows by 0.01. By how much does f change?",
            -0.04,
            tolerance=1e-9,
            hint="Compute (x + y) · z once with −2 and once with −1.99.",
            because="The sum grows by 0.01, and it is multiplied by z, which is −4.",
            wrong=[
                (0.04, "Look at the sign of z."),
                (-4, "That is the slope; the step is 0.01 long."),
                (0.01, "The sum grows by that, and then it is multiplied by z."),
            ],
        ),
        choice(
            "A loss follows. Compared with the forward pass, how many multiplications does it "
            "take to get its gradients with respect to X and to W?",
            _PRICES,
            _PRICES[2],
            hint="Each of the two gradients turns out to be a product of matrices.",
            because="Each gradient costs as much as the forward pass, as the page derives.",
            wrong=[
                (_PRICES[0], "Each of the two gradients needs every number of a matrix."),
                (_PRICES[1], "That is what one of the two gradients costs."),
                (_PRICES[3], "So it would be if each weight were nudged in turn."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "backpropagation/by-hand",
        number(
            "What is f?",
            -3,
            hint="Three nodes: the maximum, a product, a sum.",
            because="3 · (−2) + 3 is −3.",
            wrong=[(-6, "That is the product; x is still to be added.")],
        ),
        number(
            "What is the gradient of x?",
            -1,
            hint="How many paths lead from x to f?",
            because="−2 comes over the maximum and 1 directly, and shares are added.",
            wrong=[
                (-2, "That is the share of one path; there is another."),
                (1, "That is the share of one path; there is another."),
            ],
        ),
        number(
            "What is the gradient of y?",
            0,
            hint="Which input does the maximum route to?",
            because="The maximum is x, so all goes there.",
            wrong=[(-2, "The router sends that to the larger input.")],
        ),
        number(
            "What is the gradient of z?",
            3,
            hint="A product swaps its inputs.",
            because="The other factor is the maximum, 3.",
            wrong=[(1, "The other factor is the maximum of x and y.")],
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "backpropagation/counts",
        number(
            "How many passes does the Jacobian of the picture take in forward mode?",
            3,
            hint="A pass gives one column of the Jacobian, for one input.",
            because="One pass for each number of the pose.",
            wrong=[(1000, "That is for reverse mode, one for each output.")],
        ),
        number(
            "And in reverse mode?",
            1000,
            hint="A pass gives one row of the Jacobian, for one output.",
            because="One pass for each pixel.",
            wrong=[(3, "That is for forward mode, one for each input.")],
        ),
        number(
            "How many multiplications do the two products of the network's forward pass take?",
            2_540_800,
            hint="A product of n × k and k × m takes n · k · m.",
            because="32 · 784 · 100 + 32 · 100 · 10 is 2540800.",
            wrong=[(2_508_800, "That is the first product alone.")],
        ),
        number(
            "How many do the products of its backward pass take?",
            2_572_800,
            hint="Two products for the second layer. How many for the first?",
            because="2508800 + 2 · 32000: the gradient of the pictures is pruned.",
            wrong=[
                (5_081_600, "That includes the gradient of the pictures."),
                (2_540_800, "The second layer needs two products."),
            ],
        ),
        check=check,
    )
