"""Books of a page or two, and the command that executes them, for tests of how pages run."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
from sample import number_cells

from tools.files import ROOT

# The process that forks kernels starts sooner where it need not import torch and its kind.
LIGHT = """
import sys
from pathlib import Path
from tools import kernels
from tools.files import run_command

kernels.warm_kernels.__wrapped__.__defaults__ = ([],)
"""
BUILD = """
from tools.execute_pages import main

run_command(lambda: main(sys.argv[2:], root=Path(sys.argv[1])))
"""
COMPARE = """
from tools import compare_pages

sys.argv = ["compare_pages", *sys.argv[2:]]
run_command(compare_pages.main)
"""
# Sooner, for a page or two.
ALONE = COMPARE.replace("sys.argv =", "compare_pages.OPTIONS.append('-n0')\nsys.argv =")


def page(path, *cells):
    """Write a notebook whose cells have outputs; return its path as an argument."""
    book = nbformat.v4.new_notebook(cells=list(cells))
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    number_cells(book)
    nbformat.write(book, path)
    return str(path)


def write_page(root: Path, name: str, *cells: nbformat.NotebookNode, **metadata: dict) -> Path:
    """Write a notebook and list every page in the table of contents."""
    path = root / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    page = nbformat.v4.new_notebook(cells=list(cells), metadata=metadata)
    page.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    nbformat.write(page, path)
    pages = sorted(root.glob("chapters/*.ipynb"))
    toc = "format: jb-book\nroot: index\nchapters:\n" + "".join(
        f"- file: chapters/{page.stem}\n" for page in pages
    )
    (root / "_toc.yml").write_text(toc, encoding="utf-8")
    return path


def start(root: Path, *arguments: str, code: str = BUILD, **settings: str) -> subprocess.Popen:
    """Start a command in a process of its own: kernels leave event loops behind."""
    return subprocess.Popen(
        [sys.executable, "-c", LIGHT + code, str(root), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{ROOT}", **settings},
        cwd=root,
    )


def run(root: Path, *arguments: str, code: str = BUILD, **settings: str):
    """Run a command to its end, and to the end of what it prints."""
    process = start(root, *arguments, code=code, **settings)
    output, errors = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)
