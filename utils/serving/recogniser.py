"""A trained network that answers for whole batches of pictures."""

import itertools
from os import PathLike

import torch
from torch import nn

from utils.serving.preprocessing import SIDE

CLASSES = 10


def digit_net(*hidden: int) -> nn.Sequential:
    """Return an untrained perceptron from ``(n, 1, 8, 8)`` to ten logits.

    Args:
        hidden: units of each hidden layer; one layer of 32 by default.

    >>> len(digit_net(32, 16))
    6
    """
    widths = SIDE * SIDE, *(hidden or (32,))
    layers = [
        part
        for inputs, units in itertools.pairwise(widths)
        for part in (nn.Linear(inputs, units), nn.ReLU())
    ]
    return nn.Sequential(nn.Flatten(), *layers, nn.Linear(widths[-1], CLASSES))


class Recogniser:
    """Gives the probabilities of the classes for prepared pictures.

    The network is put into evaluation mode, so that an answer depends on its own picture alone.

    Args:
        net: maps ``(pictures, 1, 8, 8)`` to logits ``(pictures, classes)``.
        device: where it computes; by default where its weights lie.

    Raises:
        ValueError: if a weight or buffer is NaN or infinite: such a network has no answers.
    """

    def __init__(self, net: nn.Module, device: torch.device | str | None = None) -> None:
        for name, values in net.state_dict().items():
            if values.is_floating_point() and not values.isfinite().all():
                raise ValueError(
                    f"the weights in {name!r} are not finite: train the network again, or load "
                    "an earlier file"
                )
        first = next(iter(net.state_dict().values()), torch.empty(0))
        self.device = first.device if device is None else torch.device(device)
        self.net = net.to(self.device).eval()

    @classmethod
    def load(
        cls,
        file: str | PathLike,
        net: nn.Module | None = None,
        device: torch.device | str | None = None,
    ) -> "Recogniser":
        """Return a recogniser with the ``state_dict`` that a file holds.

        Args:
            file: written by ``torch.save(net.state_dict(), file)``; nothing else is unpickled.
            net: the class with the layers that the file fits; by default a :func:`digit_net`.
            device: where it computes; by default where the weights of ``net`` lie.

        Raises:
            ValueError: if the weights are not finite.
            RuntimeError: if they do not fit the network.
        """
        state = torch.load(file, map_location="cpu", weights_only=True)
        if net is None:
            rows = [len(part) for name, part in state.items() if name.endswith("weight")]
            net = digit_net(*rows[:-1])
        net.load_state_dict(state)
        return cls(net, device)

    @torch.inference_mode()
    def __call__(self, pictures: torch.Tensor) -> torch.Tensor:
        """Return the probabilities, float32 ``(pictures, classes)`` on the CPU."""
        return self.net(pictures.to(self.device)).softmax(1).float().cpu()
