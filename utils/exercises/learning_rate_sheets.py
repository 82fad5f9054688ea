"""The answer fields of the page on the learning rate and its schedule."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

LEFT = ("about a quarter", "about a half", "all of it")
UNCLEARED = (
    "it runs away, faster and faster",
    "it swings to and fro and does not come to rest",
    "it comes to rest, but later",
)
CLIPPED = ("it comes to rest", "it bounces", "it runs away")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "learning-rate/predict",
        choice(
            "Near a minimum each gradient is off by some noise, so a walk with a small learning "
            "rate jitters. Halve the rate. How much of the mean squared distance is left?",
            LEFT,
            LEFT[1],
            hint="A step adds half the noise. How quickly are old steps forgotten?",
            because="A step adds a quarter of the squared noise, and forgets half as fast.",
            wrong=[
                (LEFT[0], "That is what one step adds; but the walk also forgets half as fast."),
                (LEFT[2], "Shorter steps jitter less."),
            ],
        ),
        choice(
            "The call of `optimizer.zero_grad()` is forgotten, so each step goes along the sum of "
            "all gradients so far. The loss is a parabola, without noise, and the rate is small. "
            "What does the walk do?",
            UNCLEARED,
            UNCLEARED[1],
            hint="In the minimum the new gradient is 0. Is the sum 0 as well?",
            because="It is a ball without friction: it passes the minimum at full speed.",
            wrong=[
                (UNCLEARED[0], "Beyond the minimum the new gradients turn the sum round."),
                (UNCLEARED[2], "Nothing brakes it: old gradients keep their full weight."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "learning-rate/by-hand",
        number(
            "A parabola has the curvature 8. From which rate on does a walk come no nearer?",
            0.25,
            hint="The factor 1 − ηλ must stay above −1.",
            because="2 / 8 is 0.25.",
            wrong=[(0.125, "That is 1 / 8, where one step arrives.")],
        ),
        number(
            "By which factor does a step of the rate 0.2 multiply the distance there?",
            -0.6,
            hint="1 − ηλ, with its sign.",
            because="1 − 0.2 · 8 is −0.6: it jumps across, and comes nearer.",
            wrong=[(0.6, "The walk jumps across the minimum: the sign is minus.")],
        ),
        number(
            "With λ = 5, σ = 5 and the rate 0.2, which mean square is left in the end?",
            1,
            hint="ησ² over λ(2 − ηλ), and ηλ is 1.",
            because="0.2 · 25 is 5, and 5 · (2 − 1) is 5.",
            wrong=[(5, "Divide by λ (2 − ηλ) = 5."), (0.2, "The noise is squared: σ² = 25.")],
        ),
        number(
            "A step schedule divides the rate by ten after each third of T = 90 steps. Its peak "
            "is 0.4. "
            "What is the rate at step 70?",
            0.004,
            hint="How many thirds are over at step 70?",
            because="Two thirds are over, and two tenths leave a hundredth of 0.4.",
            wrong=[
                (0.04, "That is the second third, up to step 59."),
                (0.324, "It falls to a tenth, not by a tenth."),
            ],
        ),
        numbers(
            "Which share of the peak does a cosine schedule of T = 60 steps have at the steps 20 "
            "and 30?",
            [0.75, 0.5],
            hint="The half wave is at 60 and at 90 degrees.",
            because="(1 + ½) / 2 is ¾, and (1 + 0) / 2 is ½.",
            wrong=[([0.5, 0], "Those are the cosines; the share is half of one plus the cosine.")],
        ),
        numbers(
            "The gradient (3, 4) is clipped by norm to 2. What is left?",
            [1.2, 1.6],
            hint="It is 5 long, and keeps its direction.",
            because="2/5 of it is left.",
            wrong=[([2, 2], "That clips each entry, and turns the direction.")],
        ),
        check=check,
    )


def memory_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "learning-rate/memory",
        numbers(
            "The curvature is 4 and the rate 0.25. From w = 1, with gradients that are never "
            "cleared, which are the next five places?",
            [0, -1, -1, 0, 1],
            hint="The sum is 4, then 4 + 0, then 4 + 0 − 4, and so on.",
            because="Each place is twice cos 60° times the last one, minus the one before.",
            wrong=[
                ([0, 0, 0, 0, 0], "That is the walk with cleared gradients."),
                ([0, -1, 0, 1, 0], "At −1 the new gradient −4 makes the sum 0: it stays there."),
            ],
        ),
        number(
            "The gradient is 1 all the time, the momentum 0.9, and steps are 1 long at rate "
            "0.1. The rate falls to 0.01. How long is the next step in PyTorch?",
            0.1,
            hint="The memory holds 10, and the rate stands outside.",
            because="0.01 · (0.9 · 10 + 1) is 0.1.",
            wrong=[
                (0.01, "The memory is 10 long."),
                (0.91, "That is the form with the rate inside."),
            ],
        ),
        number(
            "And how long is it if the rate stands inside the memory?",
            0.91,
            hint="Old pushes keep their old rate.",
            because="0.9 · 1 + 0.01 · 1 is 0.91.",
            wrong=[(0.1, "That is PyTorch's form."), (0.9, "The new push adds 0.01.")],
        ),
        number(
            "`SGD(weights, lr=0.1)` is handed to `OneCycleLR` with its defaults. Which "
            "momentum has the first step?",
            0.95,
            hint="It moves the momentum from high to low and back.",
            because="It begins at `max_momentum`, which is 0.95, whatever the SGD was made with.",
            wrong=[(0, "The scheduler switches momentum on."), (0.9, "That is `CyclicLR`.")],
        ),
        choice(
            "The curvature is 4, the rate 0.6, and gradients are clipped to the length 1. What "
            "does the walk do, from w = 1?",
            CLIPPED,
            CLIPPED[1],
            hint="Without clipping the factor is −1.4. How long can a step be?",
            because="Near the minimum it is pushed out, and far away a step is 0.6 long at most.",
            wrong=[
                (CLIPPED[0], "Close to the minimum nothing is clipped, and the factor is −1.4."),
                (CLIPPED[2], "A step is at most 0.6 long, and leads towards the minimum."),
            ],
        ),
        check=check,
    )
