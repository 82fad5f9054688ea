"""The answer fields of the page on the VC dimension."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "vc-dimension/predict",
        number(
            "Place three points as you like. For how many of their 8 colourings does a line "
            "separate the colours, at best?",
            8,
            hint="Draw a triangle. A line may also pass beside all three.",
            because="A line cuts off each corner of a triangle, and one passes beside it.",
            wrong=[
                (6, "The two colourings with one colour count too: a line beside the points."),
                (7, "Turn a colouring round, and the line stays."),
            ],
        ),
        number(
            "Place four points as you like. For how many of their 16 colourings does a line "
            "separate the colours, at best?",
            14,
            hint="Take the corners of a square. Which colourings are like XOR?",
            because="At least two are left over for each choice of four points: see below.",
            wrong=[
                (16, "Try the corners of a square: opposite corners in one colour."),
                (15, "Where one colouring has no line, its opposite has none."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "vc-dimension/by-hand",
        number(
            "Label 1 above the threshold: how many labellings of five numbers can be made?",
            6,
            hint="The threshold lies in one of the gaps, or outside.",
            because="There are four gaps, and the two ends.",
            wrong=[(5, "Count the threshold below all numbers, and the one above them.")],
        ),
        number(
            "What is the VC dimension of these classifiers?",
            1,
            hint="Can two numbers be labelled 1 and −1, in this order?",
            because="Of two numbers the smaller one cannot be the one with label 1.",
            wrong=[(2, "The smaller of two numbers would need the 1, the larger one the −1.")],
        ),
        number(
            "Either side may have the label 1: how many labellings of five numbers are there?",
            10,
            hint="Turn the six labellings round. Which ones were there already?",
            because="Twice six, less the two with one label, which are each other's opposites.",
            wrong=[(12, "All 1 and all −1 were counted twice.")],
        ),
        number(
            "What is the VC dimension of those?",
            2,
            hint="Try 1, −1, 1 on three numbers.",
            because="Two numbers get all four labellings; of three, the middle one is stuck.",
            wrong=[(3, "The labels 1, −1, 1 would need two thresholds.")],
        ),
        check=check,
    )


def counts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "vc-dimension/counts",
        number(
            "Three corners of a triangle and a point inside it: how many of 16?",
            14,
            hint="When does the shape of one colour meet the shape of the other?",
            because="The point inside is on its own in two labellings, and these have no line.",
            wrong=[(16, "The point inside cannot be on its own.")],
        ),
        number(
            "Four points in a row: how many of 16?",
            8,
            hint="Only thresholds are left, as in exercise 1.",
            because="Three gaps, each in two directions, and two with one label: 2 · 3 + 2.",
            wrong=[(10, "All 1 and all −1 were counted twice."), (14, "The row costs six more.")],
        ),
        number(
            "Three points in a row and one beside the row: how many of 16?",
            12,
            hint="In how many labellings is the middle one between two of the other label?",
            because="The middle one has both its neighbours against it in four labellings.",
            wrong=[(14, "The fourth point can have two labels each time.")],
        ),
        number(
            "What is the VC dimension of linear classifiers of 28 × 28 pixels?",
            785,
            hint="One more than the number of inputs.",
            because="784 weights and a bias: points and the origin, 785 in all.",
            wrong=[(784, "There is a bias, too."), (786, "That many cannot be shattered.")],
        ),
        check=check,
    )
