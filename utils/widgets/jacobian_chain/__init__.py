"""Jacobian dominoes: which matrices of a chain join, and what each order of brackets costs."""

import itertools
from collections.abc import Iterator

import torch
import traitlets
from torch.utils.flop_counter import FlopCounterMode

from utils.widgets.kit.base import BookWidget

Shape = tuple[int, int]

FEWEST, MOST = 2, 4  # functions in a chain
LARGEST = 64  # numbers that a function takes or returns
# Sizes, input first, and the order in which the dominoes lie, by function, from left to right.
PRESETS: dict[str, dict[str, tuple[int, ...]]] = {
    "one loss": {"sizes": (64, 48, 64, 16, 1), "places": (4, 3, 2, 1)},
    "one input": {"sizes": (1, 16, 64, 48, 64), "places": (4, 3, 2, 1)},
    "bottleneck": {"sizes": (64, 48, 2, 48, 64), "places": (4, 3, 2, 1)},
    "all alike": {"sizes": (16, 16, 16, 16, 16), "places": (4, 3, 2, 1)},
    "shuffled": {"sizes": (12, 3, 12, 2, 8), "places": (2, 4, 1, 3)},
}
_OPENING = PRESETS["one loss"]
_SUBSCRIPTS = str.maketrans("1234", "₁₂₃₄")


def _are_integers(value: object, lengths: range, least: int, most: int) -> bool:
    return (
        isinstance(value, (list, tuple))
        and len(value) in lengths
        and all(isinstance(part, int) and not isinstance(part, bool) for part in value)
        and all(least <= part <= most for part in value)
    )


class Integers(traitlets.TraitType):
    """A tuple of bounded integers of bounded length; ``distinct`` ones may not repeat."""

    def __init__(
        self, default: tuple, *, lengths: range, most: int, distinct: bool = False
    ) -> None:
        self.lengths, self.most, self.distinct = lengths, most, distinct
        kind = "different integers" if distinct else "integers"
        self.info_text = f"{lengths[0]} to {lengths[-1]} {kind} from 1 to {most}"
        super().__init__(default_value=default)
        self.tag(sync=True)

    def validate(self, obj: object, value: object) -> tuple[int, ...]:
        """Return ``value`` as a tuple, or raise a TraitError that gives the bounds."""
        is_good = _are_integers(value, self.lengths, 1, self.most)
        if not is_good or (self.distinct and len(set(value)) < len(value)):
            raise traitlets.TraitError(f"{self.name} must be {self.info_text}, got {value!r}")
        return tuple(value)


class JacobianChain(BookWidget):
    """Which Jacobians of a chain join, and what does each order of brackets cost?

    The chain has two to four functions. Function ``i`` takes ``sizes[i - 1]`` numbers and returns
    ``sizes[i]``, so its Jacobian has as many rows as the latter and as many columns as the former.

    Attributes:
        sizes: input, hidden sizes and output, three to five integers from 1 to 64.
        places: the functions in the order in which their dominoes lie, from left to right. Where
            it does not fit the number of functions, the last function lies on the left.
        joins: the gaps that are closed, in this order; gap 1 is the one between the two
            dominoes on the left. Closing a gap multiplies what lies on its two sides. Gaps
            that the chain lacks do not count, and none does where ``fits`` is false.

    >>> demo = JacobianChain(sizes=(4, 3, 2, 1), joins=(2,))
    >>> demo.shapes, demo.paid
    (((3, 4), (2, 3), (1, 2)), (24,))
    >>> demo.bills
    {'J₃(J₂J₁)': 32, '(J₃J₂)J₁': 18}
    """

    module = "jacobian_chain/view"
    summary = (
        "Matrices lie in a row as dominoes of rows and columns; those whose inner sizes are equal "
        "are multiplied, and areas show how many multiplications it takes from the back and from "
        "the front of the chain."
    )
    assets = ("presets",)
    heights = (648, 666)
    growth = 0.08
    phone_growth = -0.24

    sizes = Integers(_OPENING["sizes"], lengths=range(FEWEST + 1, MOST + 2), most=LARGEST)
    places = Integers(_OPENING["places"], lengths=range(MOST + 1), most=MOST, distinct=True)
    joins = Integers((3,), lengths=range(MOST), most=MOST - 1, distinct=True)
    presets = traitlets.Dict(read_only=True).tag(sync=True)

    @traitlets.default("presets")
    def _presets(self) -> dict[str, dict[str, tuple[int, ...]]]:
        return PRESETS

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Rows and columns of each Jacobian, that of the first function first."""
        return tuple((rows, columns) for columns, rows in itertools.pairwise(self.sizes))

    @property
    def lying(self) -> tuple[int, ...]:
        """The functions from left to right, as the dominoes really lie."""
        natural = tuple(range(len(self.sizes) - 1, 0, -1))
        return self.places if sorted(self.places) == sorted(natural) else natural

    @property
    def dominoes(self) -> tuple[Shape, ...]:
        """Rows and columns from left to right."""
        return tuple(self.shapes[function - 1] for function in self.lying)

    @property
    def fits(self) -> bool:
        """Whether all neighbours join, and both ends: outputs on the left, inputs on the right."""
        rows = [*(shape[0] for shape in self.dominoes), self.sizes[0]]
        columns = [self.sizes[-1], *(shape[1] for shape in self.dominoes)]
        return rows == columns

    @property
    def paid(self) -> tuple[int, ...]:
        """Multiplications of the products made so far, counted by torch."""
        parts = self._matrices() if self.fits else []
        starts, counts = list(range(len(parts))), []
        for gap in self.joins:
            if gap >= len(self.lying) or not parts:
                continue
            at = starts.index(max(start for start in starts if start < gap))
            with FlopCounterMode(display=False) as counter:
                parts[at : at + 2] = [parts[at] @ parts[at + 1]]
            starts.pop(at + 1)
            counts.append(counter.get_total_flops() // 2)
        return tuple(counts)

    @property
    def bills(self) -> dict[str, int]:
        """Multiplications of each way to set the brackets, counted by torch; none if misfit."""
        return dict(_bills(self._matrices(), self.lying)) if self.fits else {}

    @property
    def fewest(self) -> int:
        """Multiplications with the brackets that ``torch.linalg.multi_dot`` chooses.

        Raises:
            ValueError: if the dominoes do not join.
        """
        if not self.fits:
            raise ValueError(f"the dominoes {self.dominoes} do not join: set places")
        with FlopCounterMode(display=False) as counter:
            torch.linalg.multi_dot(self._matrices())
        return counter.get_total_flops() // 2

    def _matrices(self) -> list[torch.Tensor]:
        return [torch.empty(shape, device="meta") for shape in self.dominoes]


def _bills(matrices: list[torch.Tensor], names: tuple[int, ...]) -> Iterator[tuple[str, int]]:
    for text, count, _ in _brackets(matrices, names):
        yield text, count


def _brackets(
    matrices: list[torch.Tensor], names: tuple[int, ...]
) -> Iterator[tuple[str, int, torch.Tensor]]:
    """All ways to multiply: in writing, the multiplications, and the product."""
    if len(matrices) == 1:
        yield f"J{names[0]}".translate(_SUBSCRIPTS), 0, matrices[0]
        return
    for cut in range(1, len(matrices)):
        halves = (
            _brackets(matrices[:cut], names[:cut]),
            _brackets(matrices[cut:], names[cut:]),
        )
        for left, right in itertools.product(*halves):
            with FlopCounterMode(display=False) as counter:
                product = left[2] @ right[2]
            texts = [text if text.count("J") == 1 else f"({text})" for text in (left[0], right[0])]
            own = counter.get_total_flops() // 2
            yield "".join(texts), left[1] + right[1] + own, product
