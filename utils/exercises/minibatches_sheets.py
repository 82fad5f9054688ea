"""The answer fields of the page on minibatches."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]

_ENDS = ("it comes to rest there", "it jitters around it", "it leaves, farther and farther")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "minibatches/predict",
        number(
            "100 examples are drawn instead of a single one. How many times smaller is the "
            "typical error of the slope?",
            10,
            hint="Errors of both signs cancel in part. Four times the examples halve the error.",
            because="The error shrinks with the square root of the number, and 10 · 10 is 100.",
            wrong=[
                (100, "That would be so if the number itself counted, not its square root."),
                (1, "Errors of both signs cancel in part, so a mean is better than one."),
            ],
        ),
        choice(
            "One example a step, and a small learning rate that stays. What does the walk do "
            "near the minimum?",
            _ENDS,
            _ENDS[1],
            hint="Is the slope of a single example zero where the mean of all slopes is zero?",
            because="The mean of all slopes fades there, the single slopes do not.",
            wrong=[
                (_ENDS[0], "Single slopes vanish there only if the model fits each example."),
                (_ENDS[2], "That happens where the rate is too large for single examples."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "minibatches/by-hand",
        number(
            "What is the full slope?",
            4,
            hint="It is the mean of the three.",
            because="12/3 is 4.",
            wrong=[(12, "That is the sum; the loss is a mean.")],
        ),
        number(
            "And the mean over all three minibatches of two?",
            4,
            hint="Which three pairs are there? Take the mean of each.",
            because="Each example is in two of the three.",
            wrong=[(12, "That is the sum of the three means.")],
        ),
        number(
            "By how much is the worst of them off?",
            2.5,
            hint="Compare 1.5, 5 and 5.5 with the full slope.",
            because="1.5 is 2.5 below 4.",
            wrong=[(1.5, "5.5 is off by this much, but another one is worse.")],
        ),
        number(
            "What is the typical error of a single example: the root of its mean squared error?",
            (38 / 3) ** 0.5,
            tolerance=0.05,
            hint="The errors are −3, −2 and 5. Square, take the mean, take the root.",
            because="The mean of 9, 4 and 25 is 38/3, and its root is about 3.56.",
            wrong=[(38 / 3, "Take the root."), (10 / 3, "That is the mean without squares.")],
        ),
        number(
            "And that of four examples, drawn with putting back?",
            (38 / 3) ** 0.5 / 2,
            tolerance=0.05,
            hint="Divide by the root of 4.",
            because="Four times the examples halve the error.",
            wrong=[((38 / 3) ** 0.5 / 4, "Divide by the root of 4, not by 4.")],
        ),
        check=check,
    )


def epochs_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "minibatches/epochs",
        number(
            "1,000 examples in minibatches of 64: how many steps has an epoch?",
            16,
            hint="The last minibatch may be smaller.",
            because="15 minibatches hold 960 examples, and one more holds the rest.",
            wrong=[(15, "The rest makes a step, too."), (64, "That is the batch size.")],
        ),
        number(
            "How many examples has the last of them?",
            40,
            hint="What is left after 15 full ones?",
            because="1000 − 15 · 64 is 40.",
            wrong=[(64, "64 does not divide 1,000.")],
        ),
        number(
            "A gradient of 16 examples is too noisy. How many examples make a tenth of the noise?",
            1600,
            hint="The noise shrinks with the square root of the number.",
            because="A hundred times the examples make a tenth of the noise.",
            wrong=[(160, "Ten times the examples divide the noise by about 3.")],
        ),
        number(
            "0.1 suits half the mean squared error. Which learning rate takes the same steps with "
            "`nn.MSELoss`, which lacks the half?",
            0.05,
            hint="By how much is its gradient longer?",
            because="Its gradient is twice as long, so half the rate makes the same step.",
            wrong=[(0.2, "Its gradient is longer, not shorter.")],
        ),
        number(
            "And with half the sum of the squared errors of 64 examples?",
            0.1 / 64,
            tolerance=5e-5,
            hint="A fraction such as 0.3/8 may be typed as well.",
            because="The gradient of the sum is 64 times that of the mean.",
            wrong=[(6.4, "The gradient of the sum is longer, so the rate must be smaller.")],
        ),
        check=check,
    )
