"""A program that tries the code of ``device_faults.py`` on the pretended device.

It prints what was raised, by the code, as JSON; ``test_pretend_gpu.py`` reads that.
"""

import copy
import io
import json
import os
import threading

import numpy as np
import pretend_gpu
import torch
import torch.nn.functional as F
from device_faults import FAULTS, RUNS
from pretend_marks import DEVICE
from torch import nn
from torch.utils.checkpoint import checkpoint
from torch.utils.data import DataLoader, TensorDataset

# What the code uses.
__all__ = ["DataLoader", "F", "TensorDataset", "checkpoint", "copy", "io", "nn", "np"]


class Twice(torch.autograd.Function):
    """Twice a tensor, with a gradient to choose."""

    @staticmethod
    def forward(ctx, x, gradient):
        ctx.save_for_backward(x, torch.ones(3))
        ctx.gradient = gradient
        return x * 2

    @staticmethod
    def backward(ctx, upstream):
        return ctx.gradient(upstream, *ctx.saved_tensors), None


def twice(gradient) -> None:
    """Run a backward function on the device."""
    Twice.apply(leaf() * 1, gradient).sum().backward()


def leaf() -> torch.Tensor:
    """Return a tensor on the device that wants a gradient."""
    return torch.ones(3, device=DEVICE, requires_grad=True)


def step(optimizer, *states: str) -> None:
    """Take two steps, with states of the CPU before the second."""
    x = leaf()
    optimizer = optimizer([x])
    for _ in range(2):
        x.sum().backward()
        optimizer.step()
        for state in states:
            optimizer.state[x][state] = torch.zeros(3)


def hooked(hook) -> None:
    """Run a hook on a gradient."""
    x = leaf()
    x.register_hook(hook)
    (x * x).sum().backward()


def kept() -> torch.Tensor:
    """Return what a module's hook got."""
    found = []
    layer = nn.Linear(3, 2).to(DEVICE)
    layer.register_full_backward_hook(lambda layer, inner, outer: found.append(inner[0]))
    layer(leaf()).sum().backward()
    return found[0]


def saved(pack) -> None:
    """Run a hook on what is saved for the backward pass."""
    with torch.autograd.graph.saved_tensors_hooks(pack, lambda x: x):
        y = leaf().exp().sin().sum()
    y.backward()


def in_a_thread(run) -> None:
    """Run something in another thread, and raise what it raises."""
    raised = []

    def watched() -> None:
        try:
            run()
        except RuntimeError as error:
            raised.append(error)

    thread = threading.Thread(target=watched)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def loaded(tensor: torch.Tensor) -> torch.Tensor:
    """Save a tensor, and load it."""
    file = io.BytesIO()
    torch.save(tensor, file)
    file.seek(0)
    return torch.load(file)


def main() -> None:
    """Try all, and print what was raised."""
    raised = {}
    pretend_gpu.switch_on()
    names = {**globals()}
    for code in [*FAULTS, None, *RUNS]:
        if code is None or code in FAULTS:
            names.update(here=torch.ones(3), there=torch.ones(3, device=DEVICE))
        try:
            exec(code or "", names)  # what that file says
        except (RuntimeError, TypeError, AssertionError) as error:
            raised[code] = f"{type(error).__name__}: {error}"
    print(json.dumps(raised), flush=True)
    os._exit(0)  # no teardown of what torch holds while the pretence is on


if __name__ == "__main__":
    main()
