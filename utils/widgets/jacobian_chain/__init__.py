"""Jacobian shape puzzle: which matrices of a chain join, and from which side they cost less."""

import itertools

import torch
import traitlets
from torch.utils.flop_counter import FlopCounterMode

from utils.widgets.kit.base import BookWidget

Shape = tuple[int, int]

FEWEST, MOST = 2, 4  # functions in a chain
LARGEST = 64  # numbers that a function takes or returns
ORDERS = ("forward", "reverse")
PRESETS: dict[str, tuple[int, ...]] = {
    "scalar loss": (32, 16, 8, 1),
    "one input": (1, 8, 16, 32),
    "square": (16, 16, 16, 16),
    "bottleneck": (64, 48, 2, 48, 64),
}
# `shown` lists the Jacobians by number in the order in which they lie on the table; `asked` is the
# range of Jacobians, first and last, whose product has the shape that is looked for.
PUZZLES: tuple[dict[str, object], ...] = (
    {"kind": "order", "sizes": (6, 4, 3, 1), "shown": (2, 3, 1)},
    {"kind": "shape", "sizes": (10, 7, 4, 2), "asked": (2, 2)},
    {"kind": "shape", "sizes": (8, 5, 3, 1), "asked": (1, 3)},
    {"kind": "order", "sizes": (4, 4, 9, 1), "shown": (1, 3, 2)},
    {"kind": "shape", "sizes": (12, 1, 6, 3), "asked": (1, 1)},
    {"kind": "order", "sizes": (3, 1, 5, 2, 7), "shown": (4, 1, 2, 3)},
    {"kind": "shape", "sizes": (9, 2, 5, 1, 4), "asked": (2, 4)},
)


class Sizes(traitlets.TraitType):
    """A tuple of bounded integers of bounded length."""

    def __init__(self, default: tuple[int, ...], *, lengths: range, least: int) -> None:
        self.lengths, self.least = lengths, least
        self.info_text = f"{lengths[0]} to {lengths[-1]} integers from {least} to {LARGEST}"
        super().__init__(default_value=default)
        self.tag(sync=True)

    def validate(self, obj: object, value: object) -> tuple[int, ...]:
        """Return ``value`` as a tuple, or raise a TraitError that gives the bounds."""
        if (
            not isinstance(value, (list, tuple))
            or len(value) not in self.lengths
            or any(isinstance(size, bool) or not isinstance(size, int) for size in value)
            or any(not self.least <= size <= LARGEST for size in value)
        ):
            raise traitlets.TraitError(f"{self.name} must be {self.info_text}, got {value!r}")
        return tuple(value)


class JacobianChain(BookWidget):
    """Which Jacobians of a chain join, and what does their product cost from either side?

    The chain has two to four functions. Function ``i`` takes ``sizes[i - 1]``
    numbers and returns ``sizes[i]``, so its Jacobian has as many rows as the
    latter and as many columns as the former.

    Attributes:
        sizes: input, hidden sizes and output, three to five integers from 1 to 64.
        order: ``"forward"`` multiplies from the input side, ``"reverse"`` from
            the loss side.
        step: products that are done; with fewer functions the last one counts.
        puzzle: number of the puzzle, from 1.
        answer: to the puzzle; a new puzzle empties it. To an order, the places
            of the boxes on the table, counted from 1, from left to right; to a
            shape, rows and columns.

    >>> demo = JacobianChain(sizes=(32, 16, 8, 1))
    >>> demo.shapes
    ((16, 32), (8, 16), (1, 8))
    >>> demo.multiplications
    {'forward': (4096, 256), 'reverse': (128, 512)}
    >>> demo.puzzle, demo.answer = 3, (1, 8)
    >>> demo.is_solved
    True
    """

    module = "jacobian_chain/view"
    summary = (
        "The Jacobians of a chain of functions are boxes that join where sizes match; their "
        "product is taken step by step from the input side or from the loss side, and the "
        "multiplications of both orders are counted."
    )
    assets = ("presets", "puzzles")

    sizes = Sizes(PRESETS["scalar loss"], lengths=range(FEWEST + 1, MOST + 2), least=1)
    order = traitlets.Enum(ORDERS, "reverse").tag(sync=True)
    step = traitlets.Int(0, min=0, max=MOST - 1).tag(sync=True)
    puzzle = traitlets.Int(1, min=1, max=len(PUZZLES)).tag(sync=True)
    answer = Sizes((), lengths=range(MOST + 1), least=0)
    presets = traitlets.Dict(read_only=True).tag(sync=True)
    puzzles = traitlets.List(read_only=True).tag(sync=True)

    def __init__(self, **state: object) -> None:
        answer = state.pop("answer", ())
        super().__init__(**state)
        self.answer = answer

    @traitlets.default("presets")
    def _presets(self) -> dict[str, tuple[int, ...]]:
        return PRESETS

    @traitlets.default("puzzles")
    def _puzzles(self) -> list[dict[str, object]]:
        return list(PUZZLES)

    @traitlets.observe("puzzle")
    def _clear(self, change: dict) -> None:
        self.answer = ()

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Rows and columns of every Jacobian, that of the first function first."""
        return tuple((rows, columns) for columns, rows in itertools.pairwise(self.sizes))

    @property
    def chain(self) -> tuple[Shape, ...]:
        """The shapes that are left after ``step`` products, from left to right."""
        left = list(reversed(self.shapes))
        for _ in range(min(self.step, len(left) - 1)):
            first = len(left) - 2 if self.order == "forward" else 0
            (rows, _), (_, columns) = left[first : first + 2]
            left[first : first + 2] = [(rows, columns)]
        return tuple(left)

    @property
    def multiplications(self) -> dict[str, tuple[int, ...]]:
        """What every product costs in either order, counted by torch."""
        return {order: tuple(count for count, _ in self._products(order)) for order in ORDERS}

    @property
    def kept(self) -> dict[str, int]:
        """The most numbers that have to be kept at one time in either order.

        Counted are the two factors of a product, the product, and Jacobians
        that wait. Functions run from the input on, so in forward order each
        Jacobian is used at once; in reverse order all wait for the last one.
        """
        return {order: max(kept for _, kept in self._products(order)) for order in ORDERS}

    @property
    def is_solved(self) -> bool:
        """Whether ``answer`` solves the puzzle."""
        puzzle = PUZZLES[self.puzzle - 1]
        sizes = puzzle["sizes"]
        if puzzle["kind"] == "shape":
            first, last = puzzle["asked"]
            return self.answer == (sizes[last], sizes[first - 1])
        shown = puzzle["shown"]
        if sorted(self.answer) != list(range(1, len(shown) + 1)):
            return False
        functions = [shown[place - 1] for place in reversed(self.answer)]
        passed = [sizes[0], *(sizes[function] for function in functions)]
        taken = [sizes[function - 1] for function in functions]
        return taken == passed[:-1] and passed[-1] == sizes[-1]

    def _products(self, order: str) -> list[tuple[int, int]]:
        """Multiplications of every product, and numbers kept while it is made."""
        waiting = [torch.empty(shape, device="meta") for shape in self.shapes]
        made = waiting.pop(0 if order == "forward" else -1)
        found = []
        while waiting:
            with FlopCounterMode(display=False) as counter:
                factors = (made, waiting.pop()) if order == "reverse" else (waiting.pop(0), made)
                made = factors[0] @ factors[1]
            kept = [*factors, made, *(waiting if order == "reverse" else [])]
            # One multiplication and one addition are two operations.
            operations = counter.get_total_flops()
            found.append((operations // 2, sum(matrix.numel() for matrix in kept)))
        return found
