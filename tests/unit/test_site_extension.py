"""The Sphinx extension's parts, each on input that it must handle or refuse."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from docutils import nodes
from docutils.utils import new_document

sys.path.insert(0, str(Path(__file__).parents[2] / "_ext"))

from book_site import demos, folds, icons, policy, reading, theme

SCRIPT = (
    'var a={"arrow-up":[384,512,[8593],"f062","M1 2z"],sun:[512,512,[9728],"f185","M3 4z"]};'
    'var b={sun:[512,512,[9728],"f185","M5 6z"]};'
)


def test_icon_is_drawn_in_the_last_style_that_has_it():
    assert "M5 6z" in icons.drawing(SCRIPT, "sun")
    assert "0 0 384 512" in icons.drawing(SCRIPT, "arrow-up")


def test_unknown_icon_is_refused():
    with pytest.raises(ValueError, match="no icon called 'moon'"):
        icons.drawing(SCRIPT, "moon")


def test_style_sheet_has_each_icon():
    sheet = icons.style_sheet(SCRIPT, {"sun", "arrow-up"})
    assert ".fa-sun{" in sheet
    assert ".fa-arrow-up{" in sheet


def test_the_letters_of_the_icon_font_are_left_out_of_the_theme():
    rest = ".fa-spin{animation-name:a}.bd{content:'x'}.a .fa-lg{font-size:1em}"
    letters = '.fa-zero{--fa:"0"}.fa-gear,.fa-cog{--fa:"c"}.fa-x:before,.fa-y:before{content:"x"}'
    assert icons.LETTERS.sub("", letters + rest + letters) == rest


def test_policy_allows_exactly_the_scripts_of_the_page():
    allowed = policy.policy_for("<script>let a = 1;</script>")
    assert policy.digest("let a = 1;") in allowed
    assert policy.digest("let a = 2;") not in allowed
    assert "unsafe-hashes" not in allowed


def test_policy_hashes_handlers_and_skips_data():
    page = (
        '<button onclick="f(&quot;x&quot;)"></button>'
        '<script type="text/plain">no script</script><script src="a.js"></script>'
    )
    allowed = policy.policy_for(page)
    assert policy.digest('f("x")') in allowed
    assert "unsafe-hashes" in allowed
    assert policy.digest("no script") not in allowed


def test_a_page_gets_the_style_sheets_of_its_own_demos_each_once(tmp_path):
    place = '<div class="book-demo" data-demo="utils.widgets.{}"></div>'
    one, other = place.format("fit_line.FitLine"), place.format("softmax.Softmax")
    assert demos.looks("<p>No demo.</p>") == []
    # Answer fields do not stand on the stage; its sheet keeps their place.
    assert demos.looks(place.format("answers.Answers"))[:2] == ["kit-parts", "kit-stage"]
    alone = demos.looks(one)
    assert alone.index("kit-parts") < alone.index("kit-stage") < alone.index("fit_line")
    assert "fit_line" in alone and "kit-stage" in alone and "softmax" not in alone
    both = demos.looks(one + other + one)
    assert {*alone, "softmax"} <= {*both} and len(both) == len({*both})
    demos.write_looks(SimpleNamespace(outdir=tmp_path), None)
    written = {file.stem for file in (tmp_path / "_static" / "looks").glob("*.css")}
    assert {*both} <= written
    sheet = (tmp_path / "_static" / "looks" / "fit_line.css").read_text(encoding="utf-8")
    assert ".book-fit-line" in sheet and ".book-softmax" not in sheet


def test_module_text_cannot_end_its_element():
    block = demos.data_block("text/plain", "a", 'const x = "</script>";')
    assert block.count("</script>") == 1


def test_page_carries_each_module_once():
    placeholder = demos.demo_class("utils.widgets.padding_stride.PaddingStride")().to_html()
    page = demos.with_demos(placeholder + placeholder)
    assert page.count('id="book-module-padding_stride/view"') == 1
    assert page.count('id="book-module-kit/parts"') == 1


def test_a_page_depends_on_every_file_of_its_demos():
    noted = []
    document = new_document("page.md")
    placeholder = demos.demo_class("utils.widgets.fit_line.FitLine")().to_html()
    document += [nodes.raw("", "<p>no demo</p>"), nodes.raw("", placeholder)]
    env = SimpleNamespace(note_dependency=noted.append)
    demos.note_modules(SimpleNamespace(env=env), document)
    names = {"/".join(Path(file).parts[-2:]) for file in noted}
    wanted = {"fit_line/view.mjs", "fit_line/math.mjs", "fit_line/__init__.py"}
    assert wanted | {"kit/parts.mjs", "kit/plane.mjs"} <= names
    assert all(Path(file).is_file() for file in noted)


def test_the_state_of_widgets_stays_out_of_a_page():
    files = {"ipywidgets_state": (None, {"body": "{}"}), "other": ("other.js", {})}
    env = SimpleNamespace(docname="page", nb_metadata={"page": {"js_files": files}})
    demos.drop_widget_state(SimpleNamespace(env=env), new_document("page.md"))
    assert list(files) == ["other"]
    demos.drop_widget_state(SimpleNamespace(env=env), new_document("page.md"))  # a page without


def test_empty_placeholder_is_filled_from_its_class():
    page = demos.with_demos(
        '<div class="book-demo" data-demo="utils.widgets.image_kernel.ImageKernel"><p>x</p></div>'
    )
    assert 'data-module="image_kernel/view"' in page
    assert 'id="book-assets-utils.widgets.image_kernel.ImageKernel"' in page


def test_only_demos_of_the_book_are_imported():
    with pytest.raises(ValueError, match="must come from utils.widgets"):
        demos.demo_class("os.path")


def test_switch_of_the_sidebar_is_named_after_its_chapter():
    page = theme.with_names('<a href="x">Tensors</a><details open="open"><summary><span>')
    assert '<summary aria-label="Pages of Tensors">' in page


@pytest.mark.parametrize(
    ("source", "mode", "name"),
    [
        ("# Proof: two is even.\nassert 2 % 2 == 0", "all", "Proof: two is even."),
        ("# Proof: two is\n# even. Try it.\nassert 1", "all", "Proof: two is even."),
        ("# Answer: it is even.\nprint(2 % 2)", "all", "Answer"),
        ("import torch\n\nDEVICE = 1", "input", "Set-up"),
        ("from utils import plots", "input", "Set-up"),
        ("ax = plots.new_axes()", "input", "Code"),
        ("", "output", "Code"),
    ],
)
def test_a_fold_says_what_it_holds(source, mode, name):
    assert folds.name_of(source, mode) == name
    cell = nodes.container(nb_element="cell_code", hide_mode=mode, prompt_show="", prompt_hide="")
    cell += nodes.literal_block(source, source)
    document = new_document("page.md")
    document += [cell, nodes.container(nb_element="cell_code")]
    folds.FoldNames(document).run()
    assert (cell["prompt_show"], cell["prompt_hide"]) == (name, name)


@pytest.mark.parametrize(
    ("source", "left", "mode"),
    [
        ("exercises.predict", 1, None),
        ("exercises.by_hand\n# exercises.by_hand.check()", 1, None),
        ("exercises.check_mean(mean)", 2, None),
        ("PaddingStride()", 2, "input"),
        ("demo = Softmax(logits=[1, 2])\ndemo", 2, "input"),
        ("demo = Softmax()\ndemo.offset = 3\ndemo", 2, "input"),
        ("DescentPath(\n    start=(-2.5, -1.3), lr=0.14\n)", 2, "input"),
        ("Softmax(a=(1, 2)).move()", 2, None),
        ("demo = Softmax()\nprint(demo)", 2, None),
        ("demo.stride = 2", 2, None),
    ],
)
def test_code_that_only_shows_something_is_put_away(source, left, mode):
    cell = nodes.container(nb_element="cell_code")
    code, output = nodes.container(), nodes.container()
    code += nodes.literal_block(source, source)
    cell += [code, output]
    document = new_document("page.md")
    document += cell
    folds.FoldNames(document).run()
    assert (len(cell.children), cell.get("hide_mode")) == (left, mode)
    assert output in cell.children


def test_screen_readers_hear_what_stands_on_a_fold():
    context = {"body": f"<summary{folds.LABEL}><p>Proof</p></summary>"}
    folds.on_page(None, "page", "", context, None)
    assert context["body"] == "<summary><p>Proof</p></summary>"


@pytest.fixture
def small_book(tmp_path):
    """A Sphinx application, as far as the head of a page needs one, for a book with two pages."""
    cells = [
        nbformat.v4.new_markdown_cell("# Page\n\n" + "word " * 500),
        nbformat.v4.new_code_cell("x = 1\n" * 6),
    ]
    book = nbformat.v4.new_notebook(cells=cells)
    for name in ("long", "short"):
        nbformat.write(book, tmp_path / f"{name}.ipynb")
        book.cells = book.cells[1:]
    (tmp_path / "index.md").write_text("# Index", "utf-8")
    files = {path.stem: str(path) for path in tmp_path.iterdir()}
    env = SimpleNamespace(metadata={name: {} for name in files}, doc2path=files.get)
    return SimpleNamespace(env=env, srcdir=str(tmp_path))


def heads(app):
    """Return what stands under the title of each page, after all have been read."""
    found = {}
    for name in app.env.metadata:
        app.env.docname = name
        reading.note(app, None)
        context = {"body": "<h1>T</h1><h1>U</h1>"}
        reading.on_page(app, name, "", context, None)
        found[name] = context["body"].replace("<h1>T</h1>", "").replace("<h1>U</h1>", "").strip()
    return found


def write_timings(app, **seconds):
    path = Path(app.srcdir) / "_build" / "timings.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({f"{name}.ipynb": s for name, s in seconds.items()}), "utf-8")


def test_a_page_says_how_long_it_takes_to_read_and_to_run(small_book):
    write_timings(small_book, long=3.2)
    assert heads(small_book) == {
        "long": '<p class="book-reading">3 minutes to read · runs in 4 s</p>',
        "short": '<p class="book-reading">1 minute to read</p>',
        "index": "",
    }


def test_a_page_that_took_another_time_is_written_again(small_book):
    write_timings(small_book, long=3.2, short=1.5)
    heads(small_book)
    env = small_book.env

    def outdated(removed=()):
        return list(reading.outdated(small_book, env, set(), set(), set(removed)))

    assert outdated() == []
    write_timings(small_book, long=3.9, short=2.5)  # the first is still shown as 4 s
    assert outdated() == ["short"]
    assert outdated({"short"}) == []
