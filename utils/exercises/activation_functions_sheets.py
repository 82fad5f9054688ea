"""The answer fields of the page on activation functions."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

LEFT = ("about a tenth", "about a thousandth", "about a millionth")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "activation-functions/predict",
        choice(
            "A gradient passes through ten layers, and each multiplies it by ¼. How much of it is "
            "left?",
            LEFT,
            LEFT[2],
            hint="¼ · ¼ is 1/16, and five such pairs are multiplied.",
            because="¼ to the power of ten is 1/1,048,576.",
            wrong=[
                (LEFT[0], "Two layers leave 1/16 already."),
                (LEFT[1], "That is what five layers leave."),
            ],
        ),
        number(
            "A unit puts out the larger one of a and 0. For all images of a data set, a lies "
            "between −5 and −3. How much does its output change when a weight is moved a little?",
            0,
            hint="What is the output before, and what is it afterwards?",
            because="The output is 0 before and after, so the weight gets no gradient.",
            wrong=[(1, "That is how much a may change; the output is the larger one of a and 0.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "activation-functions/by-hand",
        numbers(
            "What is the sigmoid of 0, and what is its slope there?",
            [0.5, 0.25],
            hint="e⁰ is 1, and the slope is σ (1 − σ).",
            because="1 / (1 + 1) is ½, and ½ · ½ is ¼.",
            wrong=[([0, 1], "Those are tanh and its slope."), ([0.5, 0.5], "½ · (1 − ½) is ¼.")],
        ),
        number(
            "At some place the sigmoid is 0.8. How steep is it there?",
            0.16,
            hint="No need to know the place: σ (1 − σ).",
            because="0.8 · 0.2 is 0.16.",
            wrong=[(0.36, "That would be 1 − 0.8², the slope of tanh.")],
        ),
        number(
            "At some place tanh is 0.6. How steep is it there?",
            0.64,
            hint="1 − tanh².",
            because="1 − 0.36 is 0.64.",
            wrong=[(0.24, "That would be 0.6 · 0.4, the slope of the sigmoid.")],
        ),
        numbers(
            "What does the leaky ReLU with the slope 0.01 make of −3 and of 2?",
            [-0.03, 2],
            hint="Below zero it multiplies by 0.01.",
            because="−3 · 0.01 is −0.03, and what is positive stays.",
            wrong=[([0, 2], "That is ReLU; the leaky one lets a hundredth through.")],
        ),
        number(
            "Five layers of sigmoids, with weights of 1, leave at most 1/… of a gradient. Which "
            "number stands in the place of the dots?",
            1024,
            hint="The steepest slope is ¼.",
            because="4 to the power of 5 is 1,024.",
            wrong=[(20, "Slopes are multiplied, they do not add up.")],
        ),
        check=check,
    )


def zero_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "activation-functions/zero",
        number(
            "Which slope does `F.relu` have in PyTorch at 0?",
            0,
            hint="It passes a gradient on where the input is above 0.",
            because="0 is not above 0.",
            wrong=[(0.5, "That is `torch.maximum`."), (1, "That is the slope to the right of 0.")],
        ),
        number(
            "Which slope does `torch.maximum(x, torch.zeros(()))` have at x = 0?",
            0.5,
            hint="Two numbers are equally large, and share the gradient.",
            because="A tie is split: one half for x, one half for the zero.",
            wrong=[(0, "That is `F.relu`."), (1, "Each of the two gets a share.")],
        ),
        number(
            "Four hidden units give (0, 2, 0, 1) for the first image, (0, 0, 0, 3) for the second "
            "and (0, 5, 0, 0) for the third. How many units are dead on these images?",
            2,
            hint="Look at columns, not at rows.",
            because="The first and the third are 0 for all three images.",
            wrong=[(8, "Those are the zeros."), (3, "The last unit is on for two images.")],
        ),
        numbers(
            "What is the softmax of (0, 0, 0, 0)?",
            [0.25, 0.25, 0.25, 0.25],
            hint="Four equal shares of 1.",
            because="All four are equal, and they add up to 1.",
            wrong=[([0.5] * 4, "That is the sigmoid of each; softmax shares out a whole.")],
        ),
        choice(
            "The first zero becomes 3. What happens to the other three probabilities?",
            ["they stay", "they fall", "they rise"],
            "they fall",
            hint="All four together are 1, before and after.",
            because="The first one takes a larger share, and the others share what remains.",
            wrong=[
                ("they stay", "Then the four would add up to more than 1."),
                ("they rise", "All four would add up to more than 1."),
            ],
        ),
        check=check,
    )
