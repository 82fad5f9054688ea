"""The answer fields of the page on reusing a classifier and freezing layers."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "reusing-and-freezing/predict",
        number(
            "Four equal layers learn. The backward pass then makes 4 products for the layers' own "
            "gradients and 3 to pass the error down (the image needs none). The first two layers "
            "are frozen: how many of the 7 products are left?",
            3,
            hint="Which layers want a gradient of their own? Who still needs the error passed on?",
            because="Layers 4 and 3 want their own, and layer 4 passes the error to layer 3.",
            wrong=[
                (5, "Nobody below layer 3 learns, so nothing is passed below it."),
                (4, "Layer 3 passes nothing on: nobody below it learns."),
                (2, "Layer 4 has to pass the error to layer 3."),
            ],
        ),
        number(
            "A weight is 2. To freeze it, its gradient is set to 0. SGD with the rate 0.1 and "
            "weight decay 0.5 takes a step. Where is the weight now?",
            1.9,
            hint="Weight decay adds 0.5 times the weight to the gradient.",
            because="0 + 0.5 · 2 = 1, and 2 − 0.1 · 1 is 1.9. So it was not frozen.",
            wrong=[
                (2, "Weight decay adds something to the gradient, also to a zero."),
                (1, "The decay is multiplied by the rate as well."),
                (1.95, "The decay is 0.5 times the weight, and the weight is 2."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "reusing-and-freezing/by-hand",
        numbers(
            "Which old rows (counted from 0) are used, in the order of the new list?",
            [3, 0, 1],
            hint="Go through the new list, and look for each name in the old one.",
            because="Tree was row 3, cat row 0 and dog row 1; bus and bird are new.",
            wrong=[
                ([0, 2, 4], "These are their places in the new list."),
                ([0, 1, 3], "In the order of the new list."),
            ],
        ),
        numbers(
            "Less the mean bias of all old classes: which biases do these three get?",
            [1, 2, -3],
            hint="The mean of 4, −1, 2 and 3 is 2.",
            because="3 − 2, 4 − 2 and −1 − 2.",
            wrong=[([3, 4, -1], "Subtract the mean bias."), ([2, -3, 1], "The new order.")],
        ),
        number(
            "Weight decay is 0.5. Where is the weight after two steps?",
            1.805,
            tolerance=0.001,
            hint="Each step multiplies it by 1 − 0.1 · 0.5.",
            because="2 · 0.95 · 0.95 is 1.805.",
            wrong=[(1.8, "The second step starts from 1.9."), (2, "Decay acts on a zero, too.")],
        ),
        number(
            "Instead: momentum 0.5, no decay, and the velocity was 8. Where does the weight end?",
            1.2,
            tolerance=0.001,
            hint="The velocity becomes 4, 2, 1, ½ and so on. Add these up, times the rate.",
            because="4 + 2 + 1 + … = 8, times 0.1 is 0.8, and 2 − 0.8 is 1.2.",
            wrong=[
                (1.6, "That is after one step."),
                (0.4, "The first step moves by 0.1 · 4, not by 0.1 · 8."),
                (2.8, "SGD subtracts the velocity."),
            ],
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "reusing-and-freezing/counts",
        number(
            "All layers learn: how many multiplications has the backward pass for an image?",
            1100,
            hint="Six products for the layers' own gradients, and five to pass the error down.",
            because="11 products of 100.",
            wrong=[
                (1200, "The image needs no gradient."),
                (600, "The error is passed down, too."),
            ],
        ),
        number(
            "The first two layers are frozen?",
            700,
            hint="Four layers learn. How far down must the error go?",
            because="Four products for their own, three to pass the error to the third layer.",
            wrong=[
                (900, "Below the third layer nobody learns."),
                (800, "The third passes nothing."),
            ],
        ),
        number(
            "The last two layers are frozen instead?",
            900,
            hint="Four layers learn, and the error has to come down through all above the first.",
            because="Four products for their own, and still five to pass the error down.",
            wrong=[(700, "The frozen layers on top have to pass the error on.")],
        ),
        number(
            "The third and the fourth layer alone learn?",
            500,
            hint="Who passes the error on? The sixth, the fifth and the fourth layer.",
            because="Two products for their own, three to pass the error on.",
            wrong=[(300, "The two layers above pass the error on as well.")],
        ),
        number(
            "The last two layers are frozen. How many parameters learn, biases included?",
            440,
            hint="Four layers with 10 · 10 weights and 10 biases each.",
            because="4 · 110 is 440.",
            wrong=[(400, "There are biases, too."), (660, "Two of the six are frozen.")],
        ),
        check=check,
    )
