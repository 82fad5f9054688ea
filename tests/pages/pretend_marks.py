"""Marks that say which tensors are on the pretended device, and what follows from them."""

import threading
from collections.abc import Callable, Iterable, Iterator

import torch
from torch import Tensor
from torch._C import _functorch

DEVICE = torch.device("meta", 0)
# Whether a tensor is on DEVICE; None where nobody has said so yet.
Tensor._is_there = None


class Backward(threading.local):
    """Whether gradients flow back on ``DEVICE`` now, in this thread."""

    there = False


BACKWARD = Backward()


def is_there(tensor: Tensor) -> bool:
    """Return whether a tensor is on ``DEVICE``."""
    mark = tensor._is_there
    if mark is None:  # made inside torch
        if _functorch.is_functorch_wrapped_tensor(tensor):
            mark = is_there(_functorch.get_unwrapped(tensor))
        else:
            mark = BACKWARD.there
        tensor._is_there = mark
    return mark


def put(result: object, there: bool) -> object:
    """Mark the tensors of a result, and return it."""
    if isinstance(result, Tensor):
        result._is_there = there
    elif isinstance(result, (tuple, list)) and not isinstance(result, torch.Size):
        for part in result:
            put(part, there)
    return result


def tensors(values: Iterable[object]) -> Iterator[Tensor]:
    """Yield the tensors among arguments, also those in lists and tuples."""
    for value in values:
        if isinstance(value, Tensor):
            yield value
        elif type(value) is list or type(value) is tuple:
            yield from tensors(value)


def is_single(tensor: Tensor) -> bool:
    """Return whether a tensor holds one number, and not one for each sample of a vmap."""
    while _functorch.is_functorch_wrapped_tensor(tensor):
        tensor = _functorch.get_unwrapped(tensor)
    return tensor.ndim == 0


def name_of(function: Callable) -> str:
    """Return what an error calls a function of torch."""
    return getattr(function, "__name__", str(function))


def refuse(function: Callable, found: str = "cpu") -> None:
    """Fail as torch does when a GPU's tensor meets one that is elsewhere."""
    raise RuntimeError(
        f"{name_of(function)}: expected all tensors to be on the same device, "
        f"found {DEVICE} and {found}"
    )


def check_mixed(function: Callable, seen: Iterable[Tensor]) -> None:
    """Refuse tensors that are not all on ``DEVICE``, but for single numbers of the CPU.

    Such a number takes no result from ``DEVICE`` in place, either.
    """
    name = name_of(function)
    in_place = name.startswith("__i") if name.endswith("__") else name.endswith("_")
    for place, tensor in enumerate(seen):
        if is_there(tensor):
            continue
        if tensor.is_meta:
            refuse(function, "meta")
        if not is_single(tensor) or (in_place and place == 0):
            refuse(function)
