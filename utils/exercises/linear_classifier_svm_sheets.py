"""The answer fields of the page on linear classifiers and the hinge loss."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number, numbers

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "linear-classifier-svm/predict",
        number(
            "Three classes have the scores 5, 1 and 0, and the first is the true one. What is "
            "the charge in all?",
            0,
            hint="How far below 5 are the two others?",
            because="Both are further than 1 below the true class.",
            wrong=[
                (1, "The second class is 4 below, which is more than 1."),
                (5, "A wide lead costs nothing."),
            ],
        ),
        number(
            "There are ten classes, and all scores are 0. What is the charge of one example?",
            9,
            hint="What does one wrong class lack?",
            because="Each of the nine wrong classes lacks 1.",
            wrong=[
                (10, "The true class is not charged."),
                (0, "A tie is no lead: each wrong class lacks the whole distance."),
                (1, "That is the charge of one wrong class."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "linear-classifier-svm/by-hand",
        number(
            "The first class is the true one. What is the hinge loss?",
            1.5,
            tolerance=0.006,
            hint="What do the second and the third class lack?",
            because="The second lacks 2.5 − 2 + 1, the third nothing.",
            wrong=[
                (0.5, "That is by how much the second is ahead; the margin is missing."),
                (2.5, "The true class is not charged."),
            ],
        ),
        numbers(
            "And its slopes by the three scores?",
            [-1, 1, 0],
            hint="Which wrong classes are charged?",
            because="One class is charged, so the true score has the slope −1.",
            wrong=[([1, -1, 0], "A higher true score makes the loss smaller.")],
        ),
        number(
            "The third class is the true one. What is the hinge loss?",
            8.5,
            tolerance=0.006,
            hint="Both others are above it.",
            because="The first lacks 2 + 1 + 1, the second 2.5 + 1 + 1.",
            wrong=[
                (4.5, "That is the larger of two charges."),
                (6.5, "The margin of 1 counts for each of the two classes."),
            ],
        ),
        numbers(
            "And its slopes by the three scores?",
            [1, 1, -2],
            hint="How many classes are charged?",
            because="Two classes are charged, so the true score has the slope −2.",
            wrong=[([1, 1, -1], "The true score is in both charges.")],
        ),
        check=check,
    )


def street_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "linear-classifier-svm/street",
        number(
            "How far is the point (3, 4) from the border?",
            4,
            tolerance=0.006,
            hint="Divide the difference of the scores by the length of (3, 4).",
            because="The difference is 20, and the length of (3, 4) is 5.",
            wrong=[
                (20, "That is the difference of the scores."),
                (5, "That is the distance from the origin."),
            ],
        ),
        number(
            "How wide is the street between the kerbs?",
            0.4,
            tolerance=0.006,
            hint="How far is each kerb from the border?",
            because="Each kerb is 1/5 away from the border.",
            wrong=[(0.2, "That is one half of the street.")],
        ),
        number(
            "What is a point of class 0 at (1, 1) charged?",
            3,
            tolerance=0.006,
            hint="What is the difference there, and on which side does class 0 want to be?",
            because="The difference is 2, and class 0 is charged 1 + 2.",
            wrong=[
                (0, "That holds for a point of class 1."),
                (2, "The margin is missing."),
            ],
        ),
        number(
            "Another classifier has 100 classes and weights of 0. What is its hinge loss?",
            99,
            hint="How many wrong classes are there?",
            because="Each of the 99 wrong classes lacks 1.",
            wrong=[
                (100, "The true class is not charged."),
                (0.99, "That is what torch calls the loss: the sum divided by 100."),
            ],
        ),
        check=check,
    )
