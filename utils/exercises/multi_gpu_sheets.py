"""The answer fields of the page on several accelerators."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "multi-gpu/predict",
        number(
            "The work is cut into four equal parts, and then the workers exchange results for "
            "one second, while nobody computes. How many times as fast is the step?",
            3,
            hint="How long does a worker compute, and how long is the whole step?",
            because="12 seconds become 3 + 1.",
            wrong=[(4, "The exchange takes time, too.")],
        ),
        choice(
            "Each of four workers has the gradient of its own quarter of the batch. What do "
            "they do next?",
            ["each updates its own weights", "they add up the gradients", "they pick the best"],
            "they add up the gradients",
            hint="All four must have the same weights after the step.",
            because="Then each makes the same update of its weights.",
            wrong=[
                ("each updates its own weights", "Then there are four different nets."),
                ("they pick the best", "Each gradient knows a quarter of the batch."),
            ],
        ),
    )


def bubble_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "multi-gpu/bubble",
        number(
            "Which share of the time is a stage idle, with 4 stages and 6 micro-batches?",
            1 / 3,
            tolerance=0.004,
            hint="How many time slots are there, and how many does one stage fill?",
            because="6 of 9 slots are filled.",
            wrong=[(0.5, "The 3 idle slots are a share of all 9."), (2 / 3, "That is busy.")],
        ),
        number(
            "How many micro-batches do 4 stages need at least, to be idle for a tenth at most?",
            27,
            hint="Which m makes 3 a tenth of m + 3?",
            because="3 of 30 slots are idle.",
            wrong=[(30, "That is the number of slots."), (26, "3 of 29 is a little more.")],
        ),
        number(
            "Of how many micro-batches does the second of 4 stages hold activations at most, "
            "with 1F1B and 6 micro-batches?",
            3,
            hint="How far can it run ahead of the last stage?",
            because="Its own and those of the two stages behind it.",
            wrong=[(6, "That is GPipe."), (4, "That is the first stage.")],
        ),
        check=check,
    )


def traffic_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "multi-gpu/traffic",
        number(
            "How many numbers does data parallelism add up in a step?",
            8388608,
            hint="One for each weight.",
            because="2 · 1024 · 4096.",
            wrong=[(4194304, "There are two layers."), (16777216, "Each weight has one.")],
        ),
        number(
            "How many does tensor parallelism add up, forward and backward, for 64 examples?",
            131072,
            hint="Forward: the outputs. Backward: the gradients of the inputs.",
            because="2 · 64 · 1024.",
            wrong=[(65536, "There is one sum in each direction.")],
        ),
        number(
            "From which batch size on does tensor parallelism add up as many as data parallelism?",
            4096,
            hint="When is 2 · B · 1024 equal to the first answer?",
            because="That is the number of hidden units.",
            wrong=[(8192, "Count both directions."), (1024, "That is the number of inputs.")],
        ),
        check=check,
    )
