"""The answer fields of the page on the memory of training."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "memory-of-training/predict",
        number(
            "You keep the first activation of each segment of 5 layers. How many are kept?",
            5,
            hint="25 layers, in segments of 5.",
            because="Five segments, one each. The rest is made again, a segment at a time.",
            wrong=[(6, "The output of the last segment is made again."), (20, "Those go.")],
        ),
        choice(
            "How often does each layer run forward in such a step?",
            ["once", "twice", "five times"],
            "twice",
            hint="Once in the forward pass. And when its segment is made again?",
            because="Each segment is made again once, however long it is.",
            wrong=[
                ("once", "What was not kept has to be made again."),
                ("five times", "Each segment starts from its own kept input."),
            ],
        ),
    )


def step_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "memory-of-training/step",
        number(
            "How many bytes do the weights take, with biases?",
            104,
            hint="A layer has (inputs + 1) · outputs numbers. How many bytes each?",
            because="16 + 10 = 26 numbers.",
            wrong=[(80, "Biases count, too."), (26, "A number has 4 bytes.")],
        ),
        number(
            "And the state of momentum?",
            104,
            hint="How many averages does it keep for each weight?",
            because="One number for each weight.",
            wrong=[(208, "That is Adam's, without its counters."), (0, "That is plain SGD's.")],
        ),
        number(
            "And the activations, labels and the loss's float among them?",
            224,
            hint="What does one example hold, and what is there once a batch?",
            because="5 · (4 · 9 + 8) + 4.",
            wrong=[(220, "The loss holds one float more."), (184, "A label has 8 bytes.")],
        ),
        check=check,
    )


def segments_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "memory-of-training/segments",
        number(
            "How many activations are held at the peak, with segments of 6?",
            12,
            hint="An input of each segment, and the outputs of one.",
            because="36 / 6 + 6 = 12.",
            wrong=[(37, "That is without checkpoints."), (6, "One segment is made again.")],
        ),
        number(
            "And with segments of 9?",
            13,
            hint="An input of each segment, and the outputs of one.",
            because="36 / 9 + 9 = 13.",
            wrong=[(4, "That is after the forward pass.")],
        ),
        number(
            "How many layers run forward once more, with segments of 6?",
            36,
            hint="Which segments are made again?",
            because="All of them, each once.",
            wrong=[(6, "That is one segment."), (30, "The last segment is made again, too.")],
        ),
        check=check,
    )
