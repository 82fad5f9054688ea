"""The answer fields of the page on nearest neighbours."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]

FACTORS = ("about 1.1 times as far", "about 10 times as far", "about 1,000 times as far")
AB = ("A", "B")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "nearest-neighbours/predict",
        number(
            "A program stores 1,000 pictures, no two alike, and gives a new one the label of the "
            "most similar. It is asked about its own 1,000. How many does it get wrong?",
            0,
            hint="Which stored picture is the most similar one to a stored picture?",
            because="Each finds itself, at distance 0. So this number says nothing.",
        ),
        number(
            "200 programs toss coins. On 100 questions the luckiest is right 64 times. "
            "About how often will it be right on 100 new questions?",
            50,
            tolerance=3,
            hint="Does a coin remember?",
            because="It is still a coin. 64 was chosen because it was large.",
            wrong=[(64, "That was its luck on the questions that chose it.")],
        ),
        choice(
            "1,000 random points lie in a cube of 1,000 dimensions. From another random place, "
            "how far is the furthest of them, compared with the nearest?",
            FACTORS,
            FACTORS[0],
            hint="A distance adds up 1,000 differences, large ones and small ones.",
            because="In all those sums luck evens out: each distance is nearly the same.",
            wrong=[
                (FACTORS[1], "So it is in a few dimensions."),
                (FACTORS[2], "So it may be on a line."),
            ],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "nearest-neighbours/by-hand",
        numbers(
            "How far by L1 are (3, 0), (2, 2) and (0, 5) from the query (0, 0)?",
            [3, 4, 5],
            hint="Add the two coordinates.",
            because="3 + 0, 2 + 2 and 0 + 5.",
            wrong=[([9, 8, 25], "Those are squares of the L2 distances.")],
        ),
        choice(
            "Which class does the query get by L1, with k = 1?",
            AB,
            "A",
            hint="Which of 3, 4 and 5 is smallest?",
            because="The nearest is (3, 0), of class A.",
            wrong=[("B", "(2, 2) is 4 away, (3, 0) only 3.")],
        ),
        choice(
            "And by L2, with k = 1?",
            AB,
            "B",
            hint="The squares of the distances are 9, 8 and 25.",
            because="√8 is less than 3, so (2, 2) of class B is nearest.",
            wrong=[("A", "Compare 3 with √8.")],
        ),
        choice(
            "And by L2, with k = 3?",
            AB,
            "B",
            hint="All three vote.",
            because="B has two of three votes. The distances no longer matter.",
            wrong=[("A", "Count the votes: one for A, two for B.")],
        ),
        check=check,
    )


def everybody_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "nearest-neighbours/everybody",
        number(
            "All 100 examples vote on each of them, k = 100. Which share is predicted right?",
            0.5,
            tolerance=0.001,
            hint="Each vote ends 50 to 50. Who wins a tie?",
            because="The tie goes to class 0, and half of the examples are of class 0.",
            wrong=[(1, "With k = 1 it would be. Here 99 others vote as well.")],
        ),
        number(
            "Each example is left out of its own vote, k = 99. Which share is right now?",
            0,
            tolerance=0.001,
            hint="How many of the 99 others are of its own class?",
            because="49 are of its own class and 50 of the other: the majority is against it.",
            wrong=[
                (0.5, "Count the 99 others: they are not evenly split."),
                (0.49, "49 of 99 votes are a minority, and a minority wins nothing."),
            ],
        ),
        check=check,
    )
