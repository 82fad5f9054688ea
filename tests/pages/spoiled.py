"""Changes to the good page that a rule must reject: (rule, what) to a function of the page."""

import nbformat
from sample import code, display, find, markdown, printed
from spoiled_reading import READING
from spoiled_text import ADDED_TEXT
from spoiling import added, appended, chained, replaced, tagged, with_output, without

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
    ("numbers-vary", "no number was printed"): tagged("check", "numbers-vary"),
    ("numbers-vary", "a solution without a number"): tagged("solution-1", "numbers-vary"),
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
SPOILED = {key: appended("idea", text) for key, text in ADDED_TEXT.items()} | READING | CHANGES
