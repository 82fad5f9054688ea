"""Convolutional networks as demos carry them to the browser: 8 bits a weight, and back."""

import base64
from collections.abc import Callable

import torch
from torch import nn

BITS = 127  # the largest whole number that a weight is kept as
DIGITS = 7  # significant digits of scales and biases
ACTIVATIONS = nn.ReLU, nn.Tanh, nn.Sigmoid
POOLS = nn.MaxPool2d, nn.AvgPool2d


def pack(model: nn.Sequential) -> list[dict[str, object]]:
    """Return a network as plain numbers and texts that JSON can carry.

    Each row of a weight, all that goes into one output channel or unit, is kept as whole numbers
    from -127 to 127 and one scale: the network that ``unpack`` gives differs by at most half
    a scale in each weight. ``forward`` in ``kit/convnet.mjs`` runs it.

    Args:
        model: ``Conv2d`` without groups and dilation, ``Linear``, ``ReLU``, ``Tanh``, ``Sigmoid``,
            ``MaxPool2d`` and ``AvgPool2d`` without padding, ``Flatten``; square kernels.

    Raises:
        TypeError: if ``model`` is no ``nn.Sequential``, or holds another kind of layer.
        ValueError: if a layer has a setting that the browser's side does not know, or a weight
            is not finite.
    """
    if not isinstance(model, nn.Sequential):
        raise TypeError(f"model must be an nn.Sequential, got {type(model).__name__}")
    return [_packed(layer) for layer in model]


def _packed(layer: nn.Module) -> dict[str, object]:
    kind = type(layer).__name__
    if isinstance(layer, (nn.Conv2d, nn.Linear)):
        settings = _of_conv(layer) if isinstance(layer, nn.Conv2d) else {}
        return {"kind": kind, **settings, **_weights(layer)}
    if isinstance(layer, POOLS):
        return {"kind": kind, **_of_pool(layer)}
    if not isinstance(layer, (*ACTIVATIONS, nn.Flatten)):
        raise TypeError(f"model must hold layers that the browser knows, got {layer}")
    return {"kind": kind}


def _of_conv(layer: nn.Conv2d) -> dict[str, int]:
    settings = {name: getattr(layer, name) for name in ("kernel_size", "stride", "padding")}
    is_square = all(len(set(pair)) == 1 for pair in settings.values())
    is_plain = layer.dilation == (1, 1) and layer.groups == 1 and layer.padding_mode == "zeros"
    _refuse_unless(is_square and is_plain, layer)
    return {name: pair[0] for name, pair in settings.items()}


def _of_pool(layer: nn.MaxPool2d | nn.AvgPool2d) -> dict[str, int]:
    sizes = layer.kernel_size, layer.stride
    plain = not layer.padding and not layer.ceil_mode and getattr(layer, "dilation", 1) == 1
    _refuse_unless(plain and all(isinstance(size, int) for size in sizes), layer)
    return {"kernel_size": sizes[0], "stride": sizes[1]}


def _refuse_unless(is_known: bool, layer: nn.Module) -> None:
    if not is_known:
        raise ValueError(f"the browser's side knows square, plain layers alone, got {layer}")


def _weights(layer: nn.Conv2d | nn.Linear) -> dict[str, object]:
    weight = layer.weight.detach().cpu().double()
    bias = weight.new_zeros(len(weight)) if layer.bias is None else layer.bias.detach().cpu()
    if not (weight.isfinite().all() and bias.isfinite().all()):
        raise ValueError(f"weights and biases must be finite, and those of {layer} are not")
    scales = [_short(row.abs().max().item() / BITS) for row in weight]
    rows = weight.flatten(1) / torch.tensor(scales, dtype=torch.float64).clamp(min=1e-300)[:, None]
    whole = rows.round().clamp(-BITS, BITS).to(torch.int8)  # a rounded scale may be an ulp short
    return {
        "shape": list(weight.shape),
        "scales": scales,
        "weight": base64.b64encode(whole.numpy().tobytes()).decode("ascii"),
        "bias": [_short(value) for value in bias.tolist()],
    }


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def unpack(packed: list[dict[str, object]], dtype: torch.dtype = torch.float32) -> nn.Sequential:
    """Return the network that ``pack`` has packed, on the CPU, in ``dtype``."""
    return nn.Sequential(*(_MAKERS[layer["kind"]](layer, dtype) for layer in packed))


def _filled(layer: nn.Conv2d | nn.Linear, packed: dict[str, object]) -> nn.Module:
    whole = torch.frombuffer(bytearray(base64.b64decode(packed["weight"])), dtype=torch.int8)
    scales = torch.tensor(packed["scales"], dtype=torch.float64)
    weight = whole.double().view(len(scales), -1) * scales[:, None]
    with torch.no_grad():
        layer.weight.copy_(weight.view(packed["shape"]))
        layer.bias.copy_(torch.tensor(packed["bias"], dtype=torch.float64))
    return layer


def _conv(packed: dict[str, object], dtype: torch.dtype) -> nn.Module:
    outputs, inputs, side, _ = packed["shape"]
    moves = {name: packed[name] for name in ("stride", "padding")}
    return _filled(nn.Conv2d(inputs, outputs, side, **moves, dtype=dtype), packed)


def _linear(packed: dict[str, object], dtype: torch.dtype) -> nn.Module:
    outputs, inputs = packed["shape"]
    return _filled(nn.Linear(inputs, outputs, dtype=dtype), packed)


_Maker = Callable[[dict[str, object], torch.dtype], nn.Module]
_MAKERS: dict[str, _Maker] = {
    "Conv2d": _conv,
    "Linear": _linear,
    **{
        pool.__name__: lambda packed, _, pool=pool: pool(packed["kernel_size"], packed["stride"])
        for pool in POOLS
    },
    **{kind.__name__: lambda *_, kind=kind: kind() for kind in (*ACTIVATIONS, nn.Flatten)},
}
