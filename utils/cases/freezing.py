"""Cases of the pages on transfer: classifiers with shared names, networks of which parts learn."""

import itertools
from collections.abc import Sequence

import torch

from utils.cases.drawing import Case, draws, in_dtypes

# Names of the old and of the new classes, a letter each, and how many features a row has.
NAMES = (
    ("abc", "bxa", 2),
    ("abcd", "dcba", 3),  # all shared, in another order
    ("ab", "xyz", 4),  # none shared
    ("a", "a", 1),
    ("abcde", "e", 3),
)
# Widths, examples, and the linear layers that learn, counted from 0.
NETWORKS = (
    *(((4, 6, 5, 3), 7, trained) for trained in ((0, 1, 2), (1, 2), (2,), (0,), (0, 2), (1,))),
    ((3, 2), 1, (0,)),
    ((2, 3, 3, 3, 2), 5, (2, 3)),
)


def classifiers(seed: int = 0, *, dtype: torch.dtype | None = None, device=None) -> list[Case]:
    """Return cases of an old and of a new classifier, and the names of their classes.

    A case is ``(weight, bias, new_weight, new_bias, old, new)``: weights ``(classes, features)``,
    and text whose letters are the names.

    >>> classifiers()[0][4:]
    ('abc', 'bxa')
    """
    random = draws(seed)

    def draw(old: str, new: str, features: int) -> Case:
        a, b = len(old), len(new)
        return (random(a, features), random(a), random(b, features), random(b), old, new)

    return in_dtypes([draw(*names) for names in NAMES], dtype, device)


def partly_trained(seed: int = 0, *, dtype: torch.dtype | None = None, device=None) -> list[Case]:
    """Return cases of networks of linear layers, of which some learn.

    A case is ``(inputs, labels, weight, bias, weight, bias, …, {"trained": layers})``; weights lie
    as ``nn.Linear`` stores them.

    >>> partly_trained()[2][-1]
    {'trained': (1, 2)}
    """
    random = draws(seed)

    def draw(sizes: Sequence[int], examples: int, trained: tuple[int, ...]) -> Case:
        inputs, labels = random(examples, sizes[0]), torch.arange(examples) % sizes[-1]
        parts = [
            part
            for below, above in itertools.pairwise(sizes)
            for part in (random(above, below) / below**0.5, random(above))
        ]
        return (inputs, labels, *parts, {"trained": trained})

    return in_dtypes([draw(*sizes) for sizes in NETWORKS], dtype, device)
