"""What autograd holds for a backward pass, counted while it is held, each storage once."""

import weakref
from collections import Counter
from collections.abc import Iterable

import torch


def storage_key(tensor: torch.Tensor) -> int:
    """Return a number that views of one storage share, as long as the storage lives."""
    return tensor.untyped_storage()._cdata


def count_bytes(tensors: Iterable[torch.Tensor]) -> int:
    """Return the bytes of the storages behind some tensors, each storage once."""
    storages = {storage_key(x): x.untyped_storage().nbytes() for x in tensors}
    return sum(storages.values())


def optimizer_bytes(optimizer: torch.optim.Optimizer) -> int:
    """Return the bytes of the tensors in an optimiser's state, counters of steps among them."""
    states = optimizer.state.values()
    return count_bytes(v for s in states for v in s.values() if isinstance(v, torch.Tensor))


class _Held:
    """A tensor that a graph holds; it is not referred to from anywhere else."""

    def __init__(self, tensor: torch.Tensor) -> None:
        self.tensor = tensor


class Ledger:
    """A book of the bytes that graphs hold for their backward passes.

    Inside a ``with`` block each tensor that an operation saves is entered; when
    its graph lets go of it, it is struck out, after the block as well. Views of one
    storage count once. The storages of ``known``, mostly the parameters, are
    there anyway and do not count.

    Attributes:
        now: bytes held at present.
        peak: the most bytes held at one time.
        history: ``now`` after each change.

    Args:
        known: tensors whose storages are left out.

    >>> x = torch.ones(10, requires_grad=True)
    >>> with Ledger() as ledger:
    ...     loss = x.exp().sum()
    >>> ledger.now
    40
    >>> loss.backward()
    >>> ledger.now, ledger.peak
    (0, 40)

    Source: the tutorial on ``torch.autograd.graph.saved_tensors_hooks`` in torch's documentation.
    """

    def __init__(self, known: Iterable[torch.Tensor] = ()) -> None:
        self.known = {storage_key(x) for x in known}
        self.counts: Counter[int] = Counter()
        self.now, self.peak = 0, 0
        self.history = [0]
        self._hooks = torch.autograd.graph.saved_tensors_hooks(self._enter, self._look)

    def __enter__(self) -> "Ledger":
        self._hooks.__enter__()
        return self

    def __exit__(self, *stopped_by: object) -> None:
        self._hooks.__exit__(*stopped_by)

    def _enter(self, tensor: torch.Tensor) -> torch.Tensor | _Held:
        key = storage_key(tensor)
        if key in self.known:
            return tensor
        # Detached: an output with its history would keep the very graph alive that holds it.
        held, size = _Held(tensor.detach()), tensor.untyped_storage().nbytes()
        if not self.counts[key]:
            self._change(size)
        self.counts[key] += 1
        weakref.finalize(held, self._strike, key, size).atexit = False
        return held

    def _look(self, held: torch.Tensor | _Held) -> torch.Tensor:
        return held.tensor if isinstance(held, _Held) else held

    def _strike(self, key: int, size: int) -> None:
        self.counts[key] -= 1
        if not self.counts[key]:
            self._change(-size)

    def _change(self, size: int) -> None:
        self.now += size
        self.peak = max(self.peak, self.now)
        self.history.append(self.now)
