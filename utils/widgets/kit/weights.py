"""A trait that holds the weights of a small kernel."""

import torch
import traitlets


class Weights(traitlets.TraitType):
    """A table of whole numbers from -bound to bound, kept as a tuple of rows.

    Args:
        default: the rows to start with.
        largest: the most rows and the most columns; the fewest of either is one.
        bound: the largest absolute value that is allowed.
    """

    def __init__(self, default: tuple[tuple[int, ...], ...], *, largest: int, bound: int) -> None:
        self.largest, self.bound = largest, bound
        super().__init__(default_value=default)
        self.tag(sync=True)

    def validate(self, obj: object, value: object) -> tuple[tuple[int, ...], ...]:
        """Return nested sequences, an array or a tensor as rows, or raise a TraitError."""
        try:
            table = torch.as_tensor(value, dtype=torch.float64)
        except (TypeError, ValueError, RuntimeError):  # no numbers, or rows of unequal length
            table = torch.empty(0)
        # A comparison with NaN is false, so NaN is refused as well.
        if (
            table.ndim != 2
            or not min(table.shape) >= 1
            or not max(table.shape) <= self.largest
            or not ((table.abs() <= self.bound) & (table == table.round())).all()
        ):
            side = self.largest
            raise traitlets.TraitError(
                f"{self.name} must be 1×1 to {side}×{side} whole numbers from {-self.bound} to "
                f"{self.bound}, got {value!r}"
            )
        return tuple(map(tuple, table.long().tolist()))
