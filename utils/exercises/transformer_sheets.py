"""The answer fields of the page on transformers."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "transformer/predict",
        number(
            "A model begins with one letter and writes until there are 101. For each new one it "
            "reads all letters so far again. How many letters does it read altogether?",
            5050,
            hint="1 letter, then 2, then 3, and at last 100.",
            because="1 + 2 + … + 100 = 100 · 101 / 2.",
            wrong=[
                (100, "That would be enough if it remembered what it has read."),
                (10000, "At first the text is short."),
                (5151, "The last letter is written, and not read."),
            ],
        ),
        choice(
            "A model is trained to foretell the next letter. By mistake it sees the whole text "
            "at once. What happens to its training loss?",
            ["it nearly vanishes", "it stays", "it rises"],
            "it nearly vanishes",
            hint="Where does the right answer stand?",
            because="The next letter stands beside it, and the model learns to copy it.",
            wrong=[
                ("it stays", "The answer stands in what it reads, and training finds it."),
                ("it rises", "It knows more than before, and training uses that."),
            ],
        ),
    )


def norm_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "transformer/norm",
        number(
            "What is the first number behind the norm?",
            -1,
            hint="The mean is 3. How far are the numbers from it?",
            because="(1 − 3) / 2 = −1.",
            wrong=[
                (-2, "Divide by the spread."),
                (-0.5, "The variance is 4, and its root is 2."),
            ],
        ),
        number(
            "All four numbers become ten times as large. What is the first one behind the norm?",
            -1,
            hint="Mean and spread grow alike.",
            because="(10 − 30) / 20 = −1.",
            wrong=[(-10, "The spread is ten times as large, too.")],
        ),
        number(
            "The token is (1, 1, 5, 5) again. All gains are 2 and all shifts 3. What is the "
            "first number now?",
            1,
            hint="First the gain, then the shift.",
            because="2 · (−1) + 3 = 1.",
            wrong=[(4, "The gain multiplies before the shift is added."), (5, "Watch the sign.")],
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "transformer/counts",
        number(
            "How many weights and biases does the block have?",
            12704,
            hint="12 d² weights of matrices, and 13 d others.",
            because="12 · 1024 + 13 · 32 = 12,704.",
            wrong=[
                (12288, "Biases and norms are missing."),
                (12640, "The norms have gains and shifts."),
                (12576, "The norms have weights, too."),
            ],
        ),
        number(
            "A new token comes, and with it the cache holds 100. How many multiply-adds does the "
            "block need for it?",
            18688,
            hint="One for each weight of a matrix, and d for each score and for each value.",
            because="12 · 1024 + 2 · 100 · 32 = 18,688.",
            wrong=[
                (15488, "Scores and values both cost 100 · 32."),
                (12288, "It also looks at the text."),
            ],
        ),
        number(
            "At how many tokens does looking at the text cost as much as the matrices?",
            192,
            hint="Solve 2 L d = 12 d².",
            because="L = 6 d = 192.",
            wrong=[(384, "Scores and values both cost L · d.")],
        ),
        check=check,
    )
