"""The answer fields of the page on distributed training."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "distributed-training/predict",
        number(
            "How many MB does the middle of the star send?",
            300,
            hint="It sends the whole sum to each of the others.",
            because="Three times 100 MB; and it receives as much before.",
            wrong=[(400, "It need not send to itself."), (100, "Three workers wait for it.")],
        ),
        choice(
            "Can all four get the sum if each sends less than 200 MB?",
            ["yes", "no"],
            "yes",
            hint="A worker need not send all its numbers to one and the same place.",
            because="In a ring each sends 150 MB, as the demo below shows.",
            wrong=[("no", "Cut the gradient, and let each worker finish a part of the sum.")],
        ),
    )


def sums_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "distributed-training/sums",
        number(
            "What is the gradient of the whole batch?",
            2.1,
            hint="Each mean counts as often as it has examples.",
            because="(5 · 2 + 3 · 1 + 2 · 4) / 10 = 21 / 10.",
            wrong=[(2.33, "That is the plain mean of three parts of different sizes.")],
        ),
        number(
            "How many MB does each of five workers send in a ring?",
            64,
            hint="How many steps are there, and how large is a chunk?",
            because="8 steps of 40 / 5 = 8 MB.",
            wrong=[(32, "That is the first half: adding."), (80, "A ring has 4 + 4 steps.")],
        ),
        number(
            "And the middle of a star?",
            160,
            hint="Whom does it send the sum to?",
            because="40 MB to each of four others.",
            wrong=[(200, "It need not send to itself."), (40, "Four others wait for it.")],
        ),
        check=check,
    )


def times_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "distributed-training/times",
        number(
            "How many milliseconds does the ring all-reduce take?",
            66,
            hint="Each of 2 · 3 messages has a latency, and a quarter of the bytes.",
            because="6 · (1 + 10) ms.",
            wrong=[(60, "Each message has its latency, too."), (246, "A message is one chunk.")],
        ),
        number(
            "How many does a step take, if sending hides behind computing?",
            80,
            hint="Which of the two takes longer?",
            because="The longer one decides.",
            wrong=[(146, "That is one after the other."), (66, "Computing takes longer.")],
        ),
        number(
            "And one after the other?",
            146,
            hint="Nothing overlaps.",
            because="80 + 66.",
            wrong=[(80, "That is with full overlap.")],
        ),
        check=check,
    )
