"""The answer fields of the page on LSTM and GRU."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "lstm_and_gru/predict",
        number(
            "A belt holds 2. It keeps half of that, and a quarter of 0.8 is put on. How much does "
            "it hold now?",
            1.2,
            hint="Half of 2, and a quarter of 0.8.",
            because="0.5 · 2 + 0.25 · 0.8 = 1 + 0.2.",
            wrong=[
                (1.8, "Only a quarter of the new number is put on."),
                (2.2, "The belt keeps only half of what it held."),
            ],
        ),
        choice(
            "A belt keeps 0.99 of its content at each step. How much is left after 100?",
            ["nearly all", "about a third", "less than a thousandth"],
            "about a third",
            hint="0.99 is multiplied 100 times.",
            because="0.99¹⁰⁰ = 0.37. With 0.9 it would be 0.00003.",
            wrong=[
                ("nearly all", "One step takes little, a hundred take much."),
                ("less than a thousandth", "That is what 0.9 at each step leaves, or less."),
            ],
        ),
    )


def belt_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "lstm_and_gru/belt",
        numbers(
            "What are the cell state and the hidden state after this step?",
            [1.5, 0.45],
            tolerance=0.006,
            hint="First keep and write, then show o times tanh of it.",
            because="0.5 · 2 + 1 · 0.5 = 1.5, and 0.5 · tanh(1.5) = 0.45.",
            wrong=[
                ([1.5, 0.75], "The cell state goes through tanh before it is shown."),
                ([1.5, 0.91], "The output gate is missing."),
                ([2.5, 0.49], "The forget gate is missing."),
            ],
        ),
        number(
            "Along the direct path, how much does the cell state change for each unit that the "
            "first one changes?",
            0.5,
            hint="What is the first cell state multiplied with?",
            because="It is multiplied by f = 0.5.",
            wrong=[
                (1, "That is i, which acts on what is written."),
                (0.25, "The output gate comes later, on the way to the hidden state."),
            ],
        ),
        check=check,
    )


def sizes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "lstm_and_gru/sizes",
        number(
            "How many weights and biases does `nn.LSTM(3, 5)` have?",
            200,
            hint="Four times what `nn.RNN(3, 5)` has.",
            because="4 · 5 · (3 + 5 + 2) = 200.",
            wrong=[
                (180, "torch keeps two biases for each gate."),
                (160, "The biases are missing."),
                (50, "That is one of the four layers."),
                (150, "That is a GRU."),
            ],
        ),
        number(
            "And `nn.GRU(3, 5)`?",
            150,
            hint="Three layers instead of four.",
            because="3 · 5 · (3 + 5 + 2) = 150.",
            wrong=[
                (100, "Besides its two gates a GRU has a layer for the new content."),
                (135, "torch keeps two biases for each gate."),
            ],
        ),
        number(
            "A forget gate stands at 0.9. After how many steps is less than half of a number "
            "left?",
            7,
            hint="Multiply 0.9 by itself until it falls below 0.5.",
            because="0.9⁶ = 0.53 and 0.9⁷ = 0.48.",
            wrong=[
                (6, "0.9⁶ = 0.53 is still more than half."),
                (5, "The losses shrink with what is left: 0.9⁵ = 0.59."),
            ],
        ),
        check=check,
    )
