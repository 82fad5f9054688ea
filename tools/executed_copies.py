"""A plugin of pytest: cells run with nbval and then again; a page that passes keeps its outputs.

``pytest -p tools.executed_copies --nbval PAGE.ipynb`` runs each cell a second time, as
:mod:`tools.second_runs` says, but for the code of solutions. Of some cells only the words are
compared with the stored ones (:mod:`tools.varying`), and then all with the first run. If all
pass, it writes
``PAGE.ipynb.run`` beside the page, with the outputs of the first runs: nbval itself keeps
nothing, and it joins what a cell prints before and after a figure.
"""

import copy
import time
from collections.abc import Callable, Iterator
from functools import partial

import nbformat
import pytest

from tools import varying
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


def pytest_itemcollected(item: pytest.Item) -> None:
    """Number a cell as on its page, where nbval counts code cells from 0."""
    if "page_cell" in getattr(item, "cell", nbformat.NotebookNode()).get("metadata", {}):
        item.cell_num = item.cell.metadata.page_cell


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run a cell twice; if it passes, put its outputs on the page, after the last one write it."""
    # Not sooner: pytest has to load the plugin of nbval first.
    from nbval.plugin import IPyNbCell

    from tools.second_runs import asked

    if not isinstance(item, IPyNbCell):
        return (yield)
    file, heard, stored = item.parent, [], copy.deepcopy(item.cell)
    first = item.cell is asked.code_cells(item)[0]
    if first:
        asked.ask(item, "start")
    tags = item.cell.metadata.get("tags", [])
    item.sanitize = partial(varying.words, tags=tags)
    listen, started = file.get_kernel_message, time.perf_counter()
    file.get_kernel_message = noting(listen, heard)
    try:
        with asked.told(item, "", "" if first else asked.BEFORE):
            result = yield
    finally:
        file.get_kernel_message = listen
    seconds, printed = time.perf_counter() - started, outputs(heard)
    del item.sanitize
    if varying.vary(tags):
        stored.outputs = printed or []
    if "solution" not in item.cell.metadata:
        asked.run_again(item, stored)
    item.cell.outputs, item.cell.metadata.seconds = printed, seconds
    done = asked.code_cells(item)
    if all("seconds" in cell.metadata and cell.outputs is not None for cell in done):
        write_atomically(executed_copy(file.path), nbformat.v4.writes(file.nb) + "\n")
    return result
