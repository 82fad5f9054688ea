"""A second device on a machine without a GPU, to see whether a page honours the chosen device.

With the pretence on, tensors on ``meta`` hold real values and compute on the
CPU, but behave like a GPU's towards everything else: an operation that mixes
them with CPU tensors fails, and so does ``.numpy()``. Run a page with
``BOOK_DEVICE=meta`` and a tensor that was left on the CPU is found.
"""

from collections.abc import Iterator

import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

DEVICE = torch.device("meta")
# What a GPU may take from the CPU: a copy, and indices into its tensors.
CROSSING = {"copy_", "_to_copy", "index", "index_put", "index_put_", "_index_put_impl_"}


class PretendTensor(torch.Tensor):
    """A tensor that says it is on ``DEVICE`` and keeps its values on the CPU."""

    @staticmethod
    def __new__(cls, held: torch.Tensor) -> "PretendTensor":
        return torch.Tensor._make_wrapper_subclass(
            cls,
            held.size(),
            strides=held.stride(),
            storage_offset=held.storage_offset(),
            dtype=held.dtype,
            device=DEVICE,
            # Asks for the shape each time, because operations such as squeeze_ change it.
            dispatch_sizes_strides_policy="sizes",
        )

    def __init__(self, held: torch.Tensor) -> None:
        self.held = held

    def tolist(self) -> list:
        """Copy the values out; a GPU's tensor can do that too."""
        return self.held.tolist()

    def __format__(self, spec: str) -> str:
        return format(self.item() if self.ndim == 0 else repr(self), spec)

    def __repr__(self) -> str:
        return f"PretendTensor(device={DEVICE})"

    @classmethod
    def __torch_dispatch__(cls, function, types, args=(), kwargs=None):
        return compute(function, args, kwargs or {})


def held(value: object) -> object:
    """Return the values behind an argument; a list or tuple is looked into."""
    if isinstance(value, PretendTensor):
        return value.held
    if isinstance(value, (list, tuple)):
        return type(value)(map(held, value))
    return value


def pretended(value: object) -> object:
    """Return a result as something on ``DEVICE``."""
    if isinstance(value, torch.Tensor):
        return PretendTensor(value)
    if isinstance(value, (list, tuple)):
        return type(value)(map(pretended, value))
    return value


def tensors_in(arguments: object) -> Iterator[torch.Tensor]:
    """Yield the tensors among the arguments."""
    for value in arguments:
        if isinstance(value, torch.Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from tensors_in(value)


def compute(function, args: tuple, kwargs: dict) -> object:
    """Run one operation on the held values; its result is on the device of its inputs."""
    name = function.overloadpacket.__name__
    tensors = [*tensors_in(args), *tensors_in(kwargs.values())]
    pretend = any(isinstance(tensor, PretendTensor) for tensor in tensors)
    strangers = any(not isinstance(tensor, PretendTensor) and tensor.ndim for tensor in tensors)
    if pretend and strangers and name not in CROSSING:
        raise RuntimeError(
            f"{name}: expected all tensors to be on the same device, found {DEVICE} and cpu"
        )
    if any(type(tensor) is torch.Tensor and tensor.device == DEVICE for tensor in tensors):
        raise RuntimeError(
            f"{name}: torch made a tensor on {DEVICE} by itself, whose values are lost; "
            "index with a tensor on the device instead of a list"
        )
    target = kwargs.get("device")
    there = pretend if target is None else torch.device(target).type == DEVICE.type
    inner = {key: held(value) for key, value in kwargs.items()}
    if target is not None:
        inner["device"] = "cpu"
    result = function(*held(args), **inner)
    if not there or name == "_local_scalar_dense":
        return result
    PretendGpu.used += 1
    if name.endswith("_"):
        return args[0]  # an operation in place returns the very tensor that it changed
    return pretended(result)


class PretendGpu(TorchDispatchMode):
    """While active, ``DEVICE`` computes real values."""

    used = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        return compute(function, args, kwargs or {})


class FromPython(TorchFunctionMode):
    """Let ``torch.tensor`` keep its values: on ``meta`` it would never store them."""

    def __torch_function__(self, function, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        target = kwargs.get("device")
        if function not in (torch.tensor, torch.as_tensor) or target is None:
            return function(*args, **kwargs)
        grad = kwargs.get("requires_grad", False)
        made = function(*args, **{**kwargs, "device": "cpu", "requires_grad": False})
        return made.to(target).requires_grad_(grad)


def switch_on() -> None:
    """Start the pretence for the rest of this process."""
    torch.__future__.set_swap_module_params_on_conversion(True)
    PretendGpu().__enter__()
    FromPython().__enter__()
