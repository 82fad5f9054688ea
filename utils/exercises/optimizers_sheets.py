"""The answer fields of the page on momentum, Adagrad, RMSProp and Adam."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "optimizers/predict",
        number(
            "A step is the learning rate times a velocity. Each step keeps 0.9 of the velocity "
            "and adds the slope, and the slope is 1 all the time. Towards which velocity does it "
            "tend?",
            10,
            hint="It rests where the tenth that is lost equals the slope that is added.",
            because="A tenth of 10 is lost in each step, and the slope adds 1.",
            wrong=[
                (1, "That is the slope alone."),
                (1.9, "That is the velocity after the second step."),
                (9, "Of 9 a step loses 0.9, and adds 1."),
            ],
        ),
        number(
            "A weight has the slope 0.001. `torch.optim.Adam` takes its first step, with "
            "`lr=0.1`. How far does the weight move?",
            0.1,
            tolerance=0.001,
            hint="Adam divides by the size that slopes have had so far.",
            because="The slope is divided by its own size, and only its sign is left.",
            wrong=[
                (0.0001, "That is the step of plain SGD."),
                (0.001, "The step does not depend on the slope."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "optimizers/by-hand",
        number(
            "Momentum: μ = 0.5, the rate is 0.1, the weight begins at 1, and the slope is 2 each "
            "time. Where is the weight after two steps?",
            0.5,
            tolerance=0.001,
            hint="The velocities are 2 and 0.5 · 2 + 2.",
            because="The velocities are 2 and 3, so the weight loses 0.2 and 0.3.",
            wrong=[(0.6, "That is without momentum."), (0.7, "The second velocity is 3.")],
        ),
        number(
            "Adagrad: the rate is 0.1, and the slopes are 3 and 4. How long is the second step?",
            0.08,
            tolerance=0.001,
            hint="Which sum stands under the root?",
            because="The root of 9 + 16 is 5, and 0.1 · 4/5 is 0.08.",
            wrong=[
                (0.1, "The first square is still in the sum."),
                (0.4, "Divide by the root of the sum."),
                (0.016, "Divide by the root of the sum, not by the sum."),
            ],
        ),
        number(
            "RMSProp with α = 0.75 and the rate 0.1: how long is its first step, "
            "with the slope 7?",
            0.2,
            tolerance=0.001,
            hint="The mean of the squares is a quarter of 49.",
            because="Its root is 3.5, half of the slope.",
            wrong=[
                (0.1, "RMSProp corrects nothing: only a quarter of the square is in the mean."),
                (0.7, "Divide by the root of the mean square."),
                (0.4, "Take the root: of a quarter it is one half."),
            ],
        ),
        number(
            "Adam with both β = 0.5 and the rate 0.3: the slopes are 1 and −1. By how much does "
            "the second step change the weight (with its sign)?",
            0.1,
            tolerance=0.001,
            hint="m is 0.5 and then −0.25; v is 0.5 and then 0.75; both are divided by 1 − 0.25.",
            because="The corrected means are −1/3 and 1, and minus 0.3 · (−1/3) is 0.1.",
            wrong=[
                (-0.1, "The step goes against the corrected mean, which is negative."),
                (0.3, "Half of the first slope is still in the mean."),
                (0.075, "The mean is to be corrected: it is divided by 1 − 0.5²."),
            ],
        ),
        check=check,
    )


def foresee_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "optimizers/foresee",
        number(
            "A loss is multiplied by 100. By which factor must the rate of SGD be multiplied, so "
            "that the walk stays the same?",
            0.01,
            tolerance=1e-6,
            hint="The slopes grow by 100, too.",
            because="The step is the rate times the slope.",
            wrong=[(100, "Then the steps would be 10,000 times as long."), (1, "Slopes grow.")],
        ),
        number(
            "And the rate of Adam, with ε too small to matter?",
            1,
            tolerance=1e-6,
            hint="Both means grow. By which factors?",
            because="The mean grows by 100, and so does the root of the mean square.",
            wrong=[
                (0.01, "That is SGD's: Adam divides by the size of the slopes."),
                (0.0001, "Adam divides by the size of the slopes."),
            ],
        ),
        number(
            "`torch.optim.SGD` with `momentum=0.9` has the velocity 5. The rate is cut from 0.1 "
            "to 0.01, and the next slope is 0. How long is the next step?",
            0.045,
            tolerance=0.0001,
            hint="The velocity is kept without the rate.",
            because="The velocity becomes 4.5, and the new rate multiplies all of it.",
            wrong=[
                (0.45, "That is the old rate: torch keeps it out of the velocity."),
                (0.05, "The velocity loses a tenth first."),
                (0, "The velocity goes on without a slope."),
            ],
        ),
        number(
            "How many numbers does `torch.optim.Adam` store for each weight, besides the weight "
            "and its slope?",
            2,
            hint="What does it carry from step to step?",
            because="One mean of the slopes, one of their squares.",
            wrong=[(1, "That is momentum."), (0, "That is plain SGD."), (3, "That is AMSGrad.")],
        ),
        check=check,
    )
