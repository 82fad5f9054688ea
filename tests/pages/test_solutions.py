"""Solutions are folded text whose code is run after the page, and says what it prints."""

import shutil
import subprocess
import sys

import nbformat
import pytest
from sample import code, find, good_page, markdown, number_cells, printed, solution

from tools.files import ROOT, read_notebook
from tools.pages import page_paths
from tools.solutions import blocks, expanded, solution_number, take_outputs, write_copies


def book(root, *cells):
    """Write a notebook of some cells that run without the book, and return its path."""
    page = nbformat.v4.new_notebook(cells=list(cells))
    number_cells(page)
    path = root / "chapters" / "page.ipynb"
    path.parent.mkdir(exist_ok=True)
    path.write_text(nbformat.v4.writes(page), encoding="utf-8")
    return path


def store(path):
    """Run the command that stores a page; return its exit status and what it prints."""
    command = [sys.executable, "-m", "tools.store_pages", str(path)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return result.returncode, result.stdout


TWO = """<details><summary>Solution 12</summary>

First `x`.

```python
print("a")
```

```text
a
```

Then nothing is printed:

```python
x = 1

y = 2
```

</details>"""


def test_code_and_what_it_prints_are_found():
    assert solution_number(TWO) == 12
    assert [(block.code, block.output) for block in blocks(TWO)] == [
        ('print("a")', "a\n"),
        ("x = 1\n\ny = 2", ""),
    ]


def test_text_that_does_not_follow_code_at_once_is_no_output():
    source = TWO.replace("y = 2\n```", "y = 2\n```\n\nSo:\n\n```text\nb\n```")
    assert [block.output for block in blocks(source)] == ["a\n", ""]
    assert blocks("```text\na\n```\n\n```text\nb\n```") == []


@pytest.mark.parametrize(
    "source",
    [
        "Count.",
        f"Before.\n\n{TWO}",
        f"{TWO}\n\nAfter.",
        TWO.replace("Solution 12", "Hint"),
        TWO.replace("\n\nFirst", "\nFirst"),  # without a blank line, Markdown is not read
        TWO.removesuffix("</details>"),
    ],
)
def test_other_text_is_no_solution(source):
    assert solution_number(source) is None


def test_the_copy_to_run_has_the_solutions_as_code_in_their_place():
    page = good_page()
    run = expanded(page)
    at = [cell.id for cell in run.cells].index("solutions")
    assert [cell.id for cell in run.cells[at + 1 : at + 6]] == [
        f"solution-{n}-run-0" for n in (1, 2, 3, 4, 5)
    ]
    assert run.cells[at + 3].source == "checks.check_mean(torch.mean)"
    assert run.cells[at + 3].outputs[0].text == "Exercise 3 is right.\n"
    assert run.cells[at + 1].outputs == []
    counts = [cell.execution_count for cell in run.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    nbformat.validate(run)
    assert page == good_page()


def test_what_a_run_printed_goes_back_to_the_page():
    page = nbformat.v4.new_notebook(cells=[code("one", "1"), markdown("solved", TWO)])
    run = expanded(page)
    one, first, second = run.cells
    one.outputs, first.outputs, second.outputs = [printed("1\n")], [], [printed("b\n\nc\n")]
    take_outputs(page, run)
    assert find(page, "one").outputs == [printed("1\n")]
    source = find(page, "solved").source
    assert [block.output for block in blocks(source)] == ["", "b\n\nc\n"]
    assert source == TWO.replace("\n\n```text\na\n```", "").replace(
        "y = 2\n```", "y = 2\n```\n\n```text\nb\n\nc\n```"
    )
    again = expanded(page)
    take_outputs(page, again)
    assert find(page, "solved").source == source


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (printed("a \n"), "prints what a fence cannot hold"),
        (printed("a"), "prints what a fence cannot hold"),
        (printed("a\n\n"), "prints what a fence cannot hold"),
        (printed("```\n"), "prints what a fence cannot hold"),
        (nbformat.v4.new_output("stream", name="stderr", text="careful"), "error stream: careful"),
        (nbformat.v4.new_output("display_data", {"text/plain": "Figure: x"}), "only print text"),
    ],
)
def test_what_a_fence_cannot_hold_is_refused(output, message):
    page = nbformat.v4.new_notebook(cells=[solution("solved", 1, "x")])
    run = expanded(page)
    run.cells[0].outputs = [output]
    with pytest.raises(ValueError, match=message):
        take_outputs(page, run)


def test_solutions_run_after_the_page_in_the_same_kernel(tmp_path):
    path = book(
        tmp_path,
        code("start", "x = 20\nprint(x)", outputs=(printed("old\n"),)),
        markdown("between", "Text."),
        solution("solved", 1, "x += 1\nprint(x)", out="old"),
        solution("solved-2", 2, "x += 1\nprint(x)"),
    )
    assert store(path) == (0, f"{path}: stored\n")
    page = read_notebook(path)
    assert find(page, "start").outputs[0].text == "20\n"
    assert [blocks(cell.source)[0].output for cell in page.cells[2:]] == ["21\n", "22\n"]


def test_a_solution_that_fails_is_named_and_the_page_stays(tmp_path):
    path = book(tmp_path, code("start", "x = 1"), solution("solved", 1, "assert x == 2, x"))
    before = path.read_bytes()
    status, out = store(path)
    assert status == 1
    assert out == f"{path}: AssertionError: 1\nat line 1: assert x == 2, x\nassert x == 2, x\n"
    assert path.read_bytes() == before


def test_the_code_of_all_solutions_is_in_the_books_style(tmp_path):
    (tmp_path / "chapters").mkdir()
    write_copies(page_paths(), tmp_path)
    shutil.copy(ROOT / "chapters" / "ruff.toml", tmp_path / "chapters")
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    assert '"F401", ' in settings  # an import that only a solution uses is used
    (tmp_path / "pyproject.toml").write_text(settings.replace('"F401", ', ""), "utf-8")
    ours = 'lint.isort.known-first-party=["utils"]'  # which the copy lacks
    for task in (["check", "-q", "--config", ours], ["format", "-q", "--diff"]):
        command = [sys.executable, "-m", "ruff", *task, "--no-cache", str(tmp_path)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr
