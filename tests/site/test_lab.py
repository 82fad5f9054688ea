"""JupyterLab: contents lead to pages, a demo and Python move each other, folds are closed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from demo_page import change_by_keyboard
from playwright.sync_api import Page, expect

from tools.demo_page import demos
from tools.normalise_notebooks import normalise

pytestmark = [pytest.mark.browser, pytest.mark.network]

CELLS = [
    "from utils.widgets.padding_stride import PaddingStride\n"
    "demo = PaddingStride(input_size=8, stride=2)\ndemo",
    "print('stride in Python:', demo.stride)",
    "demo.stride = 4",
    "from utils.widgets.image_kernel import ImageKernel\nkernel = ImageKernel()\nkernel",
    "kernel.preset = 'sharpen'\nprint('middle in Python:', kernel.kernel[1][1])",
]

ROOT = Path(__file__).parents[2]
SHOW = "before = demo.state()\ndemo"
# What Python takes from each demo is tested without JupyterLab; here are one of each kind of
# control: an SVG that is dragged, fields, a canvas, a table, buttons, sliders and lists.
SOME = (
    "descent_path",
    "index_explorer",
    "draw_digit",
    "matrix_explorer",
    "graph_stepper",
    "softmax",
)
SOME_CELLS = [
    f"from {cls.__module__} import {cls.__name__} as Demo\ndemo = Demo()\n{SHOW}"
    for cls in map(demos().__getitem__, SOME)
]
SOME_CELLS += [
    "from utils.widgets.answers import Answers, choice\n"
    "asked = choice('Is it?', ['yes', 'no'], 'no', hint='Look.', because='It is not.')\n"
    f"demo = Answers('page/sheet', asked)\n{SHOW}"
]
# JupyterLab has rules of its own for what stands in an output.
FLOATING = """(view) => [...view.querySelectorAll("dl, dt, dd")]
    .filter((node) => getComputedStyle(node).float !== "none").map((node) => node.innerText)"""
VERDICT = "print('changed in Python:', [n for n in before if demo.state()[n] != before[n]])"


def write(path, cells):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, path)


def folded_page():
    """Return a page with a proof, code that draws, and a solution, as its tags fold them."""
    printed = [nbformat.v4.new_output("stream", name="stdout", text="seen or not\n")]
    tagged = [({"tags": [tag]}, tag) for tag in ("hide-cell", "hide-input")] + [({}, "no tag")]
    cells = [
        nbformat.v4.new_code_cell(f"x = '{name}'", metadata=metadata, outputs=printed)
        for metadata, name in tagged
    ]
    solution = (
        "<details><summary>Solution 1</summary>\n\nWith *care*.\n\n```python\nx = 1\n```\n\n"
        "```text\n1\n```\n\n</details>"
    )
    return nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_markdown_cell(solution)])


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    write(folder / "demo.ipynb", CELLS)
    write(folder / "some.ipynb", [cell for pair in SOME_CELLS for cell in (pair, VERDICT)])
    (folder / "README.md").write_text("# Contents\n\n1. [First](demo.ipynb)\n", encoding="utf-8")
    (folder / "folded.ipynb").write_text(normalise(folded_page()), encoding="utf-8")
    settings = {name: str(folder / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "jupyterlab",
            "--no-browser",
            "--allow-root",
            "--ServerApp.ip=127.0.0.1",
            "--ServerApp.port=0",
            "--IdentityProvider.token=",
            f"--ServerApp.root_dir={folder}",
            f"--LabApp.workspaces_dir={folder / 'workspaces'}",
            f"--LabApp.user_settings_dir={folder / 'settings'}",
            f"--LabApp.app_settings_dir={ROOT / 'tools' / 'lab'}",  # as `make lab` does
        ],
        env={**os.environ, **settings},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for line in server.stderr:
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                yield found[0]
                break
        else:
            pytest.fail("JupyterLab did not start")
    finally:
        server.terminate()
        server.wait(timeout=20)
        server.stderr.close()


def open_notebook(page: Page, lab: str, name: str = "demo") -> None:
    """Open the notebook and wait until its kernel is ready."""
    page.set_viewport_size({"width": 1400, "height": 1000})
    page.goto(f"{lab}lab/tree/{name}.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    # Before the kernel has answered once, a cell that is run is silently not run.
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)


def run_cell(page: Page, number: int) -> None:
    """Run one cell of the open notebook, counted from 1, and wait until it is done."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number - 1)
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    expect(cell.locator(".jp-InputPrompt").first).to_have_text(
        re.compile(r"\[\d+\]:"), timeout=60_000
    )


def test_contents_are_shown_as_a_page_and_lead_to_notebooks(page, lab):
    page.goto(f"{lab}lab/tree/README.md?reset")
    contents = page.locator(".jp-MarkdownViewer")
    expect(contents.locator("h1")).to_have_text(re.compile("Contents"), timeout=60_000)
    contents.get_by_role("link", name="First").click()
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    assert page.url.endswith("lab/tree/demo.ipynb")
    expect(page.get_by_text("Jupyter news")).to_have_count(0)


def test_view_and_python_stay_in_step(page, lab):
    open_notebook(page, lab)
    run_cell(page, 1)
    view = page.locator(".book-demo-view").first
    expect(view).to_be_visible(timeout=30_000)

    stride = view.get_by_label("stride", exact=False).first
    assert stride.input_value() == "2"
    stride.focus()
    page.keyboard.press("ArrowRight")
    run_cell(page, 2)
    expect(page.get_by_text("stride in Python: (3, 3)")).to_be_visible()

    run_cell(page, 3)
    expect(stride).to_have_value("4")


def test_proofs_and_solutions_are_closed_and_open_with_their_code(page, lab):
    open_notebook(page, lab, "folded")
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    seen = []
    for number in range(3):
        code, output = (cells.nth(number).locator(name) for name in (".cm-content", "pre"))
        seen.append((code.is_visible(), output.first.is_visible()))
    assert seen == [(False, False), (False, True), (True, True)]
    solution = page.locator(".jp-Notebook details")
    code = solution.locator("pre").first
    expect(code).to_be_hidden()
    solution.locator("summary").click()
    expect(code).to_be_visible()
    expect(code).to_have_text("x = 1")
    assert code.locator("span").count() > 1  # its parts have colours
    expect(solution.locator("em")).to_have_text("care")


def test_python_sets_a_preset_and_the_view_follows(page, lab):
    open_notebook(page, lab)
    run_cell(page, 4)
    view = page.locator(".book-demo-view").first
    expect(view).to_be_visible(timeout=30_000)
    run_cell(page, 5)
    middle = page.get_by_text(re.compile(r"middle in Python: "))
    expect(middle).to_be_visible()
    shown = view.get_by_label("kernel row 2 column 2", exact=False).input_value()
    assert float(middle.inner_text().split(":")[1]) == float(shown)


def test_demos_of_each_kind_move_python_by_keyboard(page, lab):
    open_notebook(page, lab, "some")
    for number in range(len(SOME_CELLS)):
        run_cell(page, 2 * number + 1)
        cell = page.locator(".jp-Notebook .jp-CodeCell").nth(2 * number)
        view = cell.locator(".book-demo-view")
        expect(view).to_be_visible(timeout=30_000)
        assert view.evaluate(FLOATING) == []
        # A picture may have a place of its own to look at, of which Python knows nothing.
        controls = view.locator(".book-control:visible")
        change_by_keyboard(page, controls.first if controls.count() else view)
        run_cell(page, 2 * number + 2)
        verdict = page.locator(".jp-Notebook .jp-CodeCell").nth(2 * number + 1)
        expect(verdict.locator(".jp-OutputArea")).to_contain_text("changed in Python: ['")
