"""The answer fields of the page on weight decay."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]

ZEROS = ("the sum of the squares", "the sum of the sizes", "both", "neither")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "weight-decay/predict",
        number(
            "A weight is 2, and the loss has no slope there. `torch.optim.SGD` takes one step "
            "with `lr=0.1` and `weight_decay=0.5`. What is the weight now?",
            1.9,
            tolerance=0.001,
            hint="The weight loses a part of itself: the product of the two numbers.",
            because="It keeps the share 1 − 0.1 · 0.5 = 0.95 of itself.",
            wrong=[
                (2, "That is the step without weight decay."),
                (1, "The decay is multiplied with the learning rate."),
                (1.8, "That is the slope of λw²; torch's penalty is half of it."),
            ],
        ),
        choice(
            "Large weights are to cost something. One may add up their squares, or their sizes "
            "|w|. Which price drives some weights to zero, to the last digit?",
            ZEROS,
            ZEROS[1],
            hint="What does the next small step towards zero save, near zero?",
            because="Near zero a square has next to no slope, and a size has the full slope.",
            wrong=[
                (ZEROS[0], "Near zero a square saves next to nothing, and the loss wins."),
                (ZEROS[2], "Near zero a square saves next to nothing, and the loss wins."),
                (ZEROS[3], "A size keeps its full slope down to zero."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "weight-decay/by-hand",
        number(
            "Which w makes ½(w − 4)² + ½w² smallest?",
            2,
            hint="The derivative is (w − 4) + w.",
            because="2w = 4.",
            wrong=[(4, "That is the minimum without the penalty."), (3, "That is L1's.")],
        ),
        number(
            "And ½(w − 4)² + |w|?",
            3,
            hint="For positive w the derivative is (w − 4) + 1.",
            because="4 moves by λ = 1 towards zero.",
            wrong=[(2, "That is L2's."), (4, "That is the minimum without the penalty.")],
        ),
        number(
            "And ½(w − 4)² + 5|w|?",
            0,
            hint="Would 4 − 5 keep its sign?",
            because="λ is larger than 4, so the weight stops at zero.",
            wrong=[(-1, "At −1 both parts are larger than at 0.")],
        ),
        number(
            "A weight is 2 and the slope of the loss is 1. What does one step of SGD leave, with "
            "`lr=0.1` and `weight_decay=0.5`?",
            1.8,
            tolerance=0.001,
            hint="(1 − 0.1 · 0.5) · 2 − 0.1 · 1.",
            because="1.9 is left of the weight, and the gradient takes 0.1.",
            wrong=[(1.9, "The gradient takes its part, too."), (1.805, "Decay w, not the step.")],
        ),
        check=check,
    )


def translate_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "weight-decay/translate",
        number(
            "A lecture adds 0.01 · ΣW² to the loss. Which `weight_decay` is the same in "
            "`torch.optim.SGD`?",
            0.02,
            tolerance=0.0001,
            hint="The derivative of 0.01 · W² is 0.02 · W.",
            because="torch adds `weight_decay` · W to the gradient.",
            wrong=[(0.01, "The square brings a factor 2 down."), (0.005, "The other way round.")],
        ),
        number(
            "scikit-learn's `Ridge` minimises ‖Xw − y‖² + α‖w‖², without a mean. Which α is the "
            "same as our λ = 0.05 on 200 samples?",
            10,
            hint="Multiply our loss, 1/(2n) ‖Xw − y‖² + λ/2 ‖w‖², by 2n.",
            because="nλ = 200 · 0.05.",
            wrong=[
                (0.05, "The sum of 200 squares weighs 200 times their mean."),
                (20, "2n · λ/2."),
            ],
        ),
        number(
            "With no gradient, `lr=0.1` and `weight_decay=0.1`: after how many steps is a weight "
            "at most half of what it was, for the first time?",
            69,
            hint="0.99 to which power is at most one half?",
            because="ln 2 / −ln 0.99 = 68.97.",
            wrong=[(50, "A percent of what is left goes, not of the start."), (68, "Nearly.")],
        ),
        check=check,
    )
