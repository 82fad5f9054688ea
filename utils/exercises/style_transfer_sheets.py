"""The answer fields of the page on style transfer."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
STAYS, DOUBLES, QUADRUPLES, ELSE = "it stays", "it doubles", "it becomes four times", "another one"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "style-transfer/predict",
        number(
            "How many numbers does the descent change, if the picture has 96×96 pixels?",
            27648,
            hint="Each pixel has red, green and blue.",
            because="The picture is the parameter: 3 · 96 · 96 numbers.",
            wrong=[(9216, "Each pixel has three numbers."), (0, "Something has to change.")],
        ),
        choice(
            "What becomes of the sum of products, if the pixels of both maps are shuffled alike?",
            [STAYS, "it becomes 0", "it gets smaller"],
            STAYS,
            hint="Does a sum depend on the order of its terms?",
            because="The same products are added in another order.",
            wrong=[
                ("it becomes 0", "Each product is still there."),
                ("it gets smaller", "Each product is still there, and so is their sum."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "style-transfer/by-hand",
        numbers(
            "What is the Gram matrix, row by row?",
            [1, 0.5, 0.5, 0.5],
            hint="Three dot products, each divided by the number of entries.",
            because="The dot products are 4, 2 and 2, and there are 2 · 2 entries.",
            wrong=[
                ([4, 2, 2, 2], "Divide by the number of entries."),
                ([2, 1, 1, 1], "Divide by channels times pixels, not by pixels alone."),
            ],
        ),
        number(
            "What is its squared distance from the zero matrix?",
            1.75,
            hint="Add the squares of the four entries.",
            because="1 + 0.25 + 0.25 + 0.25.",
            wrong=[(1.5, "The entry beside the diagonal is there twice.")],
        ),
        number(
            "What is the total variation of the picture?",
            3,
            hint="The mean step to the right, plus the mean step down, without signs.",
            because="Steps to the right: 2 and 0, mean 1. Steps down: 3 and 1, mean 2.",
            wrong=[(6, "Take the mean of each kind of step."), (1.5, "Add the two means.")],
        ),
        check=check,
    )


def changes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    options = [STAYS, DOUBLES, QUADRUPLES, ELSE]
    asked = (
        (
            "What if the maps are mirrored?",
            STAYS,
            "Pixels change places, the sum stays.",
            "The same products are added, in another order.",
        ),
        (
            "What if each entry of the maps is doubled?",
            QUADRUPLES,
            "Both factors double.",
            "Each entry is a sum of products of two maps, and both are doubled.",
        ),
        (
            "What if the maps are repeated side by side, twice as wide?",
            STAYS,
            "Twice the sum, divided by twice the pixels.",
            "The sum doubles, and so does the number of pixels by which it is divided.",
        ),
        (
            "What if 1 is added to each entry?",
            ELSE,
            "A second moment depends on the mean.",
            "(a + 1)(b + 1) is ab + a + b + 1: the change depends on the maps.",
        ),
    )
    return Answers(
        "style-transfer/changes",
        *(
            choice(
                question,
                options,
                right,
                hint="Write one entry of the matrix as a sum over pixels, divided by c·h·w.",
                because=because,
                wrong=[(option, look) for option in options if option != right],
            )
            for question, right, because, look in asked
        ),
        check=check,
    )
