"""What torch and onnxruntime make of the numbers that the page on quantisation rounds by hand."""

import numpy as np
import onnx
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from utils.onnx_files import session_of


def by_torch_per_channel(w: torch.Tensor, bits: int) -> torch.Tensor:
    """Return weights on symmetric levels per channel, by torch's own function.

    Args:
        w: float32, channels first.
        bits: 2 to 16.
    """
    end = 2 ** (bits - 1) - 1
    scale = w.detach().abs().flatten(1).amax(1) / end
    zeros = torch.zeros_like(scale, dtype=torch.int32)
    return torch.fake_quantize_per_channel_affine(w, scale, zeros, 0, -end, end)


def fused(conv: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[torch.Tensor, torch.Tensor]:
    """Return weight and bias of a convolution with its norm, both in evaluation mode, by torch."""
    layer = fuse_conv_bn_eval(conv, norm)
    return layer.weight, layer.bias


def linear_in_floats(
    qx: torch.Tensor, sx: float, z: int, qw: torch.Tensor, sw: float
) -> torch.Tensor:
    """Return the product of what two tables of whole numbers stand for, in float64.

    Args:
        qx: inputs, ``(batch, k)``.
        sx: their scale.
        z: their zero point.
        qw: weights, ``(outputs, k)``, whose zero point is 0.
        sw: their scale.
    """
    return (sx * (qx.double() - z)) @ (sw * qw.double()).T


def matmul_integer(qx: torch.Tensor, z: int, qw: torch.Tensor) -> torch.Tensor:
    """Return the sums of products of ``qx - z`` and ``qw``, int32, by onnxruntime.

    Args:
        qx: uint8, ``(batch, k)``.
        z: zero point, 0 to 255.
        qw: int8, ``(outputs, k)``; beyond −64 to 63 some CPUs saturate sums of two products.
    """
    info, kinds = onnx.helper.make_tensor_value_info, onnx.TensorProto
    inputs = [info("x", kinds.UINT8, [None, None]), info("w", kinds.INT8, [None, None])]
    inputs.append(info("z", kinds.UINT8, []))
    node = onnx.helper.make_node("MatMulInteger", ["x", "w", "z"], ["y"])
    graph = onnx.helper.make_graph([node], "one", inputs, [info("y", kinds.INT32, None)])
    opset = [onnx.helper.make_opsetid("", 13)]
    model = onnx.helper.make_model(graph, opset_imports=opset, ir_version=8)
    values = {"x": qx.cpu().numpy(), "w": qw.T.contiguous().cpu().numpy()}
    (sums,) = session_of(model).run(None, values | {"z": np.array(z, dtype=np.uint8)})
    return torch.from_numpy(sums).to(qx.device)
