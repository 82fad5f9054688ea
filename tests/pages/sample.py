"""A small book with one good page, for the tests of the maintenance commands."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.pages import FOLDED
from tools.set_up import set_up_source

REPOSITORY = "https://github.com/reader/small-book"
NAME = "chapters/01-sums/sums.ipynb"
COLAB = f"https://colab.research.google.com/github/reader/small-book/blob/main/{NAME}"

TITLE = f"""# Sums

How much is a list of numbers together?

[![Open in Colab](../../_static/colab.svg)]({COLAB})

Needs [the overview](index.md#what-you-need); runs in about 3 s on two CPU cores."""

IMPORTS = """import torch

from utils.checks import assert_same
from utils.plots import new_axes, show"""

FIGURE = """axes = new_axes()
axes.plot([1, 3, 6])
show(axes, alt="A line that rises from 1 over 3 to 6.")"""

TOTAL = """def total(numbers):
    result = torch.zeros(())
    for number in numbers:
        result = result + number
    return result"""

HINT = """The formula is $s = \\sum_i x_i$, and with two terms:

$$
s = x_1 + x_2
$$

<details><summary>Hint</summary>

Add from the **left**; see [further down](#where-it-breaks) and `{total}`.

</details>"""


def markdown(name: str, source: str) -> NotebookNode:
    """Return a Markdown cell whose id is ``name``."""
    return nbformat.v4.new_markdown_cell(source, id=name)


def code(name: str, source: str, *tags: str, outputs: tuple = ()) -> NotebookNode:
    """Return a code cell whose id is ``name``."""
    metadata = {"tags": list(tags)} if tags else {}
    if FOLDED & set(tags):
        metadata["jupyter"] = {"source_hidden": True}
    return nbformat.v4.new_code_cell(source, id=name, metadata=metadata, outputs=list(outputs))


def display(data: dict[str, str]) -> NotebookNode:
    """Return a stored output."""
    return nbformat.v4.new_output("display_data", data)


def printed(text: str) -> NotebookNode:
    """Return stored output of ``print``."""
    return nbformat.v4.new_output("stream", name="stdout", text=text)


def good_page() -> NotebookNode:
    """Return a page that every rule accepts."""
    error = nbformat.v4.new_output(
        "error", ename="TypeError", evalue="no sum", traceback=["TypeError: no sum"]
    )
    cells = [
        markdown("title", TITLE),
        code("set-up", set_up_source(REPOSITORY), "remove-cell"),
        code("imports", IMPORTS, "hide-input"),
        markdown("predict", "**Predict first.** How much is 1 + 2 + 3?"),
        markdown("idea", "## One after the other\n\nAdd one number at a time."),
        code("total", TOTAL),
        code("check", "assert_same(total([1, 2, 3]), torch.tensor(6.0))\nprint(total([1, 2, 3]))"),
        markdown("look", HINT),
        code("figure", FIGURE, outputs=[display({"text/plain": "Figure: A line that rises."})]),
        markdown("breaks", "## Where it breaks\n\nA word is no number."),
        code("failure", 'total(["one"])', "raises-exception", outputs=[error]),
        markdown("summary", "## Summary\n\n- A sum takes one step for each number."),
        markdown("exercises", "## Exercises\n\n### Exercise 1 (by hand)\n\nAdd 1 and 2."),
        code("start-1", "answer = None\n# check_answer(answer)", "exercise"),
        markdown("exercise-2", "### Exercise 2 (code)\n\nWrite `mean`."),
        code("start-2", "def mean(x): ...\n\n\n# checks.check_mean(mean)", "exercise"),
        markdown("exercise-3", "### Exercise 3 (explain)\n\nWhy does the order not matter?"),
        code("start-3", "order = None\n# check_order(order)", "exercise"),
        markdown("solutions", "## Solutions\n\n### Solution 1\n\nCount on your fingers."),
        code("solution-1", "check_answer(3)", "solution", "hide-cell"),
        markdown("solution-2", "### Solution 2"),
        code("answer-2", "checks.check_mean(torch.mean)", "solution", "hide-cell"),
        markdown("solution-3", "### Solution 3"),
        code("answer-3", 'check_order("it commutes")', "solution", "hide-cell"),
        markdown("sources", "## Sources\n\n- Gauss, who needed 5 % of the time."),
    ]
    page = nbformat.v4.new_notebook(cells=cells)
    page.metadata = nbformat.from_dict(
        {
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        }
    )
    find(page, "check").outputs = [printed("6.0\n")]
    number_cells(page)
    return page


def find(page: NotebookNode, name: str) -> NotebookNode:
    """Return the cell whose id is ``name``."""
    return next(cell for cell in page.cells if cell.id == name)


def number_cells(page: NotebookNode) -> None:
    """Give the code cells the execution counts of one run."""
    code_cells = [cell for cell in page.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code_cells, 1):
        cell.execution_count = count


def write_book(root: Path, page: NotebookNode) -> Path:
    """Write a book with one page, and return the page's path."""
    path = root / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.v4.writes(page) + "\n", encoding="utf-8")
    path.with_name("index.md").write_text("# Sums\n\n## What you need\n\nFingers.\n", "utf-8")
    (root / "_config.yml").write_text(f"repository:\n  url: {REPOSITORY}\n", "utf-8")
    (root / "_static").mkdir(exist_ok=True)
    (root / "_static" / "colab.svg").write_text("<svg/>", "utf-8")
    return path
