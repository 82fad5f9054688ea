"""The answer fields of the page on learning problems."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

_VERSIONS = ("the cat, moved by 8 pixels", "the cat, half as bright", "a plain grey card")
_SHARES = ("nearly all of them", "about a half", "about one in ten")

OPTIONS = ("supervised", "unsupervised", "self-supervised", "reinforcement")
# What a task is, and its kind.
KINDS = {
    "guess the next word of a text": "self-supervised",
    "tell spam from other mail, from mails that people have marked": "supervised",
    "find groups among customers": "unsupervised",
    "let a robot try movements, and pay for each metre": "reinforcement",
}
ANSWERS = ("regression", "classification")
_BECAUSE = {
    "self-supervised": "The words that follow are the labels, and the text itself has them.",
    "supervised": "There are labels from people.",
    "unsupervised": "Nobody says which groups there are.",
    "reinforcement": "A reward is all that it is told.",
}
_WRONG = {
    "self-supervised": [
        ("supervised", "No person has to write a label: the text has them."),
        ("unsupervised", "It has labels: the words that follow."),
        ("reinforcement", "Nobody pays for a guess; the right word is known."),
    ],
    "supervised": [
        ("self-supervised", "A mail does not say of itself whether it is spam."),
        ("unsupervised", "People have marked the mails."),
        ("reinforcement", "The right answer is given, not a reward."),
    ],
    "unsupervised": [
        ("supervised", "That would take labels, and nobody has given any."),
        ("self-supervised", "No part of the data is the label of another part."),
        ("reinforcement", "Nobody pays for a group."),
    ],
    "reinforcement": [
        ("supervised", "Nobody says which movement is right."),
        ("unsupervised", "It is told something: a reward for each metre."),
        ("self-supervised", "The reward comes from outside, not from the inputs."),
    ],
}


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "learning-problems/predict",
        choice(
            "Which of these is closest to a certain photograph of a cat, pixel by pixel?",
            _VERSIONS,
            _VERSIONS[2],
            hint="The card has the mean grey of the photograph.",
            because="The card is off by a little everywhere. The page measures all three.",
            wrong=[
                (
                    _VERSIONS[0],
                    "Stripes and outlines no longer lie on each other, and there it is off by "
                    "their contrast.",
                ),
                (_VERSIONS[1], "White loses half of its value, and most of the cat is not dark."),
            ],
        ),
        number(
            "The row 0, 1, 0, 1 is moved one place to the right, and its first pixel repeated: "
            "0, 0, 1, 0. What is the mean difference?",
            0.75,
            hint="The differences are 0, 1, 1 and 1.",
            because="Three of four pixels are off by 1.",
            wrong=[(3, "That is the sum; divide by the number of pixels.")],
        ),
        choice(
            "A model stores 1,437 digits with their labels. It says 0 to a picture that it does "
            "not find. How many of 360 new digits does it read?",
            _SHARES,
            _SHARES[2],
            hint="Is a new digit the same in each of its 64 pixels as a stored one?",
            because="It finds none of them, and one in ten or so happens to be a 0.",
            wrong=[
                (_SHARES[0], "That is how it does on the stored ones."),
                (_SHARES[1], "For that it would have to find half of them, pixel for pixel."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "learning-problems/by-hand",
        numbers(
            "Where is the centroid of class 0?",
            (1, 1),
            hint="Take the mean of the first numbers, and of the second ones.",
            because="3/3 and 3/3.",
            wrong=[((3, 3), "That is the sum of the three points.")],
        ),
        numbers(
            "And that of class 1?",
            (6, 2),
            hint="It lies halfway between the two points.",
            because="12/2 and 4/2.",
            wrong=[((12, 4), "That is the sum of the two points.")],
        ),
        number(
            "What is the squared distance of (4, 1) from the centroid of class 0?",
            9,
            hint="Square both differences and add.",
            because="3 · 3 + 0 · 0 is 9.",
            wrong=[(3, "That is the distance; its square is asked for.")],
        ),
        number(
            "Which class does (4, 1) get: 0 or 1?",
            1,
            hint="Its squared distance from the other centroid is 2 · 2 + 1 · 1.",
            because="5 is less than 9.",
            wrong=[(0, "That centroid is further away.")],
        ),
        number(
            "And (3, 2)?",
            0,
            hint="The differences are 2 and 1 to the one, 3 and 0 to the other.",
            because="5 is less than 9.",
            wrong=[(1, "That centroid is further away.")],
        ),
        check=check,
    )


def kinds_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    questions = [
        choice(
            f"Which kind is this: {task}?",
            OPTIONS,
            kind,
            hint="What is it given: labels, rewards, or inputs alone?",
            because=_BECAUSE[kind],
            wrong=_WRONG[kind],
        )
        for task, kind in KINDS.items()
    ]
    return Answers(
        "learning-problems/kinds",
        *questions,
        choice(
            "The price of a house is to be predicted from sales. Which kind of answer is that?",
            ANSWERS,
            ANSWERS[0],
            hint="Is it a number on a scale, or one of several classes?",
            because="A price is a number on a scale, and a near miss is better than a wide one.",
            wrong=[(ANSWERS[1], "A price is not one of several classes.")],
        ),
        number(
            "A regression predicts 2 and 5 where 1 and 5 are true. What is its empirical risk, "
            "with squared differences?",
            0.5,
            hint="The squared differences are 1 and 0.",
            because="Their mean is 1/2.",
            wrong=[(1, "That is the sum; the risk is the mean.")],
        ),
        check=check,
    )
