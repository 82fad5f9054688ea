"""The answer fields of the page on attention."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "attention/predict",
        number(
            "Three keys fit a question equally well. Their values are 3, 6 and 12. What is the "
            "answer?",
            7,
            hint="Each of the three has the same weight.",
            because="Each weight is 1/3, and (3 + 6 + 12) / 3 = 7.",
            wrong=[(21, "That is the sum. The weights add up to 1."), (6, "That is the median.")],
        ),
        choice(
            "A layer compares letters alone and knows no positions. It reads ABCA. What does it "
            "answer at the first and at the last A?",
            ["the same", "two different things"],
            "the same",
            hint="Both ask the same question. Do they ask it of other letters?",
            because="One question to one bag of letters has one answer.",
            wrong=[("two different things", "Both hold an A, and nothing says which is which.")],
        ),
    )


def look_up_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "attention/look-up",
        number(
            "How large is the weight of the second key?",
            0.75,
            hint="exp of the scores: 1 and 3.",
            because="3 / (1 + 3).",
            wrong=[(0.25, "That is the weight of the first key."), (3, "Divide by the sum.")],
        ),
        number(
            "What is the answer?",
            5,
            hint="The weights times the values, added.",
            because="0.25 · 8 + 0.75 · 4 = 5.",
            wrong=[(7, "The larger weight belongs to the value 4."), (6, "The weights differ.")],
        ),
        number(
            "What is the answer if the second key is hidden?",
            8,
            hint="The weights that remain add up to 1 again.",
            because="One key is left, with weight 1.",
            wrong=[(2, "A key is hidden before the softmax, so the weights add up to 1.")],
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "attention/counts",
        number(
            "How many megabytes do the weights of all heads take?",
            32,
            hint="Each head has a table of 1000 · 1000 numbers.",
            because="8 · 1000 · 1000 · 4 bytes are 32 million bytes.",
            wrong=[(4, "That is one head."), (8, "Each number takes 4 bytes.")],
        ),
        number(
            "By which factor do they grow if the text is three times as long?",
            9,
            hint="Rows and columns both grow.",
            because="3 · 3 = 9.",
            wrong=[(3, "The table has three times as many rows and as many columns.")],
        ),
        number(
            "Which spread does a score have before it is divided?",
            8,
            hint="The variance is the number of products that are added.",
            because="The variance is 64, and its root is 8.",
            wrong=[(64, "That is the variance."), (1, "That is the spread afterwards.")],
        ),
        check=check,
    )
