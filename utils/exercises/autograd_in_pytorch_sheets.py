"""The answer fields of the page on automatic differentiation in PyTorch."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]

_RUNS = ("it fills `x.grad` with 2x", "it fills `x.grad` with ones", "it stops with an error")
_LEFT = ("`None`", "0", "5")
_OF_Y = ("`None`", "4", "24")


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "autograd-in-pytorch/predict",
        number(
            "What stands in each of the four places of `x.grad` after `out.backward()`?",
            4.5,
            hint="Each entry of z is 3 · (x + 2)², and out is a quarter of their sum.",
            because="A quarter of 6 · (x + 2), at x = 1, is 4.5.",
            wrong=[
                (18, "That is the slope of one entry of z; the mean takes a quarter of it."),
                (27, "That is the value of out, and no slope."),
            ],
        ),
        number(
            "The four lines run again, on the same `x`. What stands in each place now?",
            9,
            hint="Does the new gradient replace the old one, or join it?",
            because="The second pass adds its 4.5 to the first.",
            wrong=[(4.5, "The old gradient is still there when the new one arrives.")],
        ),
        choice(
            "What does `(x * x).backward()` do with this `x`?",
            _RUNS,
            _RUNS[2],
            hint="Of which of the four results should the derivative be taken?",
            because="Four results have four derivatives, and none was chosen.",
            wrong=[
                (_RUNS[0], "That would be the gradient of their sum; nobody asked for a sum."),
                (_RUNS[1], "Ones are what arrives at a sum of x alone."),
            ],
        ),
    )


def grad_sheet() -> Answers:
    """Return the questions on what is in `.grad`."""
    return Answers(
        "autograd-in-pytorch/grad",
        number(
            "`(x * x).backward()` runs, and then the same line again. What is `x.grad`?",
            12,
            hint="Each pass brings 2x.",
            because="6 from the first pass and 6 from the second.",
            wrong=[(6, "That is what one pass brings."), (36, "Gradients add, not multiply.")],
        ),
        choice(
            "`(x * w).backward()`, then `x.grad = None`, then `(2 * w).backward()`: what is "
            "`x.grad`?",
            _LEFT,
            _LEFT[0],
            hint="Does the last line reach x?",
            because="Nothing has arrived at x since it was cleared.",
            wrong=[
                ("0", "Zero would be a slope that has arrived; here none has."),
                ("5", "That was there before it was cleared."),
            ],
        ),
        choice(
            "`y = x * x`, then `(4 * y).backward()`. What is `y.grad`?",
            _OF_Y,
            _OF_Y[0],
            hint="Is y a leaf?",
            because="The 4 passed through y, which is no leaf and keeps nothing.",
            wrong=[
                ("4", "That passed through y, but y did not keep it."),
                ("24", "That is the gradient of x."),
            ],
        ),
        number(
            "`y = x.detach()`, then `(x * y).backward()`. What is `x.grad`?",
            3,
            hint="y is the number 3, and nobody knows where it came from.",
            because="The slope of x · 3 is 3.",
            wrong=[(6, "That counts both factors, but y is a constant.")],
        ),
        number(
            "`z = x * x` under `no_grad`, then `(x * z).backward()`. What is `x.grad`?",
            9,
            hint="z was not recorded.",
            because="z is the constant 9.",
            wrong=[(27, "That is the slope of x³; the path through z was not recorded.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "autograd-in-pytorch/by-hand",
        number(
            "`(x ** 3).backward()`?",
            12,
            hint="The slope of x³ is 3x².",
            because="3 · 4 is 12.",
            wrong=[(8, "That is the value of x³, and no slope.")],
        ),
        number(
            "`(x * x).backward()`, then `(5 * x).backward()`?",
            9,
            hint="What did the first line leave there?",
            because="2x + 5 is 9.",
            wrong=[(5, "The second pass adds to the 4 of the first.")],
        ),
        number(
            "`(x * x.detach() ** 2).backward()`?",
            4,
            hint="The second factor is a constant.",
            because="The slope of x · 4 is 4.",
            wrong=[(12, "That is the slope of x³; the detached factor counts as a constant.")],
        ),
        number(
            "`(w * x.item()).backward()`: how many of the two gradients are `None`?",
            1,
            hint="What does item return?",
            because="item hands out a plain number, so x gets nothing, and w gets 2.",
            wrong=[(0, "No path leads back to x."), (2, "w is still tracked.")],
        ),
        number(
            "`(x * torch.ones(4)).backward(gradient=torch.arange(4.0))`?",
            6,
            hint="Four results read x, with the weights 0, 1, 2 and 3.",
            because="0 + 1 + 2 + 3 comes back.",
            wrong=[(4, "That is the gradient of the plain sum, with all weights 1.")],
        ),
        check=check,
    )


def cuts_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "autograd-in-pytorch/cuts",
        number(
            "One pass with `p = w * x.detach()`. What is `x.grad`?",
            4,
            hint="Which of the two paths to x is left?",
            because="The path through p is cut, and 4x has the slope 4.",
            wrong=[
                (6, "That is the whole gradient; the path through p is cut."),
                (2, "That is what the path through p would have brought."),
            ],
        ),
        number(
            "`L = p.detach() + 4 * x`, one pass. How many gradients are `None`?",
            1,
            hint="Does a path lead from L back to w?",
            because="Nothing reaches w, and x gets 4.",
            wrong=[(2, "4x is recorded as before."), (0, "No path leads back to w.")],
        ),
        number(
            "A whole pass, then one with `4 * x.detach()`. What is `x.grad`?",
            8,
            hint="Add what each pass brings.",
            because="6 from the first pass and 2 from the second.",
            wrong=[(2, "The 6 of the first pass is still there."), (12, "The second brings 2.")],
        ),
        number(
            "A pass, `zero_grad()`, a pass with `p` under `no_grad`. What is `x.grad`?",
            4,
            hint="What is left of the first pass?",
            because="The first pass is cleared, and the second brings 4 alone.",
            wrong=[(10, "The 6 of the first pass is cleared."), (6, "p is a constant now.")],
        ),
        number(
            "`L.backward(gradient=torch.tensor(10.0))`. What is `w.grad`?",
            30,
            hint="The upstream gradient is 10 instead of 1.",
            because="10 times the slope 3.",
            wrong=[(3, "That is the pass that starts with 1."), (10, "That is what starts at L.")],
        ),
        check=check,
    )
