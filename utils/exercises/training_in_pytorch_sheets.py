"""The answer fields of the page on the training workflow of PyTorch."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

_COURSES = (
    "an error at the second step",
    "it falls at first, and climbs later",
    "it stays where it is",
)
_SAVED = (
    "the weights",
    "the weights and the optimiser's state",
    "the weights, the optimiser's state, and the state of the generator that shuffles",
)


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "training-in-pytorch/predict",
        choice(
            "A training loop lacks `optimizer.zero_grad()`. What does the loss do?",
            _COURSES,
            _COURSES[1],
            hint="`backward` adds to what is in `.grad`. What does the second step follow?",
            because="Each step follows the sum of all gradients so far: good only at first.",
            wrong=[
                (_COURSES[0], "Adding to a gradient is allowed, and sometimes wanted."),
                (_COURSES[2], "The weights do move, further and further each time."),
            ],
        ),
        choice(
            "A run with momentum and shuffling is to be saved and continued later. What must be "
            "saved so that it ends at the same weights as without the break?",
            _SAVED,
            _SAVED[2],
            hint="What does the next step depend on? What decides which examples come next?",
            because="The page saves all three, and compares the weights bit by bit.",
            wrong=[
                (_SAVED[0], "Momentum remembers earlier gradients, and would begin anew."),
                (_SAVED[1], "The examples would come in another order."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "training-in-pytorch/by-hand",
        number(
            "How many steps does an epoch have?",
            36,
            hint="How many full minibatches fit, and is there a rest?",
            because="35 minibatches hold 1120 examples, and one more holds the rest.",
            wrong=[(35, "The rest makes a minibatch, too."), (35.9, "Steps are whole.")],
        ),
        number(
            "How many examples are in the last minibatch?",
            30,
            hint="1150 minus those in the full ones.",
            because="1150 − 35 · 32 is 30.",
            wrong=[(32, "1150 is no multiple of 32.")],
        ),
        number(
            "How many steps do four epochs have with `drop_last=True`?",
            140,
            hint="The short minibatch is left out in each epoch.",
            because="4 · 35 is 140.",
            wrong=[(144, "That is with the short minibatches.")],
        ),
        numbers(
            "What is w after the first and after the second step?",
            [0.8, 0.5],
            hint="First the velocity, then the weight.",
            because="The velocities are 2 and 0.5 · 2 + 2 = 3, so w is 1 − 0.2 and 0.8 − 0.3.",
            wrong=[
                ([0.8, 0.6], "That is without momentum."),
                ([0.8, 0.7], "The new gradient is added to the shrunken velocity."),
            ],
        ),
        check=check,
    )


def shapes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "training-in-pytorch/shapes",
        numbers(
            "Which four sides do the images have after the four layers?",
            [24, 12, 8, 4],
            hint="A convolution takes off kernel − 1; pooling by 2 halves.",
            because="28 − 4 is 24, half is 12, 12 − 4 is 8, and half is 4.",
            wrong=[
                ([24, 24, 20, 20], "The stride of `MaxPool2d(2)` is 2 unless you say otherwise."),
                ([28, 14, 14, 7], "Without padding a convolution shrinks the image."),
            ],
        ),
        number(
            "How many numbers does an image have behind `nn.Flatten()`?",
            256,
            hint="All channels count.",
            because="16 channels of 4 · 4 numbers are 256.",
            wrong=[(16, "That is one channel, or the number of channels.")],
        ),
        number(
            "How many weights and biases does `nn.Conv2d(6, 16, 5)` have?",
            2416,
            hint="Each of the 16 outputs looks at all 6 channels, through a window of 5 · 5.",
            because="16 · 6 · 25 + 16 is 2416.",
            wrong=[(2400, "Each output channel has a bias, too."), (416, "All 6 inputs count.")],
        ),
        check=check,
    )
