"""Networks as ONNX files, and onnxruntime to run them."""

import contextlib
import copy
import inspect
import io
import logging
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import torch
from torch import nn

if TYPE_CHECKING:
    import onnxruntime

INPUT, OUTPUT = "x", "logits"


def to_onnx(
    net: nn.Module,
    example: torch.Tensor,
    path: str | os.PathLike,
    *,
    traces: bool = False,
    **settings: object,
) -> Path:
    """Write a network to one ONNX file, for batches of any size, and return its path.

    The network is copied to the CPU for that; its mode, training or evaluation, stays as it is.
    The input is called ``x``, the output ``logits``.

    Args:
        net: takes one tensor and returns one.
        example: an input, ``(batch, ...)`` with a batch of at least 2; its values do not matter.
        path: of the file, which is replaced.
        traces: whether the file stays as the exporter writes it, which may put names of source
            files into it, and weights into a second file.
        **settings: more arguments of ``torch.onnx.export``. What an older torch does not know is
            left out.

    Raises:
        ValueError: if ``example`` has fewer than two rows.
    """
    if not example.ndim or len(example) < 2:
        raise ValueError("example must have a batch of 2 or more: a batch of 1 is taken as fixed")
    path = Path(path)
    was_training = net.training
    net, example = copy.deepcopy(net).cpu().train(was_training), example.detach().cpu()
    names = {"input_names": [INPUT], "output_names": [OUTPUT]}
    known = inspect.signature(torch.onnx.export).parameters
    if "dynamic_shapes" in known:
        free = torch.export.Dim("batch")
        options = {"dynamo": True, "dynamic_shapes": ({0: free},), "external_data": False}
    else:  # before torch 2.5
        options = {"dynamic_axes": {name: {0: "batch"} for name in (INPUT, OUTPUT)}}
    options |= {name: value for name, value in settings.items() if name in known}
    with _quiet():
        torch.onnx.export(net, (example,), os.fspath(path), verbose=False, **names, **options)
    if not traces:
        file = onnx.load(path)
        for node in file.graph.node:
            del node.metadata_props[:]
            node.ClearField("doc_string")
        onnx.save(file, path)
    return path


def open_onnx(path: str | os.PathLike) -> "onnxruntime.InferenceSession":
    """Return a session of onnxruntime that runs a file on one thread of the CPU."""
    return session_of(os.fspath(path))


def session_of(model: str | onnx.ModelProto) -> "onnxruntime.InferenceSession":
    """Return such a session for the path of a file, or for a model in memory."""
    import onnxruntime  # slow to import; a program that only writes files does without

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors
    source = model if isinstance(model, str) else model.SerializeToString()
    return onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])


def run_onnx(session: "onnxruntime.InferenceSession", x: torch.Tensor) -> torch.Tensor:
    """Return the first output of a session with one input, on the device of ``x``."""
    name = session.get_inputs()[0].name
    (out, *_) = session.run(None, {name: x.detach().cpu().numpy()})
    return torch.from_numpy(out).to(x.device)


def to_int8(path: str | os.PathLike, target: str | os.PathLike) -> Path:
    """Write a copy of a file with weights of 8 bits, and return its path.

    onnxruntime rounds the inputs of each layer while it runs, by the range that they have then.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with _quiet():  # it would advise to prepare the file, which small ones need not
        kind = {"weight_type": QuantType.QUInt8}  # convolutions run with no other on all CPUs
        quantize_dynamic(os.fspath(path), os.fspath(target), **kind)
    return Path(target)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Let nothing below an error be heard: exporters tell much about themselves."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
