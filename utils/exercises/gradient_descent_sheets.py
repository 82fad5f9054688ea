"""The answer fields of the page on gradient descent."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]

_FATES = (
    "it walks down to 0 from one side",
    "it jumps from side to side, nearer each time",
    "it jumps from side to side, farther each time",
)


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "gradient-descent/predict",
        number(
            "The learning rate is 0.25. Where does the first step lead?",
            0,
            hint="The step is the learning rate times the slope, and it goes against the slope.",
            because="1 − 0.25 · 4 is 0, the lowest point.",
            wrong=[
                (2, "That is a step along the slope, uphill."),
                (0.75, "The step is 0.25 times the slope, which is 4."),
            ],
        ),
        choice(
            "The learning rate is 0.6. What does the walk do, step after step?",
            _FATES,
            _FATES[2],
            hint="Take two steps on paper: the first leads to 1 − 0.6 · 4.",
            because="The first step leads to −1.4, the second to 1.96: 1.4 times as far out each.",
            wrong=[
                (_FATES[0], "The first step leads beyond 0."),
                (_FATES[1], "The first step leads to −1.4, which is farther out than 1."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "gradient-descent/by-hand",
        number(
            "Which slope does the parabola have at the start?",
            12,
            hint="The slope of 3w² is 6w.",
            because="6 · 2 is 12.",
            wrong=[(6, "That is the curvature; the slope is 6w."), (-12, "It points uphill.")],
        ),
        number(
            "Learning rate 0.1: where is w after one step?",
            0.8,
            tolerance=0.005,
            hint="Subtract 0.1 times the slope.",
            because="2 − 0.1 · 12 is 0.8.",
            wrong=[(3.2, "That is a step along the slope, uphill.")],
        ),
        number(
            "Which learning rate needs one step?",
            1 / 6,
            tolerance=0.005,
            hint="Write 3w² as half of a, times w². What is a?",
            because="The curvature a is 6, and the rate is 1/a.",
            wrong=[(1 / 3, "That is 2/a, where the walk comes no nearer.")],
        ),
        number(
            "Above which learning rate does it diverge?",
            1 / 3,
            tolerance=0.005,
            hint="Above it the factor 1 − 6 · rate is below −1.",
            because="The bound is 2/a.",
            wrong=[(1 / 6, "That is 1/a, where one step is enough.")],
        ),
        number(
            "Learning rate 0.3: which share of the distance does a step leave?",
            0.8,
            tolerance=0.005,
            hint="Distances have no sign.",
            because="The factor is 1 − 0.3 · 6 = −0.8, so 0.8 of the distance is left.",
            wrong=[(-0.8, "That is the factor; a distance has no sign.")],
        ),
        check=check,
    )


def bowl_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "gradient-descent/bowl",
        number(
            "What is the ratio of the two curvatures, the larger one by the smaller?",
            4,
            hint="Write each part as half of a, times the square. What is a?",
            because="The curvatures are 8 and 2.",
            wrong=[(2, "That is the smaller curvature."), (0.25, "Turn the ratio round.")],
        ),
        number(
            "Above which learning rate does the walk diverge?",
            0.25,
            hint="The steep direction decides.",
            because="2/8 is 0.25.",
            wrong=[(1, "The steep direction leaves long before.")],
        ),
        number(
            "Which learning rate is the best?",
            0.2,
            hint="It treats both directions alike, apart from the sign.",
            because="1 − 2 · 0.2 is 0.6, and 1 − 8 · 0.2 is −0.6.",
            wrong=[(0.125, "That arrives at once across the valley, and creeps along it.")],
        ),
        number(
            "Which share of the distance does a step keep then?",
            0.6,
            hint="Put the best rate into 1 − rate · 2.",
            because="Both directions keep 0.6.",
            wrong=[(-0.6, "A share of a distance has no sign."), (0.4, "That is what it loses.")],
        ),
        number(
            "The start lies on the flat axis. Above which learning rate does it diverge now?",
            1,
            hint="Which curvature is left?",
            because="The steep direction takes no part, and 2/2 is 1.",
            wrong=[(0.25, "That bound comes from the steep direction.")],
        ),
        check=check,
    )
