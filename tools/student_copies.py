"""Copy the pages without their solutions: ``python -m tools.student_copies [--out FOLDER]``."""

import argparse
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat

from tools.files import ROOT, run_command, write_atomically
from tools.pages import Page, page_paths, target
from tools.solutions import OPENING


def without_solutions(page: Page) -> str:
    """Return the file text of a copy for students: no solution, no output.

    What stands under ``## Solutions`` goes, and so does a solution anywhere else.
    """
    dropped: dict[int, set[int]] = {cell.number: set() for cell in page.cells}
    for cell, token, part, _, _ in page.blocks:
        # The token before a heading's text still counts to the section that ends there.
        if part == "Solutions" and (token is None or (token.map and token.type != "heading_open")):
            dropped[cell.number].update(range(*token.map) if token else [0])
    cells = []
    for cell in page.cells:
        raw = nbformat.from_dict(cell.raw)
        if cell.kind == "markdown" and not OPENING.match(cell.source):
            lines = enumerate(cell.source.split("\n"))
            raw.source = "\n".join(
                line for number, line in lines if number not in dropped[cell.number]
            ).strip()
        elif dropped[cell.number] or cell.kind == "markdown":
            continue
        if cell.kind == "code":
            raw.outputs, raw.execution_count = [], None
        if raw.source or not cell.source:
            cells.append(raw)
    copy = nbformat.from_dict({**page.notebook, "cells": cells})
    return nbformat.v4.writes(copy) + "\n"


def needed_files(page: Page) -> set[Path]:
    """Return the files of the book that a page shows or links to, other pages apart."""
    paths = set()
    for _, token in page.references():
        parts = urlsplit(target(token))
        path = (page.path.parent / unquote(parts.path)).resolve()
        local = parts.path and not parts.scheme and not parts.netloc
        if local and path.suffix != ".ipynb" and path.is_relative_to(page.root):
            paths.add(path)
    return paths


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Write the copies in the book's own folder structure."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.student_copies", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--out", type=Path, default=root / "_build" / "student")
    out = parser.parse_args(arguments).out.resolve()
    root = root.resolve()
    if out == root:
        raise ValueError("--out names the book itself; choose another folder")
    pages = [Page.load(path, root) for path in page_paths(root=root)]
    copies = {out / page.name: without_solutions(page) for page in pages}
    if out.is_dir() and (left := sorted(set(out.rglob("*.ipynb")) - set(copies))):
        raise ValueError(f"--out holds a notebook that is no page: {left[0]}; empty that folder")
    for path, text in copies.items():
        write_atomically(path, text)
    for source in set().union(*map(needed_files, pages)):
        (out / source.relative_to(root)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, out / source.relative_to(root))
    print(f"{len(copies)} pages without solutions in {out}")
    return 0


if __name__ == "__main__":
    run_command(main)
