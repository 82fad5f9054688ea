"""The first code cell of every page, and its only home: ``python -m tools.set_up [pages]``.

Colab installs the book there. Everywhere else the cell looks at which ``utils`` Python
would import, before it imports it: a reader may have a ``utils`` of their own, or no book.
"""

import argparse
from pathlib import Path

import nbformat

from tools.files import ROOT, read_notebook, repository, run_command, write_atomically
from tools.normalise_notebooks import normalise
from tools.pages import page_paths

# The address is put in by set_up_source, and changed by `make repo-url` on the pages.
TEMPLATE = """\
# Set-up: Colab installs the book here; elsewhere, is `utils` the book's own?
import sys
from importlib.util import find_spec
from pathlib import Path

BOOK = "git+REPOSITORY"
if "google.colab" in sys.modules:
    %pip install -q {BOOK}
found = find_spec("utils")
place = found and Path(found.origin or found.submodule_search_locations[0])
if not place:
    raise ImportError(
        f"This page needs the book: run `%pip install {BOOK}` and restart "
        "the kernel, or open the page in Colab, or in a clone by `make lab`."
    )
if not (place.parent / "widgets" / "kit").is_dir():
    raise ImportError(
        f"{place} is not the book's `utils`, and hides it: rename it, take "
        "its folder off PYTHONPATH, or move this page to another folder; if "
        f"the book is not installed, run `%pip install {BOOK}`; restart the "
        "kernel then, or open the page in Colab, or in a clone by `make lab`."
    )"""


def set_up_source(url: str) -> str:
    """Return the text of the cell in the book whose repository has this URL."""
    return TEMPLATE.replace("REPOSITORY", url)


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Put the cell on the pages, in the place of what they have."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.set_up", description=__doc__.splitlines()[0]
    )
    parser.add_argument("files", nargs="*", help="notebooks; default: all under chapters/")
    wanted = set_up_source(repository(root)[0])
    for path in page_paths(parser.parse_args(arguments).files, root):
        notebook = read_notebook(path)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        if not code or "remove-cell" not in code[0].metadata.get("tags", []):
            cell = nbformat.v4.new_code_cell(id="set-up", metadata={"tags": ["remove-cell"]})
            notebook.cells.insert(1, cell)
            code.insert(0, cell)
        if code[0].source != wanted:
            code[0].source = wanted
            write_atomically(path, normalise(notebook))
            print(f"{path}: set-up renewed")
    return 0


if __name__ == "__main__":
    run_command(main)
