"""Three small networks for the embedded digits, and what becomes of them on few levels."""

import copy

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval, fuse_linear_bn_eval

from utils.data.images import ImageSet
from utils.quantisation.levels import rounded
from utils.repro import seeded
from utils.train import fit

EPOCHS = {"linear": 12, "MLP": 10, "convolution": 4}
RATES = {"linear": 3e-2, "MLP": 1e-2, "convolution": 1e-2}
NORMS = nn.BatchNorm1d, nn.BatchNorm2d


def make(name: str, hidden: int = 64) -> nn.Sequential:
    """Return an untrained network for ``(batch, 1, 8, 8)``, with ten logits.

    Args:
        name: ``"linear"``, ``"MLP"`` or ``"convolution"``.
        hidden: hidden units of the MLP.

    Raises:
        ValueError: if there is no network of that name.
    """
    if name == "linear":
        return nn.Sequential(nn.Flatten(), nn.Linear(64, 10))
    if name == "MLP":
        inner = nn.Linear(64, hidden), nn.BatchNorm1d(hidden), nn.ReLU()
        return nn.Sequential(nn.Flatten(), *inner, nn.Linear(hidden, 10))
    if name != "convolution":
        raise ValueError(f"name must be one of {', '.join(EPOCHS)}, got {name!r}")
    layers = []
    for before, after in ((1, 16), (16, 32)):
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after)]
        layers += [nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(128, 10))


def trained(name: str, digits: ImageSet, *, seed: int, hidden: int = 64) -> nn.Sequential:
    """Return a network that was trained on the training images, in evaluation mode.

    The settings are fixed in ``EPOCHS`` and ``RATES``. The batch norms are still there.
    """
    draw = seeded(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        net = make(name, hidden)
    net = net.to(digits.train_images.device)
    optimizer = torch.optim.Adam(net.parameters(), lr=RATES[name])
    options = {"loss": F.cross_entropy, "optimizer": optimizer, "generator": draw, "live": False}
    fit(net, digits.train, epochs=EPOCHS[name], batch_size=64, **options)
    return net.eval()


def folded(net: nn.Sequential) -> nn.Sequential:
    """Return a network that computes the same without its batch norms.

    Args:
        net: in evaluation mode; each batch norm follows a ``Conv2d`` or a ``Linear``.

    Raises:
        ValueError: if ``net`` is in training mode, or a batch norm has no such layer before it.
    """
    if net.training:
        raise ValueError("net is in training mode: call net.eval() first")
    layers = []
    for layer in net:
        if not isinstance(layer, NORMS):
            layers.append(copy.deepcopy(layer))
        elif layers and isinstance(layers[-1], (nn.Conv2d, nn.Linear)):
            is_conv = isinstance(layers[-1], nn.Conv2d)
            layers[-1] = (fuse_conv_bn_eval if is_conv else fuse_linear_bn_eval)(layers[-1], layer)
        else:
            raise ValueError(f"{layer} does not follow a convolution or a linear layer")
    return nn.Sequential(*layers).eval()


@torch.no_grad()
def quantised(
    net: nn.Sequential, bits: int, *, symmetric: bool = True, per_channel: bool = False
) -> nn.Sequential:
    """Return a copy whose weights, but not the biases, are moved to their nearest levels."""
    net = copy.deepcopy(net)
    for layer in net:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            options = {"symmetric": symmetric, "per_channel": per_channel}
            layer.weight.copy_(rounded(layer.weight, bits, **options))
    return net


def weight_bytes(net: nn.Sequential, bits: int = 32, *, per_channel: bool = False) -> float:
    """Return what the parameters of convolutions and linear layers take.

    Weights take ``bits`` bits each. Biases, and below 32 bits the scales, take four bytes.
    Zero points are not counted: symmetric levels have none.
    """
    total = 0.0
    for layer in net:
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            total += layer.weight.numel() * bits / 8 + 4 * layer.bias.numel()
            if bits < 32:
                total += 4 * (len(layer.weight) if per_channel else 1)
    return total
