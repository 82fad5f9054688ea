"""Best of many: the coin that looks best on validation, and what it does on new examples."""

import math
from typing import NamedTuple

import traitlets

from utils.widgets.kit.base import BookWidget
from utils.widgets.kit.random import mulberry32

TESTED = 1000  # new examples for each model
MOST = 1000
FLIPS = 32  # coins in one random integer


class Winner(NamedTuple):
    """The model that is chosen: its place, and its accuracy on validation and on new data."""

    place: int
    validation: float
    test: float


class BestOfMany(BookWidget):
    """How good does the best of many useless models look, and how good is it?

    Each model answers by tossing a coin. The one with the most right answers on the validation
    examples is chosen, of equals the first. Then it meets 1,000 new examples.

    Attributes:
        models: how many coins there are to choose from, 1 to 1,000.
        examples: how many validation examples choose, 20 to 500.
        seed: of the coins, 0 to 99.

    >>> demo = BestOfMany(models=1)
    >>> demo.bound
    0.5
    >>> BestOfMany(models=1000, seed=3).chosen.validation >= demo.chosen.validation
    True
    """

    module = "best_of_many/view"
    heights = 593, 529
    phone_growth = 0.67
    summary = (
        "Useless models, counted by accuracy: the one that is best on validation moves to the "
        "right as models are added, and falls back to one half on new examples."
    )

    models = traitlets.Int(200, min=1, max=MOST).tag(sync=True)
    examples = traitlets.Int(100, min=20, max=500).tag(sync=True)
    seed = traitlets.Int(0, min=0, max=99).tag(sync=True)

    @property
    def counts(self) -> list[tuple[int, int]]:
        """How many answers of each model are right: on validation, and on new examples."""
        integers = mulberry32(self.seed)

        def heads(tosses: int) -> int:
            words = [next(integers) for _ in range(math.ceil(tosses / FLIPS))]
            words[-1] >>= -tosses % FLIPS
            return sum(word.bit_count() for word in words)

        return [(heads(self.examples), heads(TESTED)) for _ in range(self.models)]

    @property
    def chosen(self) -> Winner:
        """The model with the most right answers on validation; of equals the first."""
        counts = self.counts
        place = max(range(len(counts)), key=lambda number: counts[number][0])
        right, tested = counts[place]
        return Winner(place, right / self.examples, tested / TESTED)

    @property
    def bound(self) -> float:
        """1/2 + √(ln M / 2n), which the best looks no better than on average."""
        return 0.5 + math.sqrt(math.log(self.models) / (2 * self.examples))
