"""The answer fields of the page on universal approximation."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

_SEARCH = ("yes, from any start", "not for certain", "no, never")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "universal-approximation/predict",
        numbers(
            "Which three numbers does the difference give, roughly, at x = 0.1, 0.45 and 0.9?",
            [0, 1, 0],
            hint="At 0.45 the first sigmoid sees 200 · 0.15 = 30, the second 200 · (−0.15) = −30.",
            because="Before both places it is 0 − 0, between them 1 − 0, behind both 1 − 1.",
            wrong=[
                ([0, 1, 1], "At 0.9 both sigmoids are at 1, and they are subtracted."),
                ([1, 0, 1], "A sigmoid of a large negative number is close to 0."),
            ],
        ),
        choice(
            "Suppose that good weights exist for a network. Does training find them?",
            _SEARCH,
            _SEARCH[1],
            hint="Think of the networks with two hidden units that trained on XOR.",
            because="Some starts lead there and some do not; the page counts on both.",
            wrong=[
                (_SEARCH[0], "On XOR many starts failed, though weights exist."),
                (_SEARCH[2], "On XOR some starts did succeed."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "universal-approximation/by-hand",
        numbers(
            "Which biases do its two hidden units have, the left edge first?",
            [-20, -50],
            hint="100 · 0.2 + b has to be zero at the left edge.",
            because="The bias is minus steepness times edge.",
            wrong=[([20, 50], "Look at the sign: at the edge the sum is zero.")],
        ),
        numbers(
            "Which two weights does the output give them?",
            [3, -3],
            hint="The left step goes up by the height, the right one takes it away.",
            because="3 · 1 − 3 · 0 = 3 between the edges, and 3 − 3 = 0 behind them.",
            wrong=[([3, 3], "Behind both edges the bump has to be zero again.")],
        ),
        number(
            "How high is the bump at x = 0.2?",
            1.5,
            hint="What does a step give at its own edge?",
            because="The left step is at one half, and the right one still at 0.",
            wrong=[(3, "At its edge a step is halfway."), (0, "At its edge a step is halfway.")],
        ),
        number(
            "How many hidden units do seven bumps take, if no edge is shared?",
            14,
            hint="Each bump has two edges.",
            because="7 · 2 = 14.",
            wrong=[(8, "That is the number of edges, if neighbours share them.")],
        ),
        check=check,
    )


def bounds_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "universal-approximation/bounds",
        number(
            "Five bumps follow f(x) = x, each as high as f in its middle. How large is the "
            "largest error?",
            0.1,
            hint="How far is it from the middle of a piece to its end?",
            because="A piece is 0.2 long, its end is 0.1 from the middle, and the slope is 1.",
            wrong=[(0.2, "That is the length of a piece; its middle is nearer.")],
        ),
        number(
            "How many bumps bring it down to 0.01?",
            50,
            hint="L / (2 h) with L = 1.",
            because="1 / (2 · 50) = 0.01.",
            wrong=[(100, "A piece may be 0.02 long: its ends are 0.01 from the middle.")],
        ),
        number(
            "A curve jumps from 0 to 1. Sigmoids climb steeply, but do not jump. At best, how "
            "large is the largest error with 1000 such bumps?",
            0.5,
            hint="Close to the jump the output cannot be near 0 and near 1.",
            because="The best compromise is halfway, 0.5 away from both sides.",
            wrong=[
                (0.0005, "L / (2 h) needs a largest slope; a jump has none."),
                (0, "Even a steep sigmoid passes through all values between 0 and 1."),
            ],
        ),
        number(
            "Into how many straight pieces do six layers of tents cut the interval?",
            64,
            hint="The first layer makes 2, and each further layer doubles them.",
            because="2 · 2 · 2 · 2 · 2 · 2 = 64.",
            wrong=[(32, "That is the number of teeth."), (12, "That is the number of units.")],
        ),
        number(
            "How many ReLU units does one hidden layer need at least for as many pieces?",
            63,
            hint="A unit adds one kink. How many kinks lie between the pieces?",
            because="64 pieces meet at 63 kinks.",
            wrong=[(64, "Between 64 pieces there is one kink less.")],
        ),
        check=check,
    )
