"""Rules about a notebook's file: format, metadata, ids, tags."""

from collections import Counter
from collections.abc import Iterator

import nbformat

from tools import varying
from tools.lint.finding import Finding
from tools.pages import LANGUAGE_INFO, Page, folding

TAGS = {
    "exercise",
    "hide-cell",
    "hide-input",
    "nbval-ignore-output",
    *varying.TAGS,
    "raises-exception",
    "remove-cell",
}
NORMALISE = "run 'python -m tools.normalise_notebooks'"


def notebook_format(page: Page) -> Iterator[Finding]:
    """The file is a valid notebook of format 4.5."""
    version = (page.notebook.get("nbformat"), page.notebook.get("nbformat_minor"))
    if version != (4, 5):
        yield Finding(0, f"format {version[0]}.{version[1]} is not 4.5; {NORMALISE}")
    for error in nbformat.validator.iter_validate(page.notebook, version=4, version_minor=5):
        yield Finding(0, f"not a valid notebook: {error.message.splitlines()[0]}; {NORMALISE}")


def cell_ids(page: Page) -> Iterator[Finding]:
    """Every cell has an id of its own."""
    uses = Counter(cell.raw.get("id") for cell in page.cells)
    for cell in page.cells:
        name = cell.raw.get("id")
        if not name or uses[name] > 1:
            problem = f"id {name!r} is used twice" if name else "the cell has no id"
            yield Finding(cell.number, f"{problem}; {NORMALISE}")


def cell_kinds(page: Page) -> Iterator[Finding]:
    """A page is made of Markdown and code."""
    for cell in page.cells:
        if cell.kind not in ("markdown", "code"):
            yield Finding(cell.number, f"a {cell.kind} cell; make it Markdown or code")


def known_tags(page: Page) -> Iterator[Finding]:
    """Tags come from the closed list."""
    for cell in page.cells:
        for tag in cell.tags:
            if tag not in TAGS:
                known = ", ".join(sorted(TAGS))
                yield Finding(cell.number, f"unknown tag {tag!r}; the tags are {known}")


def cell_metadata(page: Page) -> Iterator[Finding]:
    """A cell's metadata are its tags, and the folding that they ask for."""
    for cell in page.cells:
        metadata = {key: value for key, value in cell.raw.metadata.items() if key != "tags"}
        wanted = folding(cell.tags) if cell.kind == "code" else {}
        if metadata.pop("jupyter", {}) != wanted:
            yield Finding(cell.number, f"folded in another way than its tags say; {NORMALISE}")
        for key in metadata:
            yield Finding(cell.number, f"metadata {key!r} does not belong here; {NORMALISE}")


def notebook_metadata(page: Page) -> Iterator[Finding]:
    """The notebook names its kernel, its language and its exceptions, nothing else."""
    metadata = page.notebook.get("metadata", {})
    if metadata.get("kernelspec", {}).get("name") != "python3":
        yield Finding(0, f"the kernel must be python3; {NORMALISE}")
    if metadata.get("language_info") != LANGUAGE_INFO:
        yield Finding(0, f"language_info must be {LANGUAGE_INFO}; {NORMALISE}")
    for key in sorted(set(metadata) - {"kernelspec", "language_info", "book"}):
        yield Finding(0, f"metadata {key!r} does not belong here; {NORMALISE}")
    if "book" in metadata and (set(metadata["book"]) != {"exceptions"} or not page.exceptions):
        yield Finding(0, "metadata 'book' holds 'exceptions' alone: rules by name, with reasons")
