"""The answer fields of the page on number formats."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]

BETWEEN = ("1", "1,024", "about a million")
ORDERS = ("2050 and 2050", "2048 and 2050", "2049 and 2050")
DOUBLED = ("120000", "65504", "infinity")
AFTER_NAN = (
    "the weights become nan",
    "the weights stay, and S is halved",
    "the step is taken, and S is halved",
)


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "number-formats/predict",
        choice(
            "A float16 has 16 bits. From 1 up to 2 there are 1,024 such numbers (2 itself not "
            "counted). How many are there from 1,024 up to 2,048?",
            BETWEEN,
            BETWEEN[1],
            hint="It is kept as a fraction, 1.5 for example, and how often it is doubled.",
            because="Doubled ten times, the same 1,024 fractions lie between 1,024 and 2,048.",
            wrong=[
                (BETWEEN[0], "Not one: the fractions are the same, doubled ten times."),
                (BETWEEN[2], "That would be as close together as they are between 1 and 2."),
            ],
        ),
        choice(
            "Adding in float16, from left to right: what are 2048 + 1 + 1 and 1 + 1 + 2048?",
            ORDERS,
            ORDERS[1],
            hint="From 2,048 up to 4,096 there are 1,024 numbers again.",
            because="Above 2048 the steps are 2, so 2048 + 1 is rounded back to 2048, twice.",
            wrong=[
                (ORDERS[0], "The way to the first one leads over 2049, which is no float16."),
                (ORDERS[2], "2049 is no float16: above 2048 the steps are 2."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "number-formats/by-hand",
        number(
            "Which number of six bits, as on this page, is 0 100 01?",
            2.5,
            hint="100 is 4, and the exponent is 4 − 3. The fraction is 1 of 4.",
            because="(1 + 1/4) · 2 is 2.5.",
            wrong=[
                (1.25, "The exponent is 1, so the number is doubled."),
                (0.5, "A 1 stands before the fraction."),
            ],
        ),
        number(
            "What is 12 + 1 in six bits?",
            12,
            hint="Its neighbours are 12 and 14. Which of the two ends in an even bit?",
            because="13 lies half-way; 12 is 0 110 10 and 14 is 0 110 11, so 12 wins.",
            wrong=[
                (13, "From 8 on the steps are 2, and 13 is not among the numbers."),
                (14, "Half-way between two numbers the one whose last bit is 0 wins."),
            ],
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
        number(
            "How far apart are neighbours in float16 between 1,024 and 2,048?",
            1,
            hint="Between 1 and 2 they are 1/1024 apart.",
            because="1,024 steps lead from 1,024 to 2,048.",
            wrong=[(2, "That is the step from 2,048 on.")],
        ),
        check=check,
    )


def half_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "number-formats/half",
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
            wrong=[
                (DOUBLED[0], "The largest float16 is 65,504."),
                (DOUBLED[1], "A float does not stop at its largest number."),
            ],
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
            wrong=[
                (AFTER_NAN[0], "That is what the check before the step prevents."),
                (AFTER_NAN[2], "A step along nan would make weights nan."),
            ],
        ),
        check=check,
    )
