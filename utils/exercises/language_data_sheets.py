"""The answer fields of the page on language data."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "language-data/predict",
        number(
            "In `abababab` each `ab` becomes one new token, and then each pair of those becomes "
            "one as well. How many tokens are left?",
            2,
            hint="After the first merge there are four.",
            because="Eight letters become four tokens, and four become two.",
            wrong=[
                (4, "That is after the first merge."),
                (1, "That would take a third merge."),
            ],
        ),
        choice(
            "Which model foresees a text better: one that reads letters and is as unsure as among "
            "16, or one that reads pieces of four letters, as among 256?",
            ["the one of letters", "the one of pieces", "both alike"],
            "the one of pieces",
            hint="How many yes-or-no questions settle a letter, and how many settle a piece?",
            because="16 is 2⁴, so a letter takes four bits; 256 is 2⁸, so a piece takes eight, "
            "which are two a letter.",
            wrong=[
                ("the one of letters", "A piece settles four letters at once."),
                ("both alike", "Four letters in a row would be a guess among 16⁴ = 65,536."),
            ],
        ),
    )


def merges_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "language-data/merges",
        number(
            "How many tokens are left after two merges?",
            3,
            hint="`aa` and `ab` occur three times each, and the smaller ids win.",
            because="`aa` becomes X: XbXbXb. Then `Xb` becomes Y: YYY.",
            wrong=[
                (6, "That is after the first merge."),
                (4, "That joins b to X. They stand together twice, X and b three times."),
            ],
        ),
        number(
            "And after three?",
            2,
            hint="Is there a pair that occurs twice in YYY?",
            because="YY occurs twice in YYY, since pairs may overlap. Merged from the left, it "
            "leaves ZY.",
            wrong=[
                (3, "YY occurs twice, as overlapping pairs count."),
                (1, "A merge takes two tokens, and YYY has three."),
            ],
        ),
        check=check,
    )


def measures_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "language-data/measures",
        number(
            "A model has perplexity 64 a token, and a token has 3 characters on average. How many "
            "bits does a character take?",
            2,
            hint="64 is 2 to the power of 6.",
            because="A token takes 6 bits, and they are spread over 3 characters.",
            wrong=[
                (6, "Those are the bits of a token."),
                (21.33, "The perplexity is not divided; its bits are."),
            ],
        ),
        number(
            "A table `nn.Embedding(10, 4)` looks up the ids 3, 3, 7 and 3, and the loss is the "
            "sum of all numbers that come out. How many rows of the gradient are not zero?",
            2,
            hint="A row that was not looked up gets no gradient.",
            because="Two different ids were looked up: 3 and 7.",
            wrong=[
                (4, "Equal ids share one row."),
                (10, "A row that was not looked up gets no gradient."),
            ],
        ),
        number(
            "Which number stands in the gradient of row 3?",
            3,
            hint="How often was this row looked up?",
            because="Each of the three look-ups adds 1.",
            wrong=[(1, "The row was looked up three times, and gradients add up.")],
        ),
        check=check,
    )
