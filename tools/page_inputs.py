"""What a page's outputs depend on beside its own code."""

import ast
import hashlib
import json
import os
import platform
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.pages import Page, parse_code

PACKAGE = "utils"
MODULE_IMPORT = re.compile(r'from "(\.{1,2}/[\w/]+\.mjs)"')


def imported_names(tree: ast.AST, package: str = "") -> Iterator[str]:
    """Yield the dotted names that a syntax tree may import, at any depth.

    Args:
        tree: a module's or a cell's syntax tree.
        package: the package that relative imports start from.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*(parents if node.level else []), *filter(None, [node.module])])
            yield base
            # What is imported from a package can be a module of its own.
            yield from (f"{base}.{name.name}" for name in node.names)


def module_files(name: str, root: Path) -> list[Path]:
    """Return the files that importing a dotted name runs: the packages, then the module."""
    parts = name.split(".")
    if parts[0] != PACKAGE:
        return []
    found = []
    for length in range(1, len(parts) + 1):
        path = root.joinpath(*parts[:length])
        found += [
            file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()
        ]
    return found


def named_files(path: Path, tree: ast.AST, root: Path) -> Iterator[Path]:
    """Yield the other files that a module names in a string: scripts, styles, tables."""
    folders = (path.parent, path.parents[1], root / "data")
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and re.fullmatch(r"\w[\w./-]*", text, re.ASCII):
            for folder in folders:
                for file in (folder / text, folder / f"{text}.mjs"):
                    if file.is_file():
                        yield file


def used_files(trees: Iterable[ast.AST], root: Path) -> set[Path]:
    """Return every file of the package that some code uses, directly or through others."""
    used: set[Path] = set()
    names = [name for tree in trees for name in imported_names(tree)]
    waiting = [file for name in names for file in module_files(name, root)]
    while waiting:
        path = waiting.pop()
        if path in used:
            continue
        used.add(path)
        if path.suffix == ".py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            package = ".".join(path.relative_to(root).parent.parts)
            for name in imported_names(tree, package):
                waiting += module_files(name, root)
            waiting += named_files(path, tree, root)
        elif path.suffix == ".mjs":
            parts = MODULE_IMPORT.findall(path.read_text(encoding="utf-8"))
            files = [(path.parent / part).resolve() for part in parts]
            waiting += [file for file in files if file.is_file()]
    return used


def page_digest(page: Page) -> str:
    """Return a SHA-256 of all that a page's outputs depend on beside its own code.

    That is the text of every file of ``utils`` that it uses, ``requirements.txt``,
    the version of Python, and the environment's ``BOOK_`` settings, save the one that only
    changes how kernels start.
    """
    trees = []
    for cell in page.code:
        try:
            trees.append(parse_code(cell.source))
        except SyntaxError:  # a cell that shows a syntax error imports nothing
            continue
    files = sorted(used_files(trees, page.root) | {page.root / "requirements.txt"})
    names = {name for name in os.environ if name.startswith("BOOK_")} - {"BOOK_COLD_KERNELS"}
    parts = {
        "files": {
            str(file.relative_to(page.root)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
            if file.is_file()
        },
        "python": platform.python_version(),
        "settings": {name: os.environ[name] for name in names},
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
