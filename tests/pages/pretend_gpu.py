"""A second device on a machine without a GPU, to see whether a page honours the chosen device.

With the pretence on, tensors on ``meta:0`` hold real values and compute on the
CPU, but behave like a GPU's towards everything else: an operation that mixes
them with CPU tensors fails, and so does ``.numpy()``. Run a page with
``BOOK_DEVICE=meta:0`` and a tensor that was left on the CPU is found. What a
page puts on plain ``meta`` keeps shapes without numbers, as ever.
"""

import functools
from collections.abc import Callable
from typing import NamedTuple

import torch
from torch.utils._mode_utils import no_dispatch
from torch.utils._python_dispatch import TorchDispatchMode

DEVICE = torch.device("meta", 0)
# What a GPU may take from the CPU: a copy, and indices into its tensors.
CROSSING = {"copy_", "_to_copy", "index", "index_put", "index_put_", "_index_put_impl_"}


class PretendTensor(torch.Tensor):
    """A tensor that says it is on ``DEVICE`` and keeps its values on the CPU."""

    # Only what an operation is made of is caught below; catching it here too takes twice the time.
    __torch_function__ = torch._C._disabled_torch_function_impl

    @staticmethod
    def __new__(cls, held: torch.Tensor) -> "PretendTensor":
        tensor = _wrapper(
            cls,
            held.size(),
            strides=held.stride(),
            storage_offset=held.storage_offset(),
            dtype=held.dtype,
            device=DEVICE,
        )
        tensor.held = held
        return tensor

    def tolist(self) -> list:
        """Copy the values out; a GPU's tensor can do that too."""
        return self.held.tolist()

    def untyped_storage(self) -> torch.UntypedStorage:
        """Return where the values lie; a wrapper's own storage is empty, and views share none."""
        return self.held.untyped_storage()

    def __format__(self, spec: str) -> str:
        return format(self.item() if self.ndim == 0 else repr(self), spec)

    def __repr__(self) -> str:
        return f"PretendTensor(device={DEVICE})"

    @classmethod
    def __torch_dispatch__(cls, function, types, args=(), kwargs=None):
        return compute(function, args, kwargs or {})


_wrapper = torch.Tensor._make_wrapper_subclass


def held(value: object, seen: list[torch.Tensor]) -> object:
    """Return the values behind an argument, and add its tensors to ``seen``."""
    kind = type(value)
    if kind is PretendTensor:
        seen.append(value)
        return value.held
    if kind is list or kind is tuple:
        return kind([held(part, seen) for part in value])
    if isinstance(value, torch.Tensor):
        seen.append(value)
        # A parameter that torch has made of a tensor on ``DEVICE`` is one of its own kind.
        return value.held if isinstance(value, PretendTensor) else value
    return value


def pretended(value: object) -> object:
    """Return a result as something on ``DEVICE``."""
    if isinstance(value, torch.Tensor):
        return PretendTensor(value)
    if isinstance(value, (list, tuple)):
        return type(value)(map(pretended, value))
    return value


class Operation(NamedTuple):
    """What is to be known of an operation of torch, looked up once."""

    name: str
    run: Callable
    crosses: bool
    leaves: bool
    in_place: bool
    reshapes: bool


@functools.cache
def operation(function: torch._ops.OpOverload) -> Operation:
    """Return what is to be known of an operation."""
    name = function.overloadpacket.__name__
    # A lazy conjugate is a bit of the held tensor, which no operation down here would heed.
    run = torch.ops.aten.conj_physical.default if name == "_conj" else function
    return Operation(
        name,
        run,
        crosses=name in CROSSING,
        leaves=name == "_local_scalar_dense",
        in_place=name.startswith("__i") if name.endswith("__") else name.endswith("_"),
        reshapes=torch.Tag.inplace_view in function.tags,
    )


def find_strangers(known: Operation, seen: list[torch.Tensor]) -> bool:
    """Return whether one of the tensors is on ``DEVICE``; refuse to mix it with the CPU's."""
    strangers = [tensor for tensor in seen if not isinstance(tensor, PretendTensor)]
    pretend = len(strangers) < len(seen)
    for stranger in strangers:
        if pretend and stranger.ndim and not known.crosses:
            raise RuntimeError(
                f"{known.name}: expected all tensors to be on the same device, "
                f"found {DEVICE} and cpu"
            )
        if pretend and stranger.is_meta:
            raise RuntimeError(
                f"{known.name}: torch made a tensor on {DEVICE} by itself, whose values are lost; "
                "index with a tensor on the device instead of a list"
            )
    return pretend


def compute(function: torch._ops.OpOverload, args: tuple, kwargs: dict) -> object:
    """Run one operation on the held values; its result is on the device of its inputs."""
    known = operation(function)
    seen: list[torch.Tensor] = []
    inner_args = [held(value, seen) for value in args]
    if kwargs:
        inner = {key: held(value, seen) for key, value in kwargs.items()}
        there = find_strangers(known, seen)
        target = kwargs.get("device")
        if target is not None:
            there = torch.device(target) == DEVICE
            inner["device"] = "cpu" if there else target
        result = known.run(*inner_args, **inner)
    else:
        there = find_strangers(known, seen)
        result = known.run(*inner_args)
    if not there or known.leaves:
        return result
    PretendGpu.used += 1
    if known.in_place:
        if known.reshapes:  # squeeze_ and its like: a new shape
            with no_dispatch():
                function(*args, **kwargs)
        return args[0]  # an operation in place returns the very tensor that it changed
    return PretendTensor(result) if type(result) is torch.Tensor else pretended(result)


class PretendGpu(TorchDispatchMode):
    """While active, ``DEVICE`` computes real values."""

    used = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        return compute(function, args, kwargs or {})


def keeping_values(made_by: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    """Return ``torch.tensor`` or its like, which also keeps values that ``DEVICE`` would lose."""

    @functools.wraps(made_by)
    def make(*args: object, **kwargs: object) -> torch.Tensor:
        target = kwargs.get("device") or torch.empty(0).device  # also of a `with torch.device(…)`
        if torch.device(target) != DEVICE:
            return made_by(*args, **kwargs)
        kwargs = {**kwargs, "device": "cpu"}
        grad = kwargs.pop("requires_grad", False)  # which torch.as_tensor does not know
        return made_by(*args, **kwargs).to(target).requires_grad_(grad)

    return make


def switch_on() -> None:
    """Start the pretence for the rest of this process."""
    torch.__future__.set_swap_module_params_on_conversion(True)
    PretendGpu().__enter__()
    torch.tensor, torch.as_tensor = map(keeping_values, (torch.tensor, torch.as_tensor))
