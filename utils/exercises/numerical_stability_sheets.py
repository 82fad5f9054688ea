"""The answer fields of the page on exploding and vanishing gradients."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

LEFT = ("about a hundredth", "about a ten-thousandth", "about three hundred-thousandths")
SUMS = ("2100", "2048", "infinity")
DOUBLED = ("120000", "65504", "infinity")
AFTER_NAN = (
    "the weights become nan",
    "the weights stay, and S is halved",
    "the step is taken, and S is halved",
)


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "numerical-stability/predict",
        choice(
            "A hundred layers each multiply a gradient by 0.9. How much of it is left?",
            LEFT,
            LEFT[2],
            hint="0.9 · 0.9 is 0.81. Seven factors leave about a half.",
            because="0.9 to the power of 100 is 0.0000266.",
            wrong=[(LEFT[0], "That is what about 44 layers leave.")],
        ),
        choice(
            "A 16-bit float called float16 starts at 2000, and 1 is added a hundred times. Where "
            "does it end?",
            SUMS,
            SUMS[1],
            hint="It has eleven binary digits.",
            because="Above 2048 its steps are 2, so 2048 + 1 is rounded back to 2048.",
            wrong=[
                (SUMS[0], "2100 is a float16, but the way there leads over 2049, which is not."),
                (SUMS[2], "Its largest number is 65504."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "numerical-stability/by-hand",
        number(
            "A network has 10 layers. How many Jacobians lie between its output and the output "
            "of layer 4?",
            6,
            hint="Those of the layers above layer 4.",
            because="Layers 5 to 10 are six.",
            wrong=[(7, "The Jacobian of layer 4 itself is not among them.")],
        ),
        numbers(
            "A layer of ReLUs has the weights (1, 2) in its first row and (3, −1) in its second. "
            "Its input is (1, 2). What are the four entries of its Jacobian, row by row?",
            [1, 2, 3, -1],
            hint="Are the two sums above 0?",
            because="The sums are 5 and 1, both slopes are 1, and the Jacobian is the matrix.",
            wrong=[([1, 2, 0, 0], "The second sum is 3 − 2, which is above 0.")],
        ),
        number(
            "Which float16 has the bits 0 10000 1000000000?",
            3,
            hint="10000 is 16, and the exponent is 16 − 15.",
            because="(1 + 512/1024) · 2 is 3.",
            wrong=[
                (1, "A 1 stands before the fraction."),
                (1.5, "The exponent is 1, so the number is doubled."),
            ],
        ),
        numbers(
            "A gradient is (6, 8). What becomes of it when it is clipped by norm to 5?",
            [3, 4],
            hint="How long is it?",
            because="It is 10 long, so each entry is halved.",
            wrong=[([5, 5], "That is clipping by value.")],
        ),
        check=check,
    )


def half_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "numerical-stability/half",
        number(
            "What is 4096 + 1?",
            4096,
            hint="There are eleven binary digits with the 1 in front.",
            because="From 4096 on the steps are 4, and 4097 is nearest to 4096.",
            wrong=[(4097, "That needs thirteen binary digits.")],
        ),
        choice(
            "What is 60000 + 60000?",
            DOUBLED,
            DOUBLED[2],
            hint="What is the largest number?",
            because="From 65,520 on numbers are rounded to infinity, and 120,000 is far beyond.",
            wrong=[(DOUBLED[1], "A float does not stop at its largest number.")],
        ),
        number(
            "The smallest number above 0 is 2 to the power of −24. What is half of it?",
            0,
            hint="It lies half-way between two float16 numbers.",
            because="Half-way it is rounded to the even code, and that is the code of 0.",
            wrong=[(2**-25, "float16 has no such number.")],
        ),
        choice(
            "One gradient is nan. What does a scaler do with its step?",
            AFTER_NAN,
            AFTER_NAN[1],
            hint="It looks at all gradients first.",
            because="It leaves the step out and halves S.",
            wrong=[(AFTER_NAN[0], "That is what the check before the step prevents.")],
        ),
        check=check,
    )
