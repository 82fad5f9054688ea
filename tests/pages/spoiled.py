"""Changes to the good page that a rule must reject: (rule, what) to a function of the page."""

import copy

import nbformat
from sample import DEMO, WORDS, code, display, find, markdown, number_cells, printed, solution
from spoiled_text import ADDED_TEXT


def appended(name, text):
    """Return a change that appends text to a cell."""

    def change(page):
        find(page, name).source += text

    return change


def replaced(name, old, new):
    """Return a change that replaces text in a cell."""

    def change(page):
        cell = find(page, name)
        assert old in cell.source
        cell.source = cell.source.replace(old, new)

    return change


def without(name):
    """Return a change that removes a cell."""

    def change(page):
        page.cells.remove(find(page, name))
        number_cells(page)

    return change


def tagged(name, *tags):
    """Return a change that sets a cell's tags."""

    def change(page):
        find(page, name).metadata["tags"] = list(tags)

    return change


def chained(*changes):
    """Return a change that makes several."""

    def change(page):
        for each in changes:
            each(page)

    return change


def with_output(name, output):
    """Return a change that adds a stored output to a cell."""

    def change(page):
        find(page, name).outputs.append(output)

    return change


def added(after, *cells):
    """Return a change that puts cells behind another one."""

    def change(page):
        place = page.cells.index(find(page, after)) + 1
        page.cells[place:place] = copy.deepcopy(list(cells))
        number_cells(page)

    return change


OFFER = 'DATASETS = ("digits", "fashion_mnist")\nimages = load_images(among=DATASETS)'
VERDICT = 'verdict("the first is larger", 2, ">", 1)'
WIDGET = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "Demo()"}
ERROR = nbformat.v4.new_output("error", ename="E", evalue="e", traceback=[])
STDERR = nbformat.v4.new_output("stream", name="stderr", text="UserWarning")
LONG = "\n".join(f"x = {number}" for number in range(26))
REMOTE = "<script src='https://example.org/x.js'></script>"

CHANGES = {
    ("cell-ids", "none"): lambda page: find(page, "idea").update(id=""),
    ("cell-ids", "used twice"): lambda page: find(page, "idea").update(id="title"),
    ("one-title", "no title"): replaced("title", "# Sums", "Sums"),
    ("one-title", "not in the first cell"): lambda page: page.cells.insert(
        0, markdown("before", "First.")
    ),
    ("closing-sections", "one is missing"): without("sources"),
    ("closing-sections", "another order"): lambda page: page.cells.append(
        page.cells.pop(page.cells.index(find(page, "summary")))
    ),
    ("closing-sections", "nothing breaks"): replaced("breaks", "## Where it breaks", "Then"),
    ("summary-bullets", "none"): replaced("summary", "- A", "A"),
    ("summary-bullets", "seven"): appended("summary", "\n- more" * 6),
    ("predict-first", "no question"): without("predict"),
    ("colab-badge", "none"): replaced("title", "[![Open in Colab]", "[![Open]"),
    ("colab-badge", "another page"): replaced("title", "sums.ipynb", "products.ipynb"),
    ("colab-badge", "another repository"): replaced("title", "reader/small-book", "x/y"),
    ("set-up", "visible"): tagged("set-up"),
    ("set-up", "not guarded"): replaced("set-up", 'if "google.colab" in sys.modules', "if True"),
    ("set-up", "of another repository"): replaced("set-up", "reader/small-book", "x/y"),
    ("set-up", "after the imports"): without("set-up"),
    ("set-up", "no imports"): replaced("imports", "import", "# import"),
    ("set-up", "visible imports"): tagged("imports"),
    ("offers-data-sets", "a list that nobody looks at"): added(
        "check", code("images", f"{OFFER.replace('among=DATASETS', '')}\n{VERDICT}")
    ),
    ("offers-data-sets", "no list"): added("check", code("images", "images = load_images()")),
    ("offers-data-sets", "no verdict"): added("check", code("images", OFFER)),
    ("bound-words", "true of one set"): chained(
        added("check", code("images", f"{OFFER}\n{VERDICT}")),
        appended("idea", "\n\nThe ink decides."),
    ),
    ("known-tags", "unknown"): tagged("total", "skip"),
    ("cell-metadata", "of an editor"): lambda page: find(page, "idea").metadata.update(
        collapsed=True
    ),
    ("cell-metadata", "folded without a tag"): lambda page: find(page, "total").metadata.update(
        jupyter={"source_hidden": True}
    ),
    ("cell-metadata", "not folded in JupyterLab"): lambda page: find(page, "proof").metadata.pop(
        "jupyter"
    ),
    ("cell-metadata", "a proof's output in sight"): lambda page: find(
        page, "proof"
    ).metadata.update(jupyter={"source_hidden": True}),
    ("notebook-metadata", "more about the book"): lambda page: page.metadata.update(
        book={"exceptions": {"cell-number": "a long story"}, "mood": "good"}
    ),
    ("notebook-metadata", "no exception"): lambda page: page.metadata.update(
        book={"exceptions": {}}
    ),
    ("cell-kinds", "raw"): lambda page: page.cells.insert(
        5, nbformat.v4.new_raw_cell("raw", id="raw")
    ),
    ("notebook-metadata", "another kernel"): lambda page: page.metadata.kernelspec.update(
        name="x"
    ),
    ("notebook-metadata", "the language's version"): lambda page: (
        page.metadata.language_info.update(version="3.12")
    ),
    ("notebook-metadata", "of an editor"): lambda page: page.metadata.update(colab={}),
    ("notebook-format", "4.4"): lambda page: page.update(nbformat_minor=4),
    ("notebook-format", "not valid"): lambda page: find(page, "total").update(unknown=1),
    ("code-syntax", "not Python"): appended("total", "\nreturn ="),
    ("cell-lines", "too long"): appended("total", f"\n{LONG}"),
    ("cell-lines", "too long though folded"): appended("proof", f"\n{LONG}\n{LONG}"),
    ("code-in-a-row", "three"): added("check", code("more", "1"), code("most", "2")),
    ("code-in-a-row", "a proof between does not count"): added(
        "proof", code("more", "1"), code("most", "2")
    ),
    ("figure-alt", "none"): replaced("figure", ", alt=", ", title="),
    ("figure-alt", "empty"): replaced("figure", "A line that rises from 1 over 3 to 6.", ""),
    ("figure-alt", "too short"): replaced(
        "figure", "A line that rises from 1 over 3 to 6.", "Up."
    ),
    ("figure-alt", "not a literal"): replaced("figure", 'alt="', 'alt=f"{axes}'),
    ("figure-alt", "through the module"): added(
        "predict", code("module", "from utils import plots\n\nplots.show(axes)")
    ),
    ("figure-alt", "under another name"): added(
        "predict", code("alias", "from utils.plots import show as look\n\nlook(axes)")
    ),
    ("figure-alt", "by pyplot"): added(
        "predict", code("pyplot", "import matplotlib.pyplot as plt\n\nplt.show()")
    ),
    ("has-assertion", "none"): chained(replaced("check", "agree", "print"), without("proof")),
    ("checked-functions", "used without a check"): added(
        "predict", code("double", "def double(x):\n    return 2 * x"), code("use", "double(2)")
    ),
    ("checked-functions", "checked only from inside"): added(
        "predict", code("half", "def half(x):\n    assert half\n    return x / 2\n\n\nhalf(2)")
    ),
    ("checked-functions", "checked too early"): added(
        "imports", code("early", "assert True, third"), code("third", "def third(): ...")
    ),
    ("checked-functions", "checked in a solution"): chained(
        added("predict", code("fourth", "def fourth(): ...")),
        replaced("solution-3", "checks.", "assert fourth\nchecks."),
    ),
    ("exercise-headings", "no kind"): replaced("exercise-3", "(code)", ""),
    ("exercise-headings", "unknown kind"): replaced("exercise-3", "(code)", "(hard)"),
    ("exercise-headings", "a number left out"): replaced("exercise-5", "Exercise 5", "Exercise 6"),
    ("exercise-set", "a warm-up too few"): replaced("exercise-2", "(predict)", "(code)"),
    ("exercise-set", "a warm-up too late"): replaced("exercise-5", "(explain)", "(by hand)"),
    ("exercise-set", "one to explain too many"): replaced("exercise-4", "(code)", "(project)"),
    ("exercise-set", "four"): chained(without("exercise-3"), without("start-3")),
    ("exercise-set", "six"): added("start-5", markdown("six", "### Exercise 6 (code)\n\nMore.")),
    ("exercise-starters", "no starter"): without("start-3"),
    ("exercise-starters", "not tagged"): tagged("start-3"),
    ("exercise-starters", "no check"): replaced("start-3", "# checks.check_mean", "# mean"),
    ("exercise-starters", "a check that is not last"): appended("start-3", "\nmean(1)"),
    ("solutions-match", "one is missing"): without("solution-3"),
    ("solutions-match", "another number"): replaced("solution-3", "Solution 3", "Solution 6"),
    ("solutions-match", "another order"): added(
        "solution-1", solution("early", 3, "checks.check_mean(torch.mean)")
    ),
    ("solutions-checked", "no check"): replaced("solution-3", "checks.check_mean", "print"),
    ("solutions-checked", "commented out"): replaced("solution-3", "checks.", "# checks."),
    ("solutions-checked", "no check of the fields"): replaced("solution-2", "check_sums", "sum"),
    ("solutions-checked", "no code"): replaced("solution-4", "```python", "```text"),
    ("solution-form", "not folded"): replaced("solution-3", "<details>", "Open."),
    ("solution-form", "never closed"): replaced("solution-3", "\n\n</details>", ""),
    ("solution-form", "code that GitHub shows"): added(
        "solution-3", code("open", "check_mean(1)")
    ),
    ("solution-form", "prose that is not folded"): added(
        "solutions", markdown("open", "It is 3.")
    ),
    ("solution-form", "output alone"): replaced("solution-4", "```python", "```text"),
    ("solution-form", "another language"): replaced("solution-4", "```python", "```py"),
    ("solution-form", "not Python"): replaced("solution-4", "checks.", "check this:"),
    ("solution-form", "elsewhere"): added("look", solution("early", 6, "check_answer(1)")),
    ("folded-cells", "visible"): tagged("proof"),
    ("folded-cells", "output hidden with its code"): tagged("total", "hide-cell"),
    ("folded-cells", "nothing is proved"): replaced("proof", "assert total([]) == 0", "total([])"),
    ("folded-cells", "an answer in sight"): added("look", code("answer", "# Answer: 6\n6")),
    ("folded-cells", "it does not say what"): replaced(
        "proof", "# Proof: no number, no sum.", "#"
    ),
    ("visible-lines", "181"): lambda page: [
        added("total", markdown(f"m{n}", "Then."), code(f"c{n}", "x = 1\n" * 12))(page)
        for n in range(15)
    ],
    ("visible-cell-lines", "13"): appended("total", "\nx = 1" * 8),
    ("median-cell-lines", "7"): lambda page: [
        added("total", markdown(f"m{n}", "Then."), code(f"c{n}", "x = 1\n" * 7))(page)
        for n in range(12)
    ],
    ("words-a-line", "too few"): chained(
        replaced("idea", WORDS, ""), replaced("again", WORDS, "")
    ),
    ("first-picture", "too late"): added(
        "predict", *(markdown(f"m{n}", "Then.") for n in range(3))
    ),
    ("first-picture", "none"): chained(*map(without, ("figure", "figure-2", "figure-3", "demo"))),
    ("picture-number", "one in a folded cell"): tagged("figure", "hide-cell"),
    ("picture-number", "three"): without("demo"),
    ("picture-number", "answer fields are no picture"): lambda page: (
        find(page, "demo").outputs[0].data.update({"text/html": DEMO.replace("sums.", "answers.")})
    ),
    ("cell-number", "61"): lambda page: [
        added("total", markdown(f"m{n}", "Then."))(page) for n in range(61 - len(page.cells))
    ],
    ("strong-words", "unconfirmed"): appended("idea", "\n\nIt never fails."),
    ("strong-words", "in a heading"): appended("idea", "\n\n### Exactly once"),
    ("strong-words", "in a solution"): replaced("solution-1", "Count", "Always count"),
    ("attachments", "a picture"): lambda page: find(page, "idea").update(
        attachments={"x.png": {"image/png": "AAAA"}}
    ),
    ("remote-resources", "in a string"): appended("figure", f'\npage = "{REMOTE}"'),
    ("remote-resources", "in an output"): with_output("check", display({"text/html": REMOTE})),
    ("remote-resources", "shown"): appended("figure", '\nImage(url="https://example.org/x.png")'),
    ("remote-resources", "a video"): appended("figure", '\nYouTubeVideo("abc")'),
    ("execution-counts", "never run"): lambda page: find(page, "check").update(
        execution_count=None
    ),
    ("execution-counts", "another order"): lambda page: find(page, "check").update(
        execution_count=7
    ),
    ("image-payloads", "png"): with_output("check", display({"image/png": "AAAA"})),
    ("image-payloads", "svg"): with_output("check", display({"image/svg+xml": "<svg/>"})),
    ("image-payloads", "in HTML"): with_output(
        "check", display({"text/html": '<img src="data:image/png;base64,AA">'})
    ),
    ("figure-text", "pyplot's own"): with_output(
        "check", display({"text/plain": "<Figure size 640x480 with 1 Axes>"})
    ),
    ("widget-state", "a view"): with_output("check", display(WIDGET)),
    ("widget-state", "models"): lambda page: page.metadata.update(widgets={}),
    ("stderr", "a warning"): with_output("check", STDERR),
    ("object-addresses", "a repr"): with_output("check", printed("<A object at 0x7f0a1c2b3d40>")),
    ("object-addresses", "a pointer"): with_output("check", printed("0x7f0a1c2b3d40")),
    ("expected-errors", "not promised"): with_output("check", ERROR),
    ("expected-errors", "promised only"): lambda page: find(page, "failure").update(outputs=[]),
}
SPOILED = {key: appended("idea", text) for key, text in ADDED_TEXT.items()} | CHANGES
