"""Broadcasting: how two shapes become one, and which numbers meet."""

import math

import torch
import traitlets

from utils.widgets.kit.base import BookWidget

MOST_AXES = 4
LARGEST = 6  # places along one axis
LAST_STEP = MOST_AXES + 2  # line up, prepend, one comparison an axis, result
OPERATIONS = {"add": torch.add, "sub": torch.sub, "mul": torch.mul}


def a_values(shape: tuple[int, ...]) -> torch.Tensor:
    """Return the demo's first operand, int64 tens 10 to 90 of the given shape."""
    return 10 * (1 + torch.arange(math.prod(shape)).view(shape) % 9)


def b_values(shape: tuple[int, ...]) -> torch.Tensor:
    """Return the demo's second operand, int64 units 1 to 9 of the given shape."""
    return 1 + torch.arange(math.prod(shape)).view(shape) % 9


class Sizes(traitlets.TraitType):
    """A tuple of at most four bounded integers; one integer stands for a tuple of one."""

    def __init__(self, default: tuple[int, ...], *, max: int, padded: bool = False) -> None:
        self.max, self.padded = max, padded
        self.info_text = f"at most {MOST_AXES} integers from 0 to {max}"
        super().__init__(default_value=default)
        self.tag(sync=True)

    def validate(self, obj: object, value: object) -> tuple[int, ...]:
        """Return ``value`` as a tuple, or raise a TraitError that gives the bounds."""
        sizes = (value,) if isinstance(value, int) else value
        if (
            not isinstance(sizes, (list, tuple))
            or len(sizes) > MOST_AXES
            or any(isinstance(size, bool) or not isinstance(size, int) for size in sizes)
            or any(not 0 <= size <= self.max for size in sizes)
        ):
            raise traitlets.TraitError(f"{self.name} must be {self.info_text}, got {value!r}")
        zeros = (0,) * (MOST_AXES - len(sizes)) if self.padded else ()
        return (*zeros, *sizes)


class Broadcasting(BookWidget):
    """Do two shapes fit, what shape comes out, and which numbers does each result read?

    ``operation``, ``"add"``, ``"sub"`` or ``"mul"``, makes the result of numbers that
    meet. ``step`` walks through the rules: 0 lines the shapes up, 1 puts ones in
    front, then one step for each axis from the right, and 6 always means the
    result. ``index`` is the selected place of the result, at most four integers
    matched with its axes from the right; where the result is too small for it,
    the nearest place counts.

    >>> demo = Broadcasting(a_shape=(3, 1), b_shape=4, index=(2, 1))
    >>> demo.result_shape
    (3, 4)
    >>> demo.sources, demo.value
    (((2, 0), (1,)), 32)
    """

    module = "broadcasting/view"
    heights = 649, 726
    growth = 0.293
    summary = (
        "Two shapes are compared axis by axis; the copies that broadcasting pretends to make are "
        "drawn beside the numbers that are really there."
    )

    a_shape = Sizes((3, 1), max=LARGEST)
    b_shape = Sizes((4,), max=LARGEST)
    operation = traitlets.Enum(tuple(OPERATIONS), "add").tag(sync=True)
    step = traitlets.Int(LAST_STEP, min=0, max=LAST_STEP).tag(sync=True)
    index = Sizes((0, 0, 1, 2), max=LARGEST - 1, padded=True)

    @property
    def result_shape(self) -> tuple[int, ...]:
        """The shape of the result c; a ValueError says why there is none."""
        try:
            return tuple(torch.broadcast_shapes(self.a_shape, self.b_shape))
        except RuntimeError:
            raise ValueError(
                f"shapes {self.a_shape} and {self.b_shape} do not broadcast: counted from the "
                "right, two sizes differ and neither is 1; change one of them to 1 or to the other"
            ) from None

    @property
    def sources(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The indices into a and into b that the selected number of the result reads."""
        place = self._place()
        return tuple(
            tuple(
                0 if size == 1 else at
                for size, at in zip(shape, place[len(place) - len(shape) :], strict=True)
            )
            for shape in (self.a_shape, self.b_shape)
        )

    @property
    def value(self) -> int:
        """The selected number of the result."""
        place = self._place()  # explains shapes that do not fit better than torch does
        combine = OPERATIONS[self.operation]
        return int(combine(a_values(self.a_shape), b_values(self.b_shape))[place])

    def _place(self) -> tuple[int, ...]:
        shape = self.result_shape
        if 0 in shape:
            raise ValueError(f"a result of shape {shape} has no numbers; choose sizes above 0")
        wanted = self.index[MOST_AXES - len(shape) :]
        return tuple(min(at, size - 1) for at, size in zip(wanted, shape, strict=True))
