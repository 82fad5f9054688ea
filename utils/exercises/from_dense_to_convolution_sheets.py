"""The answer fields of the page on the way from dense layers to convolutions."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

SHUFFLED = ("worse", "as well as before", "better")
KINDS = ("equivariant", "invariant", "neither")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "from-dense-to-convolution/predict",
        number(
            "A picture of 100 × 100 pixels goes through a dense layer, and out comes one of the "
            "same size. How many million weights has the layer, biases apart?",
            100,
            hint="Each output has a weight for each pixel.",
            because="10,000 outputs times 10,000 pixels is 100 million.",
            wrong=[
                (0.01, "That is the number of pixels: each output has so many weights."),
                (0.02, "Each pixel is joined with each output: multiply."),
                (100_000_000, "Count in millions."),
            ],
        ),
        choice(
            "Before a dense network is trained, the pixels of all pictures are shuffled, in all "
            "pictures alike. How well can it learn them then?",
            SHUFFLED,
            SHUFFLED[1],
            hint="What does a sum of products know of the order of its terms?",
            because="A sum does not depend on the order of its terms, so nothing changes.",
            wrong=[
                (
                    SHUFFLED[0],
                    "For you it would be. A dense layer is not told what lies beside what.",
                ),
                (SHUFFLED[2], "It gets the same numbers as before, at other places."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "from-dense-to-convolution/by-hand",
        number(
            "A dense layer takes 6 numbers to 6 numbers. How many weights has it?",
            36,
            hint="Each output has a weight for each input.",
            because="6 · 6 is 36.",
            wrong=[(12, "Multiply.")],
        ),
        number(
            "All weights on a diagonal become equal. How many are left?",
            11,
            hint="How many diagonals has a matrix of 6 × 6?",
            because="The distances run from −5 to 5.",
            wrong=[
                (6, "There are diagonals on both sides of the main one."),
                (12, "The main diagonal counts once."),
            ],
        ),
        number(
            "And with the reach 1?",
            3,
            hint="Which distances are left?",
            because="The distances −1, 0 and 1 are left.",
            wrong=[(1, "One to each side, and the middle."), (2, "The middle counts, too.")],
        ),
        number(
            "How many weights has a convolution with the reach 2 on a picture of 10 × 10?",
            25,
            hint="The size of the picture does not matter.",
            because="5 · 5 is 25.",
            wrong=[(5, "That is one axis."), (9, "That is the reach 1.")],
        ),
        numbers(
            "The kernel is v₋₁ = −1, v₀ = 1, v₁ = 2, and the signal is (0, 1, 0, 3). What are the "
            "four outputs?",
            [2, 1, 5, 3],
            hint="At place 0 the sum is v₀ · 0 + v₁ · 1; beyond the ends stand zeros.",
            because="The sums are 2 · 1, 1 · 1, −1 · 1 + 2 · 3 and 1 · 3.",
            wrong=[
                ([0, 1, -1, 3], "The right neighbours are missing."),
                ([-1, 1, -1, 3], "This is the kernel back to front."),
            ],
        ),
        check=check,
    )


def moved_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "from-dense-to-convolution/moved",
        number(
            "At which place is the largest output now?",
            7,
            hint="The output moves as the signal does.",
            because="4 + 3 is 7.",
            wrong=[(4, "The signal has moved, and a convolution is equivariant.")],
        ),
        number(
            "How large is it?",
            7,
            hint="Do the numbers that are multiplied change?",
            because="The same neighbours meet the same weights.",
            wrong=[(10, "The place has grown by 3; the output is a sum of the same products.")],
        ),
        choice(
            "What is the convolution, equivariant or invariant to this shift?",
            KINDS,
            KINDS[0],
            hint="Has the output changed?",
            because="The output moves along.",
            wrong=[
                (KINDS[1], "Then the largest output would still be at place 4."),
                (KINDS[2], "The whole output moves by three places."),
            ],
        ),
        choice(
            "What is the largest output, wherever it stands, equivariant or invariant?",
            KINDS,
            KINDS[1],
            hint="Has the number changed?",
            because="It is 7 before and after.",
            wrong=[
                (KINDS[0], "A single number has no place to move to."),
                (KINDS[2], "Compare it before and after."),
            ],
        ),
        check=check,
    )
