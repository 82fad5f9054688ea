"""Cells that mind a second run, a demo that was moved, or a busy machine are found and named."""

import base64
import io
import re

import nbformat
import pytest
from PIL import Image
from sample import code, printed, solution
from small_book import ALONE, page, run

from tools.files import read_notebook

# Demos and figures, imported once for all these pages.
MODULES = ["utils.progress", "utils.widgets.softmax", "utils.widgets.kit.lenet"]
PRELOADED = f"kernels.warm_kernels.__wrapped__.__defaults__ = ({MODULES},)"
START = "count = 0"
SOFTMAX = "from utils.widgets.softmax import Softmax\ndemo = Softmax()"
CLOCK = "from time import perf_counter"
JUDGED = "start = perf_counter()\nassert perf_counter() - start < 30"
ORDER = """spans = []
for _ in range(2):
    start = perf_counter()
    spans.append(perf_counter() - start)
assert spans[1] < spans[0] + 30"""
RAISES = "count += 1\nassert count != 1"
STOPPED = nbformat.v4.new_output("error", ename="AssertionError", evalue="", traceback=[])
AGAIN = ", run a second time: "
DIFFERS = "output differs from the stored one"
ERROR = "an exception that the cell does not promise"
LATER = r" \(here each cell before this one ran twice, and the demos"

# Name of a page to its cells and what is said of it.
BAD = {
    "gone": ((START, "del count"), f"cell 2{AGAIN}{ERROR}.*NameError"),
    "counts": ((START, "count += 1\nassert count == 1"), f"cell 2{AGAIN}{ERROR}.*AssertionError"),
    "prints": (
        (START, code("two", "count += 1\nprint(count)", outputs=(printed("1\n"),))),
        f"cell 2{AGAIN}{DIFFERS}.*'1\\\\n' == '2\\\\n'",
    ),
    "shows": (
        (
            START,
            code(
                "two",
                "count += 1\ncount",
                outputs=(nbformat.v4.new_output("execute_result", {"text/plain": "1"}),),
            ),
        ),
        f"cell 2{AGAIN}{DIFFERS}",
    ),
    "goes-on": (
        (
            "from itertools import count\nnumbers = count()",
            code("two", "print(next(numbers))", "nbval-ignore-output"),
            code("three", "print(next(numbers))", outputs=(printed("1\n"),)),
        ),
        f"cell 3: {DIFFERS}{LATER}.*'1\\\\n' == '2\\\\n'",
    ),
    "varies-again": (
        (
            START,
            code("two", "count += 1\nprint(count)", "numbers-vary", outputs=(printed("9\n"),)),
        ),
        f"cell 2{AGAIN}{DIFFERS}.*'1\\\\n' == '2\\\\n'",
    ),
    "says-no": (
        (START, code("two", "print('no, 1')", "numbers-vary", outputs=(printed("yes, 1\n"),))),
        f"cell 2: {DIFFERS}",
    ),
    "says-less": (
        (START, code("two", "print(1)", "numbers-vary", outputs=(printed("1, 2\n"),))),
        f"cell 2: {DIFFERS}",
    ),
    "raises-once": (
        (START, code("two", RAISES, "raises-exception", outputs=(STOPPED,))),
        f"cell 2{AGAIN}{DIFFERS}",
    ),
    "raises-once-unread": (
        (START, code("two", RAISES, "raises-exception", "nbval-ignore-output")),
        f"cell 2{AGAIN}the exception that the cell promises is missing",
    ),
    "raises-not": (
        (START, code("two", "count", "raises-exception", "nbval-ignore-output")),
        f"cell 2: the exception that the cell promises is missing{LATER}",
    ),
    "no-demo": (
        ("import utils.widgets.kit  # from utils.widgets",),
        "cell 1: .*the page names utils.widgets and made no demo",
    ),
    "judged": ((CLOCK, JUDGED), f"cell 2{AGAIN}{ERROR}.*AssertionError"),
    "order": ((CLOCK, ORDER), f"cell 2{AGAIN}{ERROR}.*AssertionError"),
    "whole": ((SOFTMAX, "assert demo.temperature == 1"), f"cell 2: {ERROR}{LATER}"),
    "choice": ((SOFTMAX, "assert demo.preset == 'steps of one'"), f"cell 2: {ERROR}{LATER}"),
    "length": (
        (SOFTMAX, "assert len(demo.logits) == 3 and demo.offset == 0"),
        f"cell 2: {ERROR}{LATER}",
    ),
    "stubborn": (
        (
            "import traitlets\n"
            "from utils.widgets.kit.base import BookWidget, Pair\n"
            "class Stubborn(BookWidget):\n"
            "    module = 'softmax/view'\n"
            "    size = Pair(2, min=2, max=2)\n"
            "demo = Stubborn()",
        ),
        "cell 1, when its demos were moved: .*Stubborn takes no other value for size",
    ),
}
FIGURE = """axes = new_axes()
save = axes.figure.savefig
axes.figure.savefig = lambda *args, **rest: (saved.append(1), save(*args, **rest))
show(axes, alt="two words")"""
WORDS = (nbformat.v4.new_output("display_data", {"text/plain": "Figure: two words"}),)
SHARE = nbformat.v4.new_output("execute_result", {"text/plain": "'12 %'"})
PARTED = (printed("be\n"), *WORDS, printed("fore\n"))
GOOD = (
    code("one", f"from utils.plots import new_axes, show\n{CLOCK}\n{SOFTMAX}\nnames = set(dir())"),
    code("two", "print({*dir()} - names - {'names'})", outputs=(printed("set()\n"),)),
    code("three", "before = perf_counter()\nsaved = []"),
    code("four", FIGURE, outputs=WORDS),
    code("five", f"print('be')\n{FIGURE}\nprint('fore')", outputs=PARTED),
    code("six", "print(len(saved))", outputs=(printed("2\n"),)),
    code("seven", "assert perf_counter() > before"),
    code("eight", "print(f'{perf_counter() - perf_counter():.0f}')", "nbval-ignore-output"),
    code("nine", "demo.temperature = 1\nassert demo.temperature == 1"),
    code("close", "print('yes, 2 > 1')", "verdicts-vary", outputs=(printed("no, 3 <= 4.5\n"),)),
    code("ten", "print('yes,', 2)\n'3 %'", "numbers-vary", outputs=(printed("yes, 1.5\n"), SHARE)),
    solution("eleven", 1, "del demo\nprint(-2.5)", out="1"),
)
GOOD[-1].metadata.tags = ["numbers-vary"]


def cells(sources):
    """Return the cells of a page, some of which are only given as code."""
    return [
        code(f"cell-{number}", each) if isinstance(each, str) else each
        for number, each in enumerate(sources, 1)
    ]


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """What the command says of all these pages, and the folder where they are."""
    root = tmp_path_factory.mktemp("second_runs")
    pages = {name: sources for name, (sources, _) in BAD.items()} | {"good": GOOD}
    names = [page(root / f"{name}.ipynb", *cells(pages[name])) for name in pages]
    result = run(root, *names, code=f"{PRELOADED}\n{ALONE}")
    return result.returncode, result.stdout + result.stderr, root


@pytest.mark.parametrize("name", BAD)
def test_a_page_that_minds_is_named_with_the_cell_and_the_run(name, compared):
    status, text, _ = compared
    _, message = BAD[name]
    assert status == 1
    assert re.search(rf"(?s)Cell \d: {name}, {message}", text), text
    assert re.search(rf"(?m)^{name}, {message.partition('.*')[0]}", text), "not in the list"


def test_a_page_that_does_not_mind_keeps_the_outputs_of_its_first_runs(compared):
    _, text, root = compared
    assert "good, cell" not in text
    kept = read_notebook(root / "_build" / "compared" / "good.ipynb.run")
    first, parted, timed = (kept.cells[number].outputs for number in (3, 4, 7))
    assert [output.output_type for output in parted] == ["stream", "display_data", "stream"]
    for figure in (first[0], parted[1]):
        picture = base64.b64decode(figure.data["image/png"])
        assert Image.open(io.BytesIO(picture)).width > 100
    assert timed[0].text == "-0\n"


def test_what_fails_is_not_kept(compared):
    _, _, root = compared
    kept = {path.name.partition(".")[0] for path in (root / "_build/compared").glob("*.run")}
    assert kept == {"good"}
