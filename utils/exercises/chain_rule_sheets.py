"""The answer fields of the page on the chain rule."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

_ORDERS = ("J3 (J2 J1)", "(J3 J2) J1", "both alike")
_FACTORS = ("1", "3", "500", "10,000")
INPUT_SIDE, LOSS_SIDE = "input side", "loss side"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "chain-rule/predict",
        number(
            "Let y = x² + x³. Both terms grow with x. What is dy/dx at x = 2?",
            16,
            hint="What does each term contribute?",
            because="The square contributes 4, the cube 12, and they add.",
            wrong=[
                (48, "That is the product of 4 and 12. Two contributions add."),
                (4, "That is the share of the square alone."),
                (12, "That is the value of y, and the share of the cube alone."),
            ],
        ),
        choice(
            "Three matrices are to be multiplied: J1 and J2 have 1000 rows and 1000 columns, "
            "J3 has 1 row and 1000 columns. Which brackets need fewer multiplications of two "
            "numbers?",
            _ORDERS,
            _ORDERS[1],
            hint="What shape has the product in the brackets?",
            because="J3 J2 is a single row; J2 J1 would be a large matrix.",
            wrong=[
                (_ORDERS[0], "J2 J1 alone takes 1000 · 1000 · 1000 of them."),
                (_ORDERS[2], "The results are alike. Count the work."),
            ],
        ),
        choice(
            "By about which factor do the two orders differ?",
            _FACTORS,
            _FACTORS[2],
            hint="One order has two products of a row and a matrix. What has the other?",
            because="A billion and a million stand against two million.",
            wrong=[
                (_FACTORS[0], "Then it would not matter where the brackets stand."),
                (_FACTORS[1], "Count the entries of J2 J1, and what each of them takes."),
                (_FACTORS[3], "A row times a matrix takes a million, and there are two of these."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "chain-rule/by-hand",
        number(
            "y = u³ and u = 2x − 1. What is dy/dx at x = 2?",
            54,
            hint="At which u is the slope of u³ taken?",
            because="u is 3, so the slopes are 3 · 3² and 2.",
            wrong=[
                (24, "The slope of u³ is taken at u = 3, not at x = 2."),
                (27, "That is the outer slope; u moves twice as fast as x."),
            ],
        ),
        number(
            "y = uv with u = 2x and v = x + 1. At x = 3, what does the path over u contribute?",
            8,
            hint="The slope of uv by u is v.",
            because="v · 2 is 4 · 2.",
            wrong=[(6, "That is the other path."), (12, "The slope of uv by u is v, not u.")],
        ),
        number(
            "And what is dy/dx there?",
            14,
            hint="Add the path over v.",
            because="8 + 6 · 1 is 14.",
            wrong=[(48, "Paths are added, not multiplied."), (8, "That is one path.")],
        ),
        numbers(
            "z = (⟨x, w⟩ − t)² with x = (1, 2), w = (3, −1) and t = 2. Which row is ∂z/∂w?",
            [-2, -4],
            hint="First a, then b = a − t. Then 2b times the row x.",
            because="a is 1 and b is −1, so the row is −2 times (1, 2).",
            wrong=[
                ([-1, -2], "The slope of b² is 2b."),
                ([2, 4], "b is a − t, that is, 1 − 2."),
                ([-6, 2], "That is ∂z/∂x; w is asked for."),
            ],
        ),
        check=check,
    )


def bills_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "chain-rule/bills",
        number(
            "How many multiplications does J3 (J2 J1) take?",
            1050,
            hint="J2 J1 is 5 × 10, and each entry takes 20.",
            because="5 · 20 · 10 and 1 · 5 · 10.",
            wrong=[(300, "That is the other side."), (1000, "That is the first product alone.")],
        ),
        number(
            "And (J3 J2) J1?",
            300,
            hint="J3 J2 is 1 × 20, and each entry takes 5.",
            because="1 · 5 · 20 and 1 · 20 · 10.",
            wrong=[(1050, "That is the other side."), (100, "That is the first product alone.")],
        ),
        number(
            "How many paths lead from one of the inputs to the output?",
            100,
            hint="A path picks one number of each hidden layer.",
            because="20 · 5 choices.",
            wrong=[
                (25, "20 and 5 multiply: each of the 20 leads on to each of the 5."),
                (1000, "From one input, not from all ten."),
            ],
        ),
        choice(
            "Now there is 1 input, and there are 3 outputs; the hidden sizes stay. "
            "Which side is cheaper?",
            [INPUT_SIDE, LOSS_SIDE],
            INPUT_SIDE,
            hint="How many columns does each product have from the input side, and how many rows "
            "from the other?",
            because="From the input side each product is a single column: 115 against 360.",
            wrong=[(LOSS_SIDE, "Each product has three rows there, and one column here.")],
        ),
        check=check,
    )
