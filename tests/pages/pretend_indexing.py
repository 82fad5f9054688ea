"""Reading and writing parts of tensors on the pretended device; see ``pretend_rules``."""

from pretend_marks import is_there, put, refuse, tensors
from torch import Tensor


def check_indices(tensor: Tensor, indices: object) -> list[Tensor]:
    """Return the tensors among indices; those on ``DEVICE`` index no tensor of the CPU."""
    found = list(tensors(indices if isinstance(indices, (tuple, list)) else [indices]))
    if not is_there(tensor) and any(map(is_there, found)):
        raise RuntimeError("indices should be either on cpu or on the same device (cpu)")
    return found


def get_item(function, args, kwargs):
    """Index; indices of the CPU are welcome everywhere."""
    check_indices(*args)
    return put(function(*args), is_there(args[0]))


def set_item(function, args, kwargs):
    """Write into a part of a tensor: a slice takes values of any device, picked places do not."""
    tensor, index, value = args
    parts = index if isinstance(index, tuple) else (index,)
    picks = check_indices(tensor, index) or list in map(type, parts)
    if picks and isinstance(value, Tensor) and value.ndim and is_there(value) != is_there(tensor):
        refuse(function)
    function(*args)


def index_put(function, args, kwargs):
    """Write values, which have to be where the tensor is, at indices."""
    tensor, indices, value = args[:3]
    check_indices(tensor, indices)
    if value.ndim and is_there(value) != is_there(tensor):
        refuse(function)
    return put(function(*args, **kwargs), is_there(tensor))
