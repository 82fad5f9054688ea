"""A page of the book as the maintenance commands see it: cells, headings, links."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from sphinx_external_toc.parsing import parse_toc_yaml

from tools.files import ROOT, read_notebook

# The Markdown that GitHub, JupyterLab, Colab and the website all read.
MARKDOWN = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin, allow_labels=False)
MARKDOWN.use(anchors_plugin, max_level=6)
# Without the exporter, `jupyter nbconvert --to script` writes a .txt file that no Python reads.
LANGUAGE_INFO = {"name": "python", "nbconvert_exporter": "python"}


def folding(tags: list[str]) -> dict[str, bool]:
    """Return what folds a code cell in JupyterLab as its tags fold it on the website.

    >>> folding(["hide-input"])
    {'source_hidden': True}
    """
    if "hide-cell" in tags:
        return {"source_hidden": True, "outputs_hidden": True}
    return {"source_hidden": True} if {"hide-input", "remove-cell"} & set(tags) else {}


class Cell:
    """One cell of a page, counted from 1."""

    def __init__(self, number: int, raw: nbformat.NotebookNode) -> None:
        self.number, self.raw = number, raw
        self.kind: str = raw.get("cell_type", "")
        self.source: str = raw.get("source", "")
        self.tags: list[str] = raw.get("metadata", {}).get("tags", [])
        self.outputs: list[nbformat.NotebookNode] = raw.get("outputs", [])

    @cached_property
    def tokens(self) -> list[Token]:
        """The Markdown tokens of the cell's text."""
        return MARKDOWN.parse(self.source)

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of the cell's code; raises SyntaxError when there is none."""
        return parse_code(self.source)

    def nodes(self) -> Iterator[ast.AST]:
        """Every node of the cell's syntax tree; none where the code is no Python."""
        try:
            return ast.walk(self.tree)
        except SyntaxError:
            return iter(())


class Block(NamedTuple):
    """A Markdown token or a whole code cell, with the headings that it stands under."""

    cell: Cell
    token: Token | None
    part: str  # text of the H2
    topic: str  # text of the H3
    heading: int  # level, when the token is the text of a heading; otherwise 0


@dataclass
class Page:
    """A notebook of the book."""

    root: Path
    path: Path
    notebook: nbformat.NotebookNode

    @classmethod
    def load(cls, path: Path, root: Path = ROOT) -> "Page":
        """Read a page as it is stored, with nothing repaired.

        Raises:
            ValueError: if the file is no notebook of format 4.
        """
        return cls(root.resolve(), path.resolve(), read_notebook(path))

    @property
    def name(self) -> str:
        """The path from the repository root, with forward slashes."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def exceptions(self) -> dict[str, str]:
        """The rules that the page breaks for a reason, by name."""
        return self.notebook.get("metadata", {}).get("book", {}).get("exceptions", {})

    @cached_property
    def cells(self) -> list[Cell]:
        """All cells in order."""
        return [Cell(number, raw) for number, raw in enumerate(self.notebook.cells, 1)]

    @cached_property
    def code(self) -> list[Cell]:
        """The code cells in order."""
        return [cell for cell in self.cells if cell.kind == "code"]

    @cached_property
    def text(self) -> list[Cell]:
        """The Markdown cells in order."""
        return [cell for cell in self.cells if cell.kind == "markdown"]

    @cached_property
    def blocks(self) -> list[Block]:
        """Code cells and Markdown tokens in reading order."""
        found, part, topic = [], "", ""
        for cell in self.cells:
            before = None
            for token in cell.tokens if cell.kind == "markdown" else [None]:
                level = int(before.tag[1]) if before and before.type == "heading_open" else 0
                if level in (1, 2):
                    part, topic = token.content.strip() if level == 2 else "", ""
                elif level == 3:
                    topic = token.content.strip()
                found.append(Block(cell, token, part, topic, level))
                before = token
        return found

    def headings(self, level: int) -> list[tuple[Cell, str]]:
        """Cell and text of every heading of a level."""
        return [
            (block.cell, block.token.content.strip())
            for block in self.blocks
            if block.heading == level
        ]

    def references(self) -> Iterator[tuple[Cell, Token]]:
        """Every link (``link_open``) and every image (``image``) of the page's text."""
        for cell in self.text:
            for token in cell.tokens:
                for child in token.children or []:
                    if child.type in ("link_open", "image"):
                        yield cell, child


def page_paths(names: list[str] | None = None, root: Path = ROOT) -> list[Path]:
    """Return the named notebooks, or every notebook under ``chapters/``.

    Raises:
        FileNotFoundError: if a named file is missing or there is no page at all.
    """
    paths = [Path(name) for name in names or []]
    for path in paths:
        if not path.is_file():
            raise FileNotFoundError(f"{path}: there is no such page")
    if not paths:
        found = sorted((root / "chapters").rglob("*.ipynb"))
        paths = [path for path in found if ".ipynb_checkpoints" not in path.parts]
    if not paths:
        raise FileNotFoundError(f"no page found: {root / 'chapters'} holds no notebook")
    return paths


def book_pages(root: Path) -> list[Page]:
    """Return the notebooks that ``_toc.yml`` lists, in reading order.

    Raises:
        ValueError: if it lists none.
    """
    names = [name.removesuffix(".ipynb") for name in parse_toc_yaml(root / "_toc.yml")]
    paths = [root / f"{name}.ipynb" for name in names]
    pages = [Page.load(path, root) for path in paths if path.is_file()]
    if not pages:
        raise ValueError("_toc.yml lists no notebook that exists; add the book's pages to it")
    return pages


def executed_copy(page: Path) -> Path:
    """Return where :mod:`tools.executed_copies` writes the run of a page."""
    return page.with_name(f"{page.name}.run")


def parse_code(source: str) -> ast.Module:
    """Return the syntax tree of a code cell, IPython's magics made plain calls."""
    return ast.parse(TransformerManager().transform_cell(source))


def target(token: Token) -> str:
    """Return what a link or an image points at."""
    return str(token.attrGet("src" if token.type == "image" else "href") or "")
