"""Processes that compute together: forked from this one at once, or started by torchrun."""

import datetime
import faulthandler
import io
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from pathlib import Path

import cloudpickle
import torch
import torch.distributed as dist

BOOK = Path(__file__).resolve().parents[2]
# Since torch 2.5 a restarted worker finds the addresses of dead workers in the store that the
# agent shares with it: https://github.com/pytorch/pytorch/issues/135712
OWN_STORE = {"TORCH_DISABLE_SHARE_RDZV_TCP_STORE": "1"}


def together(function: Callable, world: int, *arguments: object, timeout: float = 180) -> list:
    """Run ``function(rank, world, *arguments)`` in processes that form a group, by gloo.

    Each process is a copy of this one, made by ``fork``, so the function may stand in a notebook.
    It computes on the CPU with one thread. Where there is a GPU, autograd may not survive a fork:
    there the processes are fresh ones, which get the function with all that it uses, pickled.

    Args:
        function: what each process runs; what it returns must be picklable.
        world: how many processes, 1 or more.
        arguments: the same for each process, tensors on the CPU.
        timeout: seconds after which all are ended.

    Returns:
        What the function returned, by rank.

    Raises:
        ValueError: if there is no process to run.
        RuntimeError: if the system cannot fork, or a process fails; it shows the traceback.
        TimeoutError: if they take too long.

    >>> together(lambda rank, world: (rank, world), 2)
    [(0, 2), (1, 2)]
    """
    if isinstance(world, bool) or not isinstance(world, int) or world < 1:
        raise ValueError(f"world must be a number of processes of at least 1, got {world!r}")
    if "fork" not in multiprocessing.get_all_start_methods():
        raise RuntimeError("this system cannot fork: run this on Linux, in WSL, or in Colab")
    is_fresh = torch.cuda.is_available()
    context = multiprocessing.get_context("spawn" if is_fresh else "fork")
    function = ByValue(function) if is_fresh else function
    with tempfile.TemporaryDirectory() as folder:
        processes, pipes = [], []
        for rank in range(world):
            receiver, sender = context.Pipe(duplex=False)
            job = (function, rank, world, arguments, f"{folder}/store", timeout)
            process = context.Process(target=_work, args=(sender, *job), daemon=True)
            process.start()
            sender.close()
            processes.append(process)
            pipes.append(receiver)
        try:
            return _collect(pipes, time.monotonic() + timeout)
        finally:
            for process, pipe in zip(processes, pipes, strict=True):
                process.kill()
                process.join()
                process.close()
                pipe.close()


class ByValue:
    """A function with all that it uses, as bytes: a fresh process knows no cell of a notebook."""

    def __init__(self, function: Callable) -> None:
        self.code = cloudpickle.dumps(function)

    def __call__(self, *arguments: object) -> object:
        """Call it."""
        return pickle.loads(self.code)(*arguments)


def _work(sender: Connection, function, rank, world, arguments, store: str, limit: float) -> None:
    """Run one process of :func:`together` and send ``(succeeded, result or traceback)``."""
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), 2)  # where gloo tells that others have gone
        # The parent ends this process after `limit` seconds, unless it is gone itself.
        faulthandler.dump_traceback_later(limit + 10, exit=True, file=nothing)
        torch.set_num_threads(1)
        try:
            dist.init_process_group(
                "gloo",
                init_method=f"file://{store}",
                rank=rank,
                world_size=world,
                timeout=datetime.timedelta(seconds=limit + 10),
            )
            result = True, function(rank, world, *arguments)
            dist.barrier()
            dist.destroy_process_group()
        except BaseException:
            result = False, traceback.format_exc()
        _send(sender, result)


def _send(sender: Connection, result: tuple[bool, object]) -> None:
    """Send bytes: tensors would go through shared memory, which ends with this process."""
    buffer = io.BytesIO()
    torch.save(result, buffer)
    sender.send_bytes(buffer.getvalue())


def _collect(pipes: list[Connection], deadline: float) -> list:
    """Wait for all results; after a failure others may tell theirs for a moment, no longer."""
    results, failures = [None] * len(pipes), []
    waiting = dict(zip(pipes, range(len(pipes)), strict=True))
    while waiting:
        ready = wait(list(waiting), timeout=max(0.0, deadline - time.monotonic()))
        if not ready:
            break
        for pipe in ready:
            rank = waiting.pop(pipe)
            try:
                succeeded, result = torch.load(io.BytesIO(pipe.recv_bytes()), weights_only=False)
            except EOFError:
                succeeded, result = False, "it was killed"
            if succeeded:
                results[rank] = result
            else:
                failures.append(f"rank {rank} failed: {result}")
                deadline = min(deadline, time.monotonic() + 1)
    if failures:
        raise RuntimeError("\n".join(failures))
    if waiting:
        raise TimeoutError(f"ranks {list(waiting.values())} did not end in time")
    return results


def command(module: str, *arguments: str, processes: int = 2, restarts: int = 0) -> list[str]:
    """Return the command that starts ``python -m module`` in processes of this machine."""
    head = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    counts = [f"--nproc-per-node={processes}", f"--max-restarts={restarts}"]
    return [*head, *counts, "--monitor-interval=0.1", "-m", module, *arguments]


def torchrun(
    module: str, *arguments: str, processes: int = 2, restarts: int = 0, timeout: float = 240
) -> str:
    """Start a module by torchrun on this machine and return what it printed.

    Args:
        module: a module of the book or of torch, as ``python -m`` takes it.
        arguments: the words behind it.
        processes: how many workers.
        restarts: how often all of them may be started again after a worker has failed.
        timeout: seconds after which torchrun is asked to end its workers, and itself.

    Raises:
        RuntimeError: if a worker fails more often than that; it shows the end of what was printed.
        TimeoutError: if it takes too long.
    """
    paths = [str(BOOK), os.environ.get("PYTHONPATH", "")]
    settings = {
        **os.environ,
        **OWN_STORE,
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    words = command(module, *arguments, processes=processes, restarts=restarts)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, env=settings, **pipes) as agent:
        try:
            printed, errors = agent.communicate(timeout=timeout)
        except BaseException as error:
            # On SIGTERM the agent ends its workers, which are in sessions of their own.
            agent.send_signal(signal.SIGTERM)
            try:
                agent.communicate(timeout=40)
            except subprocess.TimeoutExpired:
                agent.kill()
            if isinstance(error, subprocess.TimeoutExpired):
                raise TimeoutError(f"{module} did not end within {timeout} s") from error
            raise
    if agent.returncode:
        raise RuntimeError(f"{module} failed:\n{errors[-3000:]}")
    return printed
