"""The answer fields of the page on reductions and joining."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number, numbers

Check = Callable[[Sequence], None]
ALL, STUCK, HUGE = "10,000", "2,048", "infinity"


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "reductions-and-joining/predict",
        numbers(
            "`x` holds loaves by day, shop and bread, in the shape (2, 3, 4). Which shape has "
            "`x.sum(dim=1)`?",
            (2, 4),
            hint="Along axis 1 all numbers become one.",
            because="Axis 1, the shops, is named, and vanishes. Days and breads stay.",
            wrong=[
                ((3,), "That would keep the axis that is named. It is the one that vanishes."),
                ((3, 4), "That is `dim=0`: axes are counted from 0."),
                ((2, 3), "That is `dim=2`."),
                ((2, 1, 4), "That is what `keepdim=True` gives."),
            ],
        ),
        choice(
            "A total of the type float16 starts at 0. A loop adds 1 to it, 10,000 times. Where "
            "does it end?",
            [ALL, STUCK, HUGE],
            STUCK,
            hint="A float16 has 16 bits. How fine is it near a large number?",
            because="From 2,048 on, float16 holds even numbers alone, and 2,049 is rounded back.",
            wrong=[
                (ALL, "So it would with 32 bits. With 16 the steps get lost."),
                (HUGE, "Infinity begins at 65,520, and the total does not come so far."),
            ],
        ),
    )


def shapes_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "reductions-and-joining/shapes",
        numbers(
            "`x.amax(dim=2)`?",
            (2, 3, 5),
            hint="Cross out axis 2, counted from 0.",
            because="Axis 2 has the size 4, and vanishes.",
            wrong=[((2, 4, 5), "That is `dim=1`: axes are counted from 0.")],
        ),
        numbers(
            "`x.mean(dim=(0, 3))`?",
            (3, 4),
            hint="Two axes are named.",
            because="Both named axes vanish, the first and the last.",
            wrong=[((2, 5), "These are the axes that are named.")],
        ),
        numbers(
            "`x.sum(dim=-1, keepdim=True)`?",
            (2, 3, 4, 1),
            hint="-1 is the last axis.",
            because="The last axis stays, with the size 1.",
            wrong=[((2, 3, 4), "`keepdim=True` lets the axis stay.")],
        ),
        numbers(
            "`x.cumsum(dim=1)`?",
            (2, 3, 4, 5),
            hint="How many running totals are there?",
            because="There is a running total at each place, so no axis vanishes.",
            wrong=[((2, 4, 5), "That is the shape of `x.sum(dim=1)`.")],
        ),
        numbers(
            "`torch.cat([x, x], dim=1)`?",
            (2, 6, 4, 5),
            hint="An axis grows longer.",
            because="Axis 1 has 3 + 3 places now.",
            wrong=[((2, 2, 3, 4, 5), "That is `stack`.")],
        ),
        numbers(
            "`torch.stack([x, x], dim=1)`?",
            (2, 2, 3, 4, 5),
            hint="An axis comes in.",
            because="The new axis, of size 2, stands at place 1.",
            wrong=[((2, 6, 4, 5), "That is `cat`.")],
        ),
        check=check,
    )


def numbers_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "reductions-and-joining/numbers",
        numbers(
            "`x.sum(dim=0)`?",
            (5, 7, 9),
            hint="Axis 0, the rows, vanishes.",
            because="The two rows flow together: 1 + 4, 2 + 5, 3 + 6.",
            wrong=[((6, 15), "That is `dim=1`.")],
        ),
        numbers(
            "`x.amax(dim=1)`?",
            (3, 6),
            hint="Axis 1, the columns, vanishes.",
            because="The largest of 1, 2, 3, and of 4, 5, 6.",
            wrong=[((4, 5, 6), "That is `dim=0`.")],
        ),
        numbers(
            "`x.cumsum(dim=1)[1]`?",
            (4, 9, 15),
            hint="Running totals along row 1.",
            because="4, then 4 + 5, then 4 + 5 + 6.",
            wrong=[((5, 7, 9), "That runs down the columns: `dim=0`.")],
        ),
        numbers(
            "`x.reshape(3, 2)[1]`?",
            (3, 4),
            hint="Read in order, and cut into rows of two.",
            because="The rows are 1, 2 and 3, 4 and 5, 6.",
            wrong=[((2, 5), "That is row 1 of `x.T`.")],
        ),
        number(
            "`x.argmax()`?",
            5,
            hint="Without an axis, the places of the flat list count.",
            because="The 6 is the last of six numbers, and places are counted from 0.",
            wrong=[(6, "That is the largest number. Its place is wanted.")],
        ),
        numbers(
            '`torch.einsum("ij,j->i", x, v)` with `v` holding 1, 0, 2?',
            (7, 16),
            hint="For each row i: multiply along j, and add over j.",
            because="1 · 1 + 2 · 0 + 3 · 2, and 4 · 1 + 5 · 0 + 6 · 2.",
            wrong=[((5, 7, 9), "The letter j is missing behind the arrow: j vanishes.")],
        ),
        check=check,
    )
