"""A network as a trait: what a reader hands over, kept as the browser takes it."""

import traitlets
from torch import nn

from utils.widgets.kit.convnet import ACTIVATIONS, POOLS, pack
from utils.widgets.kit.lenet import lenet

_SAME = {kind.__name__: "activation" for kind in ACTIVATIONS}
_SAME |= {kind.__name__: "pool" for kind in POOLS}


class LeNet(traitlets.TraitType):
    """A network with the layers of ``lenet()``, packed for the browser; None for the book's."""

    def validate(self, obj: object, value: object) -> list[dict[str, object]] | None:
        """Return an ``nn.Sequential`` packed, or raise a TraitError that says what is allowed."""
        if value is None:
            return None
        try:
            packed = pack(value) if isinstance(value, nn.Module) else value
            fits = form(packed) == form(pack(lenet()))
        except (AttributeError, TypeError, ValueError, KeyError) as error:
            raise traitlets.TraitError(f"{self.name} must be like lenet(): {error}") from error
        if not fits:
            raise traitlets.TraitError(
                f"{self.name} must have the layers of lenet(), with any of ReLU, Tanh, Sigmoid "
                f"and with MaxPool2d or AvgPool2d, got {value}"
            )
        return packed


def form(packed: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return what a packed network has apart from its numbers, any activation for the same."""
    numbers = "scales", "weight", "bias"
    kept = [{name: v for name, v in layer.items() if name not in numbers} for layer in packed]
    return [{**layer, "kind": _SAME.get(layer["kind"], layer["kind"])} for layer in kept]
