"""Rules about the outputs that a stored page keeps."""

import re
from collections.abc import Iterator

from tools import varying
from tools.lint.finding import Finding
from tools.lint.form import NORMALISE
from tools.pages import Cell, Page
from tools.solutions import blocks

# "<Model object at 0x…>", and bare pointers as 64-bit systems print them.
ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}|\b0x[57][0-9a-f]{11}\b", re.IGNORECASE)


def data(cell: Cell) -> dict[str, object]:
    """Return what the cell's outputs hold, by MIME type."""
    return {kind: value for out in cell.outputs for kind, value in out.get("data", {}).items()}


def texts(cell: Cell) -> Iterator[str]:
    """Every piece of text that the cell's outputs hold."""
    for output in cell.outputs:
        yield output.get("text", "")
        yield output.get("evalue", "")
        for value in output.get("data", {}).values():
            if isinstance(value, str):
                yield value


def execution_counts(page: Page) -> Iterator[Finding]:
    """The cells were run once each, from top to bottom."""
    for wanted, cell in enumerate(page.code, 1):
        count = cell.raw.get("execution_count")
        if count != wanted:
            yield Finding(
                cell.number, f"execution count is {count}, not {wanted}; run 'make notebooks'"
            )
            return


def image_payloads(page: Page) -> Iterator[Finding]:
    """Stored outputs carry no pictures."""
    for cell in page.code:
        kinds = sorted(kind for kind in data(cell) if kind.startswith("image/"))
        if any("data:image/" in text for text in texts(cell)):
            kinds.append("an embedded picture")
        for kind in kinds:
            yield Finding(cell.number, f"the output stores {kind}; {NORMALISE}")


def figure_text(page: Page) -> Iterator[Finding]:
    """Every figure was shown with its description."""
    for cell in page.code:
        if any("<Figure size" in text for text in texts(cell)):
            yield Finding(
                cell.number,
                "a figure without a description; show it with utils.plots.show(axes, alt=…)",
            )


def widget_state(page: Page) -> Iterator[Finding]:
    """Stored outputs carry no widget models."""
    for cell in page.code:
        if any(kind.startswith("application/vnd.jupyter.widget-") for kind in data(cell)):
            yield Finding(cell.number, f"the output stores a widget's view; {NORMALISE}")
    if "widgets" in page.notebook.get("metadata", {}):
        yield Finding(0, f"the notebook stores widget state; {NORMALISE}")


def stderr(page: Page) -> Iterator[Finding]:
    """Nothing was written to the error stream."""
    for cell in page.code:
        if any(output.get("name") == "stderr" for output in cell.outputs):
            yield Finding(
                cell.number, f"the output stores stderr; mend what warns there, then {NORMALISE}"
            )


def object_addresses(page: Page) -> Iterator[Finding]:
    """No output changes with the memory layout."""
    for cell in page.code:
        for text in texts(cell):
            if address := ADDRESS.search(text):
                yield Finding(
                    cell.number,
                    f"the output holds {address[0]!r}, different in every run; print a value",
                )
                break


def expected_errors(page: Page) -> Iterator[Finding]:
    """Cells that promise an exception raise one, and no others do."""
    for cell in page.code:
        raised = [output.ename for output in cell.outputs if output.output_type == "error"]
        promised = "raises-exception" in cell.tags
        if raised and not promised:
            yield Finding(
                cell.number, f"the cell raised {raised[0]}; mend it, or tag it raises-exception"
            )
        if promised and not raised:
            yield Finding(cell.number, "tagged raises-exception, but no exception is stored")


def numbers_vary(page: Page) -> Iterator[Finding]:
    """Numbers are left uncompared only where some were printed."""
    for cell in page.cells:
        if not varying.vary(cell.tags):
            continue
        stored = texts(cell) if cell.kind == "code" else (b.output for b in blocks(cell.source))
        if not any(varying.NUMBER.search(text) for text in stored):
            yield Finding(cell.number, "tagged as one whose numbers vary, and prints no number")
