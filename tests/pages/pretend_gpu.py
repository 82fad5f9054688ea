"""A second device on a machine without a GPU, to see whether a page honours the chosen device.

With the pretence on, all tensors are ordinary ones of the CPU, and some carry a
mark: they behave as if they were on ``meta:0``, like a GPU's. An operation that
mixes them with the CPU's fails, and so does ``.numpy()``. Run a page with
``BOOK_DEVICE=meta:0`` and a tensor that was left on the CPU is found. What a page
puts on plain ``meta`` keeps shapes without numbers, as ever.

Python's calls of torch are watched, and nothing else: what torch computes inside
a call, backward passes above all, is as quick as ever. A tensor that Python meets
first while gradients flow back is on the device of what they flow from.
"""

from collections.abc import Callable

import torch
from pretend_marks import DEVICE, check_mixed, is_there, put, tensors
from pretend_rules import RULES
from pretend_unseen import watch_unseen
from torch.overrides import TorchFunctionMode
from torch.utils import _device

CONSTRUCTORS = _device._device_constructors()


class PretendGpu(TorchFunctionMode):
    """While active, ``DEVICE`` computes real values."""

    used = 0

    def __torch_function__(self, function, types, args=(), kwargs=None):
        rule = RULES.get(function)
        if rule is not None:
            return rule(function, args, dict(kwargs or {}))
        here = there = False
        for value in args:  # written out: this runs for each operation
            if isinstance(value, torch.Tensor):
                mark = value._is_there
                if mark or (mark is None and is_there(value)):
                    there = True
                else:
                    here = True
            elif type(value) is list or type(value) is tuple:
                for tensor in tensors(value):
                    if is_there(tensor):
                        there = True
                    else:
                        here = True
        if kwargs or _device.CURRENT_DEVICE is not None:
            return compute(function, args, kwargs or {})
        if there:
            PretendGpu.used += 1
            if here:
                check_mixed(function, tensors(args))
        result = function(*args)
        if isinstance(result, torch.Tensor):
            result._is_there = there
        elif isinstance(result, (tuple, list)):
            put(result, there)
        return result


def compute(function: Callable, args: tuple, kwargs: dict) -> object:
    """Run an operation with keywords; its result is where its inputs are, or on its ``device``."""
    seen = list(tensors([args, list(kwargs.values())]))
    there = any(map(is_there, seen))
    if there:
        PretendGpu.used += 1
        check_mixed(function, seen)
    target = kwargs.get("device")
    if target is None and function in CONSTRUCTORS:
        target = _device.CURRENT_DEVICE
    if target is not None:
        there = torch.device(target) == DEVICE
        kwargs = {**kwargs, "device": "cpu" if there else target}
    if there and kwargs.get("generator") is not None:
        raise RuntimeError(f"expected a generator on {DEVICE}, found one on cpu")
    return put(function(*args, **kwargs), there)


def switch_on() -> None:
    """Start the pretence for the rest of this process."""
    mode = PretendGpu()
    mode.__enter__()
    watch_unseen(mode)
