"""The answer fields of the page on model selection."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

LOOKS = ("50", "56", "64", "75")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "model-selection/predict",
        choice(
            "200 models know nothing: each answers 100 yes-or-no questions by tossing a coin. "
            "About how many does the best of the 200 get right, as a rule?",
            LOOKS,
            LOOKS[2],
            hint="One coin gets 50 right, give or take 5. And the best of 200?",
            because="The luckiest of 200 lies two to three times that spread above the middle.",
            wrong=[
                (LOOKS[0], "That is what one coin gets. The best of many was lucky."),
                (LOOKS[1], "About one coin in seven gets that far: there are 200."),
                (LOOKS[3], "75 is five spreads above 50. Even one in a million seldom is."),
            ],
        ),
        numbers(
            "23 samples are cut into 5 parts, as equal as can be, the larger ones first. "
            "How many samples are in each part?",
            [5, 5, 5, 4, 4],
            hint="23 = 5 · 4 + 3.",
            because="Each part gets four samples, and the first three get one more.",
            wrong=[
                ([5, 5, 5, 5, 3], "The sizes may differ by one at most."),
                ([4, 4, 5, 5, 5], "The larger ones come first."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "model-selection/by-hand",
        numbers(
            "10 samples are cut into 4 folds, the larger ones first. How large are they?",
            [3, 3, 2, 2],
            hint="10 = 4 · 2 + 2.",
            because="Each gets two, and the first two get one more.",
            wrong=[([3, 3, 3, 1], "The sizes may differ by one at most.")],
        ),
        numbers(
            "Leave-one-out on 50 samples: how many trainings, and on how many samples each?",
            [50, 49],
            hint="Each sample is a fold of its own.",
            because="There are 50 folds, and each leaves 49 samples to train on.",
            wrong=[([50, 50], "The sample that is held out is not trained on.")],
        ),
        number(
            "Folds of 3, 3, 2 and 2 samples have 1, 0, 1 and 1 mistakes. "
            "What is the mean of the four errors?",
            1 / 3,
            tolerance=0.0051,
            hint="The errors are 1/3, 0, 1/2 and 1/2.",
            because="4/3 divided by 4 is 1/3.",
            wrong=[(0.3, "That is the error over all samples: 3 of 10.")],
        ),
        number(
            "And what is the error over all 10 samples?",
            0.3,
            hint="Count the mistakes.",
            because="3 of 10. Small folds weigh more in the mean of the folds.",
            wrong=[(1 / 3, "That is the mean of the four errors.")],
        ),
        check=check,
    )


def trust_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "model-selection/trust",
        number(
            "A model is wrong on 20% of 400 validation samples. What is the standard error "
            "of that number?",
            0.02,
            tolerance=0.0002,
            hint="√(p (1 − p) / n) with p = 0.2 and n = 400.",
            because="0.2 · 0.8 / 400 is 0.0004, and its root is 0.02.",
            wrong=[(0.0004, "That is the variance: take its root.")],
        ),
        number(
            "How many samples would make it half as large?",
            1600,
            hint="n stands under a root.",
            because="Half the error takes four times the samples.",
            wrong=[(800, "The root of 2 is not 2.")],
        ),
        number(
            "1000 coins are judged on 500 questions. On average, what does the best of them look "
            "no better than, by the bound of this page?",
            0.5831,
            tolerance=0.0051,
            hint="1/2 + √(ln M / 2n), and ln 1000 is 6.91.",
            because="6.91 / 1000 is 0.00691, and its root 0.083.",
            wrong=[(0.083, "That is the luck alone: add the one half.")],
        ),
        check=check,
    )
