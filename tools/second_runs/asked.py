"""What pytest asks of a page's kernel: to run a cell again, and to move the demos that it made."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import nbformat
from nbval.plugin import IPyNbCell, NbCellError

KERNEL = "__import__('tools.second_runs.in_kernel', fromlist=['in_kernel'])"
# What nbval calls it, and what it means here.
MEANING = {
    "Cell outputs differ": "output differs from the stored one",
    "Cell execution caused an exception": "an exception that the cell does not promise",
}
BEFORE = " (here each cell before this one ran twice, and the demos that they made were moved)"


def code_cells(item: IPyNbCell) -> list[nbformat.NotebookNode]:
    """Return the code cells of the copy that a cell belongs to."""
    return [cell for cell in item.parent.nb.cells if cell.cell_type == "code"]


def fail(item: IPyNbCell, when: str, what: str, traceback: str | None = None) -> NoReturn:
    """Let a cell fail; the message names page, cell, run and what is wrong."""
    message = f"{item.path.stem}, cell {item.cell_num}{when}: {what}"
    raise NbCellError(item.cell_num, message, item.cell.source, traceback) from None


def ask(item: IPyNbCell, call: str, when: str = "") -> None:
    """Have the page's kernel call a function of :mod:`.in_kernel`, out of the page's sight."""
    kernel = item.parent.kernel
    if not kernel.is_alive():
        fail(item, when, "the kernel has ended")
    request = kernel.kc.execute(
        f"{KERNEL}.{call}()",
        silent=True,
        store_history=False,
        allow_stdin=False,
        stop_on_error=False,
    )
    reply = {}
    while reply.get("parent_header", {}).get("msg_id") != request:
        reply = kernel.get_message("shell", timeout=item.config.option.nbval_cell_timeout)
    if reply["content"]["status"] != "ok":
        fail(item, when, f"{reply['content']['ename']}: {reply['content']['evalue']}")


@contextmanager
def told(item: IPyNbCell, when: str, after: str = "") -> Iterator[None]:
    """Say in which run a cell failed; one that promises an exception fails without it."""
    try:
        yield
    except NbCellError as error:
        what = MEANING.get(str(error), str(error))
        fail(item, when, what + after, error.inner_traceback)
    raised = any(output.output_type == "error" for output in item.test_outputs)
    if item.options["check_exception"] and not raised:
        fail(item, when, "the exception that the cell promises is missing" + after)


def run_again(item: IPyNbCell, stored: nbformat.NotebookNode) -> None:
    """Run a cell that has passed a second time, as readers do, and move the demos that it made.

    Args:
        item: the cell.
        stored: as it was before the first run; its outputs are compared with both runs.
    """
    again = ", run a second time"
    ask(item, "begin", again)
    executed, item.cell = item.cell, stored
    try:
        with told(item, again):
            item.runtest()
    finally:
        item.cell = executed
        if item.parent.kernel.is_alive():
            ask(item, "end", ", when its demos were moved")
    own = [cell for cell in code_cells(item) if "solution" not in cell.metadata]
    if executed is own[-1] and "from utils.widgets" in item.path.read_text("utf-8"):
        ask(item, "need_demos")
