"""The answer fields of the page on modules and hooks."""

from collections.abc import Callable, Sequence

from utils.widgets.answers import Answers, choice, number

Check = Callable[[Sequence], None]


def predict_sheet() -> Answers:
    """Return the predictions at the top of the page."""
    return Answers(
        "modules-and-hooks/predict",
        number(
            "How many numbers will be trained?",
            30,
            hint="Count each object once: 4 · 4 weights and 4 biases, then the last layer.",
            because="20 of the shared layer and 10 of the last one.",
            wrong=[
                (50, "`second` is no copy of `first`: it is the same object, with one set."),
                (24, "These are the weights. Each layer has biases, too."),
            ],
        ),
        number(
            "How many entries will the saved network have?",
            6,
            hint="An entry belongs to a name, and there are three names with two entries each.",
            because="Both names are written down, with a weight and a bias each.",
            wrong=[(4, "So many tensors there are. But what is saved goes by names.")],
        ),
        choice(
            "Another network is switched from training to evaluation by `eval()`. Will "
            "`backward()` still find gradients?",
            ["yes", "no"],
            "yes",
            hint="Which of the two switches does autograd listen to?",
            because="`eval()` sets a flag that layers such as dropout read; autograd does not "
            "look at it.",
            wrong=[("no", "That is what `no_grad` does. `eval()` is another switch.")],
        ),
    )


def by_hand_sheet(check: Check) -> Answers:
    """Return the fields of exercise 1."""
    return Answers(
        "modules-and-hooks/by-hand",
        number(
            "How many entries has its `state_dict()`?",
            7,
            hint="`first` and `again` both count; the buffer that is not persistent does not.",
            because="`shift`, `mean`, two of `first`, two of `again`, one of `last`.",
            wrong=[
                (8, "`cache` is not persistent, so it is not saved; nor is an empty slot."),
                (5, "The names of `again` are saved as well."),
            ],
        ),
        number(
            "How many numbers are trained?",
            21,
            hint="`shift` has 3, `first` 3 · 3 + 3, and `last` has no bias. Buffers do not count.",
            because="3 + 12 + 6 is 21.",
            wrong=[
                (33, "`again` is the same object as `first`."),
                (24, "Buffers are not trained."),
            ],
        ),
        number(
            "How many numbers are there in all `buffers()`?",
            8,
            hint="Whether a buffer is saved does not matter here.",
            because="3 of `mean` and 5 of `cache`.",
            wrong=[(3, "`cache` is a buffer, too; it is just not saved.")],
        ),
        check=check,
    )


def hooks_sheet(check: Check) -> Answers:
    """Return the fields of exercise 2."""
    return Answers(
        "modules-and-hooks/hooks",
        number(
            "What is `double(3)`?",
            84,
            hint="The pre-hook comes first: `forward` gets 4. Then the hooks follow in order, "
            "each with what the one before has left.",
            because="3 + 1 is 4, doubled 8, times ten 80, and 80 + 4 is 84.",
            wrong=[
                (83, "The last hook adds the input of `forward`, which is 4 by then."),
                (80, "The third hook returns something, too."),
                (12, "That is without the first hook."),
            ],
        ),
        number(
            "The handle of the hook that multiplies by ten is removed. What is `double(3)` now?",
            12,
            hint="The others stay.",
            because="8 + 4 is 12.",
            wrong=[(84, "That is with it.")],
        ),
        number(
            "And `double.forward(3)`?",
            6,
            hint="Who runs the hooks, the brackets or `forward`?",
            because="`forward` alone doubles, and no hook runs.",
            wrong=[(12, "Hooks are run by the brackets of `double(3)`, not by `forward`.")],
        ),
        check=check,
    )
