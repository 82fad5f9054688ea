"""The answer fields of the page on looking inside a network."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

_CHANGES = ("it falls", "it stays as it is", "it rises")
_LOOKS = ("much smoother than a real 3", "about like a real 3", "much rougher than a real 3")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "looking-inside/predict",
        choice(
            "A digit is drawn in white on black. A black patch lies where there is no ink. What "
            "becomes of the probability of its class?",
            _CHANGES,
            _CHANGES[1],
            hint="Which pixels has the patch changed?",
            because="Black on black changes no pixel, and the same picture gets the same answer. "
            "A white patch is another matter.",
            wrong=[
                (_CHANGES[0], "For that some pixel has to change."),
                (_CHANGES[2], "For that some pixel has to change."),
            ],
        ),
        choice(
            "A black picture is changed step by step, along the slope, to raise the logit of the "
            "3, and nothing else is asked of it. How rough will it be: how far do neighbouring "
            "pixels differ, for its contrast?",
            _LOOKS,
            _LOOKS[2],
            hint="How many pixels may move, and who says that neighbours have to agree?",
            because="Each pixel moves as it likes, and speckle excites the network as well. The "
            "page shows the picture, and what it takes to see a 3.",
            wrong=[
                (_LOOKS[0], "Nothing makes neighbours agree."),
                (_LOOKS[1], "A 3 excites the network, but other pictures excite it far more."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "looking-inside/by-hand",
        numbers(
            "What are the slopes of the score, for a, b and c?",
            [1, -1, 1],
            hint="Which ReLUs are open? Leave out those that are shut.",
            because="Both are open, so the score is a − 2b + b + c − 2 near this place.",
            wrong=[([1, -2, 1], "b stands in the second ReLU as well.")],
        ),
        numbers(
            "How far does the score fall when a, b, or c is covered with 0?",
            [2, -1, 1],
            hint="Compute the score three times; a rise is a negative drop.",
            because="3 − 1 is 2, 3 − 4 is −1, and 3 − 2 is 1.",
            wrong=[
                ([4, -1, 2], "That is slope times pixel; ReLUs shut on the way."),
                ([1, 4, 2], "These are the scores that are left, not how far they fell."),
            ],
        ),
        number(
            "How far does it fall when b is covered with 1?",
            0,
            hint="What was b before?",
            because="b was 1 already, so nothing has changed: the colour of the patch counts.",
        ),
        check=check,
    )


def maps_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "looking-inside/maps",
        numbers(
            "What is the class activation map, row by row?",
            [4, 0, 0, -6],
            hint="Multiply each map by its weight, and add up place by place.",
            because="1 · 4 stands on the top left, and −3 · 2 on the bottom right.",
        ),
        number(
            "What is the logit of the class?",
            0,
            hint="The mean of the class activation map, plus the bias.",
            because="The mean is −2 / 4, and the bias is 0.5.",
            wrong=[(-0.5, "The bias is missing."), (-1.5, "Take the mean over four places.")],
        ),
        numbers(
            "What is Grad-CAM, row by row?",
            [1, 0, 0, 0],
            hint="By how much does the logit rise when one number of the first map rises by 1?",
            because="The mean slopes are 1/4 and −3/4; the ReLU cuts the bottom right.",
            wrong=[
                ([4, 0, 0, 0], "Each slope is the weight divided by the number of places."),
                ([1, 0, 0, -1.5], "The ReLU is missing."),
            ],
        ),
        check=check,
    )
