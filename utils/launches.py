"""How many kernels a piece of code launches, and how many bytes they read and write at least."""

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves


class Launches(TorchDispatchMode):
    """Counts the operations that torch runs inside a ``with`` block, and the bytes they move.

    Each operation counts as one kernel, which is what a GPU launches for an element-wise one. A
    view, such as ``x.T`` or ``x[0]``, computes nothing and does not count. Each tensor that goes
    in or comes out counts once an operation, with all its entries.

    Attributes:
        names: the names of the operations, in order.
        bytes: read and written together.

    >>> x = torch.ones(2, 5)
    >>> with Launches() as found:
    ...     y = (2 * x).view(2, 5) + x
    >>> found.names, found.bytes
    (['mul', 'add'], 200)
    """

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.bytes = 0

    def __len__(self) -> int:
        return len(self.names)

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        result = function(*args, **(kwargs or {}))
        if not _is_view(function):
            self.names.append(function.overloadpacket.__name__)
            tensors = [
                leaf
                for leaf in tree_leaves((args, kwargs or {}, result))
                if isinstance(leaf, torch.Tensor)
            ]
            distinct = {id(tensor): tensor for tensor in tensors}
            self.bytes += sum(x.numel() * x.element_size() for x in distinct.values())
        return result


def _is_view(function: torch._ops.OpOverload) -> bool:
    """Whether the result shares the memory of an argument, which is not written to."""
    aliases = [returned.alias_info for returned in function._schema.returns]
    return any(alias is not None and not alias.is_write for alias in aliases)
