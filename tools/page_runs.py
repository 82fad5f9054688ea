"""Run a notebook's cells to the end in a kernel of one's choice, and say which cell failed."""

import asyncio
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError

WORKERS = min(2, os.cpu_count() or 1)
# Kernels listen on this machine only; the notice that they do not encrypt is no use to anyone.
KERNEL_OPTIONS = ["--IPKernelApp.log_level=ERROR"]
ANSI = re.compile(r"\x1b\[[0-9;]*m")  # colours of a terminal
CELL_TIMEOUT = 1800  # seconds; pages on real data take their time


class CellFailure(Exception):
    """A cell that did not end as it should; ``index`` is its place in the notebook, from 0."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


def run(
    notebook: nbformat.NotebookNode,
    folder: Path,
    *,
    kernel: AsyncKernelManager | None = None,
    environment: dict[str, str] | None = None,
) -> None:
    """Run a notebook in a folder; its cells then hold what this run printed.

    Args:
        notebook: changed in place.
        folder: where the kernel starts.
        kernel: how to start it; by default the kernel ``python3``.
        environment: variables on top of this process's.

    Raises:
        CellFailure: with the error and the cell's source.
    """
    started = []
    client = NotebookClient(
        notebook,
        km=kernel,
        kernel_name="python3",
        timeout=CELL_TIMEOUT,
        extra_arguments=KERNEL_OPTIONS,
        resources={"metadata": {"path": str(folder)}},
        on_cell_execute=lambda cell, cell_index: started.append(cell_index),
    )
    try:
        # A loop of its own, closed again: the thread may be one of many. nbclient would leave a
        # kernel running that it was given.
        variables = {**os.environ, **(environment or {})}
        asyncio.run(client.async_execute(env=variables, cleanup_kc=True))
    except CellExecutionError as error:
        problem = f"{error.ename}: {error.evalue}{_place(error.traceback)}"
    except (CellTimeoutError, RuntimeError) as error:  # or the kernel died, or did not start
        problem = str(error)
    else:
        return
    index = started[-1] if started else 0
    raise CellFailure(index, f"{problem}\n{notebook.cells[index].source}") from None


def _place(traceback: str) -> str:
    """Return which line of a cell an error stopped, if its traceback says so."""
    lines = re.findall(r"Cell In\[.*?-> (\d+) ([^\n]*)", ANSI.sub("", traceback), re.DOTALL)
    return f"\nat line {lines[-1][0]}: {lines[-1][1].strip()}" if lines else ""


def two_at_a_time(work: Callable, items: list) -> Iterator:
    """Yield ``work(item)`` for each item, in order, as soon as it is there."""
    pool = ThreadPoolExecutor(WORKERS)  # threads suffice: the kernels are processes
    try:
        yield from pool.map(work, items)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # kernels end with this process
