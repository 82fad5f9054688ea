"""The network that the demo shows: its weights as a trait, and one that is trained here."""

import functools

import torch
import torch.nn.functional as F
import traitlets

from utils.data.batches import minibatches
from utils.data.images import load_images

Layers = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]  # W1, b1, W2, b2

PIXELS, CLASSES, HIDDEN, MOST = 64, 10, 40, 64
DECIMALS = 4


class LayersTrait(traitlets.TraitType):
    """``[W1, b1, W2, b2]`` of a network, kept as nested tuples of floats with four decimals."""

    def validate(self, obj: object, value: object) -> tuple:
        """Return tensors, arrays or sequences as tuples, or raise a TraitError."""
        try:
            parts = [torch.as_tensor(part).detach().cpu().double() for part in value]
        except (TypeError, ValueError, RuntimeError):  # no numbers, or rows of unequal length
            parts = []
        shapes = [tuple(part.shape) for part in parts]
        units = shapes[1][0] if len(shapes) == 4 and len(shapes[1]) == 1 else 0
        if (
            not 1 <= units <= MOST
            or shapes != [(units, PIXELS), (units,), (CLASSES, units), (CLASSES,)]
            or not all(part.isfinite().all() for part in parts)
        ):
            raise traitlets.TraitError(
                f"{self.name} must be W1, b1, W2, b2, finite numbers of shapes (h, {PIXELS}), "
                f"(h,), ({CLASSES}, h), ({CLASSES},) with h from 1 to {MOST}, got shapes {shapes}"
            )
        W1, b1, W2, b2 = (part.round(decimals=DECIMALS).tolist() for part in parts)
        return tuple(map(tuple, W1)), tuple(b1), tuple(map(tuple, W2)), tuple(b2)


@functools.cache
@torch.enable_grad()  # whoever asks may have switched gradients off
def trained() -> Layers:
    """Return the weights of a network trained on the embedded digits, float64 on the CPU."""
    digits, draw = load_images("digits"), torch.Generator().manual_seed(0)
    data = digits.train_images.flatten(1).double(), digits.train_labels
    shapes = (HIDDEN, PIXELS), (HIDDEN,), (CLASSES, HIDDEN), (CLASSES,)
    parts = [0.1 * torch.randn(shape, generator=draw, dtype=torch.float64) for shape in shapes]
    for part in parts:
        part.requires_grad_()
    W1, b1, W2, b2 = parts
    for _ in range(10):
        for x, y in minibatches(*data, batch_size=32, generator=draw):
            logits = F.linear(F.relu(F.linear(x, W1, b1)), W2, b2)
            slopes = torch.autograd.grad(F.cross_entropy(logits, y), parts)
            with torch.no_grad():
                for part, slope in zip(parts, slopes, strict=True):
                    part -= 0.5 * slope  # torch.optim alone would take longer to load
    return tuple(part.detach() for part in parts)
