"""A plugin of pytest: a page whose cells all pass nbval is written with the outputs of the run.

``pytest -p tools.executed_copies --nbval PAGE.ipynb`` writes ``PAGE.ipynb.run`` beside the page.
nbval itself keeps nothing, and it joins what a cell prints before and after a figure.
"""

import time
from collections.abc import Callable, Iterator

import nbformat
import pytest

from tools.files import write_atomically
from tools.pages import executed_copy

OUTPUTS = {"stream", "display_data", "execute_result", "error"}
SILENT = {"status", "execute_input", "execute_reply"}


def outputs(messages: list[dict]) -> list[nbformat.NotebookNode] | None:
    """Return a cell's outputs by the messages of its kernel, or None if some go beyond outputs.

    Those are messages that change what was shown before, which nbval does not see.
    """
    runs = [m["parent_header"]["msg_id"] for m in messages if m["msg_type"] == "execute_input"]
    own = [m for m in messages if m["parent_header"].get("msg_id") in runs]
    if any(m["msg_type"] not in OUTPUTS | SILENT and "comm" not in m["msg_type"] for m in own):
        return None
    return [nbformat.v4.output_from_msg(m) for m in own if m["msg_type"] in OUTPUTS]


def noting(listen: Callable[..., dict], heard: list[dict]) -> Callable[..., dict]:
    """Return a function that listens too, and notes what it hears."""

    def hear(*args: object, **kwargs: object) -> dict:
        heard.append(listen(*args, **kwargs))
        return heard[-1]

    return hear


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run a cell; if it passes, put its outputs on the page, and after the last one write that."""
    from nbval.plugin import IPyNbCell  # not sooner: pytest has to load that plugin first

    if not isinstance(item, IPyNbCell):
        return (yield)
    file, heard = item.parent, []
    listen, started = file.get_kernel_message, time.perf_counter()
    file.get_kernel_message = noting(listen, heard)
    try:
        result = yield
    finally:
        file.get_kernel_message = listen
    item.cell.outputs = outputs(heard)
    item.cell.metadata.seconds = time.perf_counter() - started
    code = [cell for cell in file.nb.cells if cell.cell_type == "code"]
    if all("seconds" in cell.metadata and cell.outputs is not None for cell in code):
        write_atomically(executed_copy(file.path), nbformat.v4.writes(file.nb) + "\n")
    return result
