"""What a mode on torch's functions does not see, and how the pretended device watches that."""

import functools
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import torch
from pretend_marks import BACKWARD, is_there, put, refuse, tensors
from pretend_rules import run_compiled
from torch._functorch import eager_transforms, vmap
from torch.overrides import TorchFunctionMode, _get_current_function_mode_stack


def keeping_mark(run: Callable, place: int = 0) -> Callable:
    """Return a function that the mode does not see, whose result is where one argument is."""

    @functools.wraps(run)
    def marked(*args: object, **kwargs: object) -> object:
        result = run(*args, **kwargs)
        given = args[place] if len(args) > place else kwargs.get("data")
        if isinstance(given, torch.Tensor) and result is not given:
            put(result, is_there(given))
        return result

    return marked


def on_the_cpu(run: Callable) -> Callable:
    """Return a function that the mode does not see, whose result is on the CPU."""
    return functools.wraps(run)(lambda *args, **kwargs: put(run(*args, **kwargs), False))


def watched_by(mode: TorchFunctionMode) -> AbstractContextManager:
    """Switch the mode on again where it is off: inside a call that it watches."""
    return nullcontext() if mode in _get_current_function_mode_stack() else mode


def flowing_back(engine: Callable, mode: TorchFunctionMode) -> Callable:
    """Return the backward pass, in which hooks and backward functions are watched too."""

    @functools.wraps(engine)
    def run(outputs, gradients, *args, **kwargs):
        before, there = BACKWARD.there, any(map(is_there, tensors([outputs, gradients])))
        BACKWARD.there = there
        try:
            with watched_by(mode):
                return put(engine(outputs, gradients, *args, **kwargs), there)
        finally:
            BACKWARD.there = before

    return run


def returning_there(backward: Callable) -> Callable:
    """Return a backward function that refuses gradients left on the CPU."""

    @functools.wraps(backward)
    def run(*args: object) -> object:
        result = backward(*args)
        for gradient in tensors([result]):
            if BACKWARD.there and gradient._is_there is False:
                refuse(backward)
        return result

    return run


def with_marks(register: Callable) -> Callable:
    """Return how a module takes a hook on gradients, which then gets them marked."""

    @functools.wraps(register)
    def registered(module: torch.nn.Module, hook: Callable, *args: object, **kwargs: object):
        def marked(module: torch.nn.Module, *gradients: object) -> object:
            return hook(module, *put(gradients, BACKWARD.there))

        return register(module, marked, *args, **kwargs)

    return registered


def watching(start: Callable, mode: TorchFunctionMode) -> Callable:
    """Return the start of a thread that is watched, too."""

    @functools.wraps(start)
    def started(thread: threading.Thread) -> None:
        run = thread.run

        def watched() -> None:
            with mode:
                run()

        thread.run = watched
        start(thread)

    return started


def device_of_the_call() -> bool:
    """Return whether the call of torch that runs now has a tensor on ``DEVICE``."""
    frame = sys._getframe()
    while frame and frame.f_code.co_name != "__torch_function__":
        frame = frame.f_back
    if frame is None:
        return BACKWARD.there
    given = frame.f_locals
    return any(map(is_there, tensors([given["args"], list((given["kwargs"] or {}).values())])))


def saving(init: Callable, mode: TorchFunctionMode) -> Callable:
    """Return how a hook on saved tensors is made, which is then watched and gets them marked."""

    @functools.wraps(init)
    def made(self, pack_hook: Callable, unpack_hook: Callable) -> None:
        def pack(tensor: torch.Tensor) -> object:
            if tensor._is_there is None:
                put(tensor, device_of_the_call())
            with watched_by(mode):
                return pack_hook(tensor)

        init(self, pack, unpack_hook)

    return made


def watch_unseen(mode: TorchFunctionMode) -> None:
    """Wrap what the mode does not see, for the rest of this process."""
    torch.from_numpy = on_the_cpu(torch.from_numpy)
    torch.nn.Parameter.__new__ = keeping_mark(torch.nn.Parameter.__new__, 1)
    torch.autograd._engine_run_backward = flowing_back(torch.autograd._engine_run_backward, mode)
    node = torch.autograd.function.BackwardCFunction
    node.apply = returning_there(node.apply)
    for name in ("register_full_backward_hook", "register_full_backward_pre_hook"):
        setattr(torch.nn.Module, name, with_marks(getattr(torch.nn.Module, name)))
    vmap._remove_batch_dim = keeping_mark(vmap._remove_batch_dim)
    eager_transforms._unwrap_for_grad = keeping_mark(eager_transforms._unwrap_for_grad)
    undefined = torch._C._functions.UndefinedGrad  # of gradcheck
    torch._C._functions.UndefinedGrad = lambda: keeping_mark(undefined())
    call = torch.jit.ScriptModule.__call__
    torch.jit.ScriptModule.__call__ = lambda *args, **kwargs: run_compiled(call, args, kwargs)
    threading.Thread.start = watching(threading.Thread.start, mode)
    hooks = torch.autograd.graph.saved_tensors_hooks
    hooks.__init__ = saving(hooks.__init__, mode)
