"""The answer fields of the page on regression losses."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "loss-functions/predict",
        number(
            "Which number makes the sum of the squared errors smallest?",
            10,
            hint="The derivative of the sum of squares is twice the sum of the errors.",
            because="The errors add up to 0 at the mean, and 50/5 is 10.",
            wrong=[
                (3, "There the errors add up to −35: a larger number has smaller squares."),
                (2.5, "That is the mean of the other four."),
            ],
        ),
        number(
            "Which number makes the sum of the absolute errors smallest?",
            3,
            hint="One minute more: for how many people does the error grow, and for how many not?",
            because="Two people waited less and two longer, so a step either way costs more.",
            wrong=[
                (10, "Go down by 1: four errors shrink by 1, and one grows by 1."),
                (2.5, "Go up by a little: two errors grow, and three shrink."),
            ],
        ),
        number(
            "The 40 becomes 400. By how many minutes does your first number move?",
            72,
            hint="By how much does the sum of the five grow?",
            because="The mean moves by a fifth of 360.",
            wrong=[(360, "That is by how much one of five moved."), (82, "That is where it is.")],
        ),
        number(
            "And your second number?",
            0,
            hint="Is one of the five now on the other side of it?",
            because="Still two people waited less and two longer.",
            wrong=[(72, "It asks on which side a wait is, not how far off.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "loss-functions/by-hand",
        number(
            "What does `F.mse_loss` return?",
            37 / 12,
            tolerance=0.006,
            hint="The residuals are 0, −0.5 and −3. PyTorch has no ½ here.",
            because="0 + 0.25 + 9 is 9.25, and a third of it is 3.08.",
            wrong=[
                (37 / 24, "That has a ½, which PyTorch leaves out."),
                (9.25, "That is the sum; take the mean."),
            ],
        ),
        number(
            "What does `F.l1_loss` return?",
            3.5 / 3,
            tolerance=0.006,
            hint="Leave out the signs.",
            because="0 + 0.5 + 3 is 3.5, and a third of it is 1.17.",
            wrong=[(-3.5 / 3, "A loss of sizes is not below 0."), (3.5, "Take the mean.")],
        ),
        number(
            "And `F.huber_loss` with `delta=1`?",
            0.875,
            tolerance=0.006,
            hint="Two of the three are within the threshold.",
            because="0 + 0.125 + 2.5 is 2.625, and a third of it is 0.875.",
            wrong=[
                (3.125 / 3, "Beyond the threshold it is 1 · (3 − ½)."),
                (2.625, "Take the mean."),
            ],
        ),
        number(
            "And `F.smooth_l1_loss` with `beta=2`?",
            0.6875,
            tolerance=0.006,
            hint="First Huber's loss with a threshold of 2; then divide by it.",
            because="Huber's is (0 + 0.125 + 4)/3, which is 1.375; half of it is 0.6875.",
            wrong=[
                (1.375, "That is Huber's loss; divide by the threshold."),
                (0.875, "That is for a threshold of 1."),
            ],
        ),
        number(
            "What is the derivative of that Huber loss with `delta=1` by the third prediction?",
            -1 / 3,
            tolerance=0.006,
            hint="How hard does the third pull, and what does the mean do to it?",
            because="The residual −3 is cut off to −1, and the mean divides by 3.",
            wrong=[
                (-1, "That is the pull; the mean divides it."),
                (1 / 3, "The prediction is too low: raising it lowers the loss."),
                (-3, "That would be the pull under L2."),
            ],
        ),
        check=check,
    )


def constants_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "loss-functions/constants",
        number(
            "Which constant is best for L2?",
            10,
            hint="The pulls must add up to 0.",
            because="The five add up to 50.",
            wrong=[(6, "That one is best for L1."), (4, "That is the mean without the 34.")],
        ),
        number(
            "Which one is best for L1?",
            6,
            hint="As many must pull up as down.",
            because="Two values are smaller and two are larger.",
            wrong=[(10, "That one is best for L2."), (4, "Up to 6, three values still pull up.")],
        ),
        number(
            "Which one is best for Huber's loss with δ = 4?",
            5,
            tolerance=0.005,
            hint="At a value between the other two: who is within 4 of it, and who is beyond?",
            because="At 5 the pulls are 4, 3, −1, −2 and −4: their sum is 0.",
            wrong=[
                (6, "There the pulls are 4, 4, 0, −1 and −4: go down."),
                (8, "A value between the other two is not asked for: add up the pulls."),
                (10, "There the pulls are 4, 4, 4, 3 and −4: go down."),
            ],
        ),
        number(
            "The 34 becomes 340. Which constant is best for Huber's loss now?",
            5,
            tolerance=0.005,
            hint="How hard does the largest value pull now?",
            because="It is still cut off at 4.",
            wrong=[(61.2, "That is how far the mean went."), (71.2, "That is the mean.")],
        ),
        check=check,
    )
