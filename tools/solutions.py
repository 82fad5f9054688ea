"""The solutions of a page: folded text, whose code runs after the page.

A solution is one Markdown cell: ``<details><summary>Solution 2</summary>``, prose, code in
fences marked ``python``, behind each of them what it prints in a fence marked ``text``, and
``</details>``. GitHub, Colab, JupyterLab and the website all keep that closed.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat

from tools.files import ROOT, read_notebook, write_atomically
from tools.pages import MARKDOWN

OPENING = re.compile(r"\A<details><summary>Solution (\d+)</summary>\n\n")
CLOSING = re.compile(r"\n\n</details>\Z")


class Block(NamedTuple):
    """Code of a solution, what it prints as the page has it, and the lines where they end."""

    code: str
    output: str
    end_of_code: int
    end: int


def solution_number(source: str) -> int | None:
    r"""Return the number of the solution that a Markdown cell holds, or None.

    >>> solution_number("<details><summary>Solution 2</summary>\n\nCount.\n\n</details>")
    2
    """
    match = OPENING.match(source)
    return int(match[1]) if match and CLOSING.search(source) else None


def blocks(source: str) -> list[Block]:
    """Return the code of a solution, each piece with what stands behind it as its output."""
    found: list[Block] = []
    before = None
    for token in MARKDOWN.parse(source):
        if token.type == "fence" and token.info == "python":
            end = token.map[1]
            found.append(Block(token.content.rstrip("\n"), "", end, end))
        elif token.type == "fence" and token.info == "text" and before == "python":
            found.append(found.pop()._replace(output=token.content, end=token.map[1]))
        before = token.info if token.type == "fence" else None
    return found


def expanded(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a copy of a page with code cells in the place of its solutions.

    Their outputs are what the page says that they print, so that the copy can be run
    and compared like any notebook. Each code cell notes the number of its ``page_cell``,
    counted from 1.
    """
    copy = nbformat.from_dict(notebook)
    copy.cells = []
    for number, cell in enumerate(nbformat.from_dict(notebook).cells, 1):
        if cell.cell_type == "code":
            cell.metadata.page_cell = number
        if cell.cell_type != "markdown" or solution_number(cell.source) is None:
            copy.cells.append(cell)
            continue
        for index, block in enumerate(blocks(cell.source)):
            stream = nbformat.v4.new_output("stream", name="stdout", text=block.output)
            metadata = {"solution": cell.id, "page_cell": number}
            if tags := cell.metadata.get("tags"):
                metadata["tags"] = tags
            copy.cells.append(
                nbformat.v4.new_code_cell(
                    block.code,
                    id=f"{cell.id[:56]}-run-{index}",
                    metadata=metadata,
                    outputs=[stream] if block.output else [],
                )
            )
    code = [cell for cell in copy.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code, 1):
        cell.execution_count = count
    return copy


def write_copies(paths: list[Path], folder: Path) -> list[Path]:
    """Write what :func:`expanded` returns for each page into a folder, in the book's own order."""
    copies = []
    for path in paths:
        place = path.resolve()
        copy = folder / (place.relative_to(ROOT) if place.is_relative_to(ROOT) else place.name)
        write_atomically(copy, nbformat.v4.writes(expanded(read_notebook(path))) + "\n")
        copies.append(copy)
    return copies


def take_outputs(notebook: nbformat.NotebookNode, executed: nbformat.NotebookNode) -> None:
    """Put the outputs of an executed copy, made by :func:`expanded`, on the page itself.

    Raises:
        ValueError: if a solution gives what a fence of text cannot hold.
    """
    runs = [cell for cell in executed.cells if cell.cell_type == "code"]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = runs.pop(0).outputs
        elif cell.cell_type == "markdown" and solution_number(cell.source) is not None:
            printed = [_printed(runs.pop(0)) for _ in blocks(cell.source)]
            cell.source = "\n".join(_lines(cell.source, printed))


def _printed(cell: nbformat.NotebookNode) -> str:
    place = f"the solution in cell {cell.metadata.solution!r}"
    for output in cell.outputs:
        if output.output_type != "stream":
            raise ValueError(f"{place} shows something; a solution can only print text")
        if output.name != "stdout":
            raise ValueError(f"{place} writes to the error stream: {output.text.strip()}")
    text = "".join(output.text for output in cell.outputs)
    if re.search(r"[ \t]\n|\n\n\Z|[^\n]\Z|```", text):
        raise ValueError(
            f"{place} prints what a fence cannot hold: a line that ends in spaces or not at all, "
            "a blank line at the end, or three back-ticks"
        )
    return text


def _lines(source: str, printed: list[str]) -> Iterator[str]:
    """Yield the lines of a solution with new outputs behind its code."""
    lines, done = source.split("\n"), 0
    for block, text in zip(blocks(source), printed, strict=True):
        yield from lines[done : block.end_of_code]
        if text:
            yield from ("", "```text", text.removesuffix("\n"), "```")
        done = block.end
    yield from lines[done:]
