"""Store notebooks in one form: ``python -m tools.normalise_notebooks [--check] [files]``.

Text outputs stay, because readers on GitHub see them and the tests compare them.
"""

import argparse
import hashlib
import re
from pathlib import Path

import nbformat

from tools.files import ROOT, read_notebook, run_command, write_atomically
from tools.pages import LANGUAGE_INFO, folding, page_paths

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET = "application/vnd.jupyter.widget-"


def normalise(notebook: nbformat.NotebookNode) -> str:
    """Return the text of a notebook's file in the form that the book stores.

    Args:
        notebook: a notebook of format 4, changed in place.

    Raises:
        ValueError: if what comes out is no valid notebook.
    """
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    metadata = {"kernelspec": KERNELSPEC, "language_info": LANGUAGE_INFO}
    if "book" in notebook.metadata:  # the rules that the page breaks, with its reasons
        metadata["book"] = notebook.metadata.book
    notebook.metadata = nbformat.from_dict(metadata)
    count, taken = 0, set()
    for position, cell in enumerate(notebook.cells):
        cell.source = _stripped(cell.source)
        cell.id = _cell_id(cell, position, taken)
        cell.metadata = _cell_metadata(cell)
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = _outputs(cell.get("outputs", []), count)
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        raise ValueError(f"not a valid notebook: {error.message}") from error
    return nbformat.v4.writes(notebook) + "\n"


def _stripped(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.rstrip().split("\n"))


def _cell_id(cell: nbformat.NotebookNode, position: int, taken: set[str]) -> str:
    """Return the cell's id, or a new one where it has none of its own."""
    name, attempt = cell.get("id"), 0
    while not name or name in taken or not re.fullmatch(r"[\w-]{1,64}", name, re.ASCII):
        words = f"{position} {attempt} {cell.cell_type} {cell.source}"
        name, attempt = hashlib.sha256(words.encode()).hexdigest()[:8], attempt + 1
    taken.add(name)
    return name


def _cell_metadata(cell: nbformat.NotebookNode) -> nbformat.NotebookNode:
    tags = cell.get("metadata", {}).get("tags", [])
    kept = nbformat.from_dict({"tags": tags} if tags else {})
    if cell.cell_type == "code" and (folded := folding(tags)):
        kept.jupyter = folded
    return kept


def _outputs(outputs: list[nbformat.NotebookNode], count: int) -> list[nbformat.NotebookNode]:
    """Return what is kept of a cell's outputs: its text."""
    kept: list[nbformat.NotebookNode] = []
    for output in outputs:
        if output.output_type == "stream":
            if output.name == "stderr":
                continue
            if kept and kept[-1].output_type == "stream":
                kept[-1].text += output.text
                continue
        elif output.output_type == "error":
            # A traceback quotes line numbers and folders of the machine that ran it.
            output.traceback = [f"{output.ename}: {output.evalue}"]
        else:
            output.metadata = nbformat.NotebookNode()
            for kind in list(output.data):
                if kind.startswith(("image/", WIDGET)):
                    del output.data[kind]
            if not output.data:
                continue
            if output.output_type == "execute_result":
                output.execution_count = count
        kept.append(output)
    return kept


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Rewrite the notebooks, or with ``--check`` return 1 if one would change."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.normalise_notebooks", description=__doc__.splitlines()[0]
    )
    parser.add_argument("files", nargs="*", help="notebooks; default: all under chapters/")
    parser.add_argument("--check", action="store_true", help="change nothing, report only")
    options = parser.parse_args(arguments)
    changed = 0
    for path in page_paths(options.files, root):
        try:
            text = normalise(read_notebook(path))
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
        if text.encode() == path.read_bytes():  # with the ends of its lines
            continue
        changed += 1
        if options.check:
            print(f"{path}: not normalised; run 'python -m tools.normalise_notebooks'")
        else:
            write_atomically(path, text)
            print(f"{path}: normalised")
    return int(options.check and changed > 0)


if __name__ == "__main__":
    run_command(main)
