"""Processes under the agent of torchrun, copied from this one: no Python is started anew."""

import datetime
import faulthandler
import io
import os
import signal
from collections.abc import Callable

import torch
import torch.distributed as dist
from torch.distributed.launcher.api import LaunchConfig, elastic_launch

from utils.distributed.launch import OWN_STORE


def agent(function: Callable, world: int, *arguments: object, restarts: int = 0) -> list:
    """Run ``function(rank, world, *arguments)`` under torchrun's agent, inside this process.

    What :func:`utils.distributed.launch.torchrun` does, for a function instead of a program: the
    workers are copies of this process, so that nothing is imported again. Where there is a GPU
    they start afresh.

    Args:
        function: what each process runs; of a module, if there is a GPU.
        world: how many processes.
        arguments: the same for each process, tensors on the CPU.
        restarts: how often all of them may be started again after a worker has failed.

    Returns:
        What the function returned, by rank.

    Raises:
        torch.distributed.elastic.multiprocessing.errors.ChildFailedError: if workers fail more
            often than that.
    """
    settings = LaunchConfig(
        min_nodes=1,
        max_nodes=1,
        nproc_per_node=world,
        run_id="book",
        rdzv_backend="c10d",
        rdzv_endpoint="localhost:0",
        max_restarts=restarts,
        monitor_interval=0.1,
        start_method="spawn" if torch.cuda.is_available() else "fork",
    )
    signals = signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT
    handlers = {number: signal.getsignal(number) for number in signals}
    before = dict(os.environ)
    os.environ.update(OWN_STORE)
    try:
        found = elastic_launch(settings, _under_agent)(function, arguments)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)  # the agent has put its own in their place
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)
    return [torch.load(io.BytesIO(found[r]), weights_only=False) for r in range(world)]


def _under_agent(function: Callable, arguments: tuple, limit: float = 60) -> bytes:
    """Run one worker of :func:`agent`, which the agent's environment describes."""
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), 2)
        faulthandler.dump_traceback_later(limit, exit=True, file=nothing)
        torch.set_num_threads(1)
        dist.init_process_group("gloo", timeout=datetime.timedelta(seconds=limit))
        result, buffer = function(dist.get_rank(), dist.get_world_size(), *arguments), io.BytesIO()
        dist.barrier()
        dist.destroy_process_group()
        faulthandler.cancel_dump_traceback_later()
    torch.save(result, buffer)
    return buffer.getvalue()
