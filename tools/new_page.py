"""Begin a page: ``python -m tools.new_page 04-optimisation/momentum``.

Writes a page in the order of all pages, the module with the checks of its exercises, and their
test, from ``tools/templates/page``; then runs the page. The result passes the lint: write the page
by changing one thing after the other.
"""

import argparse
import re
from pathlib import Path

import nbformat

from tools.files import ROOT, repository, run_command
from tools.normalise_notebooks import normalise
from tools.set_up import set_up_source
from tools.store_pages import store
from tools.templates import begin, filled

NAME = re.compile(r"(?P<chapter>\d\d-[a-z0-9-]+)/(?P<slug>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)")


def notebook(text: str) -> nbformat.NotebookNode:
    """Return the notebook that a text describes.

    A line ``+++ code NAME TAGS`` or ``+++ markdown NAME`` opens each cell.
    """
    cells = []
    for part in re.split(r"^\+\+\+ ", text, flags=re.MULTILINE)[1:]:
        head, source = part.split("\n", 1)
        kind, name, *tags = head.split()
        new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
        cells.append(new(source, id=name, metadata={"tags": tags} if tags else {}))
    return nbformat.v4.new_notebook(cells=cells)


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Write the three files and run the page."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.new_page", description=__doc__.splitlines()[0]
    )
    parser.add_argument("name", help="chapter/page, as in 04-optimisation/momentum")
    name = parser.parse_args(arguments).name
    match = NAME.fullmatch(name)
    if not match:
        raise ValueError(f"{name!r} is no name of a page: write it as 04-optimisation/momentum")
    chapter, slug = match["chapter"], match["slug"]
    if not (root / "chapters" / chapter / "index.md").is_file():
        raise ValueError(f"chapters/{chapter}/index.md is missing: write the chapter's overview")
    module = slug.replace("-", "_")
    page = root / "chapters" / chapter / f"{slug}.ipynb"
    url, branch = repository(root)
    colab = f"https://colab.research.google.com/github/{url.removeprefix('https://github.com/')}"
    place = page.relative_to(root).as_posix()
    words = {
        "TITLE": slug.replace("-", " ").capitalize(),
        "SLUG": slug,
        "MODULE": module,
        "SET_UP": set_up_source(url),
        "BADGE": f"[![Open in Colab](../../_static/colab.svg)]({colab}/blob/{branch}/{place})",
    }
    texts = {
        page: normalise(notebook(filled("page/page.txt", words))),
        root / "utils" / "exercises" / f"{module}.py": filled("page/exercises.txt", words),
        root / "tests" / "unit" / f"test_exercises_{module}.py": filled(
            "page/test_exercises.txt", words
        ),
    }
    begin(texts)
    if problem := store(page):
        raise ValueError(problem)
    print(f"Add chapters/{chapter}/{slug} to _toc.yml, and write.")
    return 0


if __name__ == "__main__":
    run_command(main)
