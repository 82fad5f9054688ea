"""What functions of torch do on the pretended device, where that is more than to compute.

Each rule gets a function of torch with its arguments, in place of the function.
"""

from collections.abc import Callable

import torch
from pretend_indexing import get_item, index_put, set_item
from pretend_marks import DEVICE, check_mixed, is_there, put, refuse, tensors
from torch import Tensor
from torch.utils import _device


def as_ever(function, args, kwargs):
    """Run what asks for something that no device changes."""
    return function(*args, **kwargs)


def get_device(function, args, kwargs):
    """Return where a tensor is."""
    return DEVICE if is_there(args[0]) else function(*args)


def get_number(function, args, kwargs):
    """Return the number of the device that a tensor is on."""
    return DEVICE.index if is_there(args[0]) else function(*args)


def is_cpu(function, args, kwargs):
    """Return whether a tensor is on the CPU."""
    return not is_there(args[0]) and function(*args)


def to(function, args, kwargs):
    """Move a tensor; what stays on its device with its type is not copied."""
    tensor, *rest = args
    there = was = is_there(tensor)
    target = rest[0] if rest else kwargs.get("device", kwargs.get("other"))
    if isinstance(target, Tensor):
        there = is_there(target)
    elif isinstance(target, (str, int, torch.device)):
        there = torch.device(target) == DEVICE
        if there and rest:
            rest[0] = "cpu"
        elif there:
            kwargs["device"] = "cpu"
    result = function(tensor, *rest, **kwargs)
    return put(tensor.clone() if result is tensor and there != was else result, there)


def shape_as(function, args, kwargs):
    """Give a tensor the shape of others, which may be anywhere."""
    return put(function(*args, **kwargs), is_there(args[0]))


def broadcast(function, args, kwargs):
    """Give tensors a common shape, each where it is."""
    return tuple(map(put, function(*args), map(is_there, tensors(args))))


def cpu(function, args, kwargs):
    """Copy a tensor to the CPU."""
    tensor = args[0]
    return put(tensor.clone() if is_there(tensor) else function(*args, **kwargs), False)


def parse_to(function, args, kwargs):
    """Return the device and the type that arguments of ``Module.to`` name."""
    device, *rest = function(*args, **kwargs)
    like = args[0] if args else kwargs.get("tensor")
    return (DEVICE if isinstance(like, Tensor) and is_there(like) else device, *rest)


def numpy(function, args, kwargs):
    """Show a tensor of the CPU to NumPy."""
    if is_there(args[0]):
        raise TypeError(
            f"can't convert {DEVICE} device type tensor to numpy. "
            "Use Tensor.cpu() to copy the tensor to host memory first."
        )
    return function(*args, **kwargs)


def copy(function, args, kwargs):
    """Copy values into a tensor, from any device."""
    is_there(args[0])
    return function(*args, **kwargs)


def set_data(function, args, kwargs):
    """Give a tensor other values, and their device."""
    function(*args)
    put(args[0], is_there(args[1]))


def set_grad(function, args, kwargs):
    """Give a tensor a gradient, which has to be where the tensor is."""
    tensor, gradient = args
    if gradient is not None and is_there(tensor) != is_there(gradient):
        refuse(function)
    function(*args)


def write(function, args, kwargs):
    """Write a tensor as ``repr`` does, with its device."""
    text = function(*args, **kwargs)
    return f"{text[:-1]}, device='{DEVICE}')" if is_there(args[0]) else text


def fill_in(function, args, kwargs):
    """Write a tensor into a formatted string."""
    tensor, spec = args
    return format(write(repr, [tensor], {}), spec) if tensor.ndim else function(*args)


def pickle(function, args, kwargs):
    """Store a tensor without its mark: a file holds what it holds without the pretence."""
    there = is_there(args[0])
    del args[0]._is_there
    try:
        return function(*args, **kwargs)
    finally:
        put(args[0], there)


def hook(function, args, kwargs):
    """Register a hook, which gets gradients on the tensor's device."""
    tensor, call = args
    there = is_there(tensor)
    return function(tensor, lambda gradient: call(put(gradient, there)))


def from_data(function, args, kwargs):
    """Run ``torch.tensor`` and its like, which take a device from a tensor, and from no list."""
    data, *_ = args or kwargs.values()
    target = kwargs.get("device") or _device.CURRENT_DEVICE
    there = isinstance(data, Tensor) and is_there(data)
    if target is not None:
        there = torch.device(target) == DEVICE
        kwargs["device"] = "cpu" if there else target
    result = function(*args, **kwargs)
    return put(result.clone() if result is data and there != is_there(data) else result, there)


def run_compiled(function, args, kwargs):
    """Call what ``torch.jit`` has made: its operations are not seen one by one."""
    module = args[0]
    seen = list(tensors([args[1:], list(kwargs.values()), list(module.parameters())]))
    there = any(map(is_there, seen))
    if there:
        check_mixed(function, seen)
    return put(function(*args, **kwargs), there)


UNCHANGED = "shape dtype ndim requires_grad is_leaf grad_fn layout is_sparse is_meta is_quantized"
RULES: dict[Callable, Callable] = {
    **{getattr(Tensor, name).__get__: as_ever for name in UNCHANGED.split()},
    **dict.fromkeys((Tensor.size, Tensor.dim, Tensor.numel, Tensor.item, Tensor.tolist), as_ever),
    **dict.fromkeys((Tensor.__len__, Tensor.__bool__, Tensor.__int__, Tensor.__float__), as_ever),
    **dict.fromkeys((Tensor.is_floating_point, torch.is_complex, Tensor.is_complex), as_ever),
    torch._has_compatible_shallow_copy_type: as_ever,
    Tensor.device.__get__: get_device,
    Tensor.get_device: get_number,
    Tensor.is_cpu.__get__: is_cpu,
    **dict.fromkeys((Tensor.to, Tensor.type_as), to),
    **dict.fromkeys((Tensor.expand_as, Tensor.view_as, Tensor.reshape_as), shape_as),
    torch.broadcast_tensors: broadcast,
    Tensor.cpu: cpu,
    torch._C._nn._parse_to: parse_to,
    Tensor.numpy: numpy,
    Tensor.__array__: numpy,
    Tensor.copy_: copy,
    Tensor.data.__set__: set_data,
    Tensor.grad.__set__: set_grad,
    Tensor.__getitem__: get_item,
    Tensor.__setitem__: set_item,
    **dict.fromkeys((Tensor.index_put, Tensor.index_put_, torch.index_put), index_put),
    torch.index_put_: index_put,
    Tensor.__repr__: write,
    Tensor.__format__: fill_in,
    Tensor.__reduce_ex__: pickle,
    Tensor.register_hook: hook,
    **dict.fromkeys((torch.tensor, torch.as_tensor, torch.asarray), from_data),
}
