"""A small book with one good page, for the tests of the maintenance commands."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tools.pages import folding
from tools.set_up import set_up_source

REPOSITORY = "https://github.com/reader/small-book"
NAME = "chapters/01-sums/sums.ipynb"
COLAB = f"https://colab.research.google.com/github/reader/small-book/blob/main/{NAME}"

TITLE = f"""# Sums

How much is a list of numbers together?

[![Open in Colab](../../_static/colab.svg)]({COLAB})

Needs [the overview](index.md#what-you-need)."""

IMPORTS = """import torch

from utils import cases
from utils.checks import agree
from utils.plots import new_axes, show"""

FIGURE = """axes = new_axes()
axes.plot([1, 3, 6])
show(axes, alt="A line that rises from 1 over 3 to 6.")"""

PROOF = """# Proof: no number, no sum.
assert total([]) == 0"""

DEMO = '<div class="book-demo" data-demo="utils.widgets.sums.Sums">A demo.</div>'

WORDS = ("Words explain what the code does. " * 12).strip()

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
    if folded := folding(list(tags)):
        metadata["jupyter"] = folded
    return nbformat.v4.new_code_cell(source, id=name, metadata=metadata, outputs=list(outputs))


def solution(name: str, number: int, source: str, *, prose: str = "So.", out: str = ""):
    """Return a solution whose id is ``name``."""
    printed = f"\n\n```text\n{out}\n```" if out else ""
    return markdown(
        name,
        f"<details><summary>Solution {number}</summary>\n\n{prose}\n\n"
        f"```python\n{source}\n```{printed}\n\n</details>",
    )


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
    picture = (display({"text/plain": "Figure: A line that rises."}),)
    cells = [
        markdown("title", TITLE),
        code("set-up", set_up_source(REPOSITORY), "remove-cell"),
        code("imports", IMPORTS, "hide-input"),
        markdown("predict", "**Predict first.** How much is 1 + 2 + 3?"),
        code("figure", FIGURE, outputs=picture),
        markdown("idea", f"## One after the other\n\nAdd one number at a time. {WORDS}"),
        code("total", TOTAL),
        markdown("one-line", "One line checks it."),
        code("check", "agree(total, torch.sum, cases.vectors())", outputs=(printed("agrees\n"),)),
        code("proof", PROOF, "hide-cell"),
        markdown("look", HINT),
        markdown("again", f"The same for other numbers. {WORDS}"),
        code("figure-2", FIGURE, "hide-input", outputs=picture),
        code("figure-3", FIGURE, "hide-input", outputs=picture),
        markdown("play", "Now drag a number."),
        code("demo", "Sums()", outputs=(display({"text/html": DEMO, "text/plain": "Sums()"}),)),
        markdown("breaks", "## Where it breaks\n\nA word is no number."),
        code("failure", 'total(["one"])', "raises-exception", outputs=(error,)),
        markdown("summary", "## Summary\n\n- A sum takes one step for each number."),
        markdown("exercises", "## Exercises\n\n### Exercise 1 (by hand)\n\nAdd 1 and 2."),
        code("start-1", "answer = None\n# check_answer(answer)", "exercise"),
        markdown("exercise-2", "### Exercise 2 (predict)\n\nWhat do you get?"),
        code("start-2", "exercises.sums\n# exercises.sums.check()", "exercise"),
        markdown("exercise-3", "### Exercise 3 (code)\n\nWrite `mean`."),
        code("start-3", "def mean(x): ...\n\n\n# checks.check_mean(mean)", "exercise"),
        markdown("exercise-4", "### Exercise 4 (code)\n\nWrite `most`."),
        code("start-4", "def most(x): ...\n\n\n# checks.check_most(most)", "exercise"),
        markdown("exercise-5", "### Exercise 5 (explain)\n\nWhy does the order not matter?"),
        code("start-5", "order = None\n# check_order(order)", "exercise"),
        markdown("solutions", "## Solutions"),
        solution("solution-1", 1, "check_answer(3)", prose="Count on your fingers."),
        solution("solution-2", 2, "checks.check_sums([6])"),
        solution("solution-3", 3, "checks.check_mean(torch.mean)", out="Exercise 3 is right."),
        solution("solution-4", 4, "checks.check_most(torch.amax)"),
        solution("solution-5", 5, 'check_order("it commutes")'),
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
            "language_info": {"name": "python", "nbconvert_exporter": "python"},
        }
    )
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
