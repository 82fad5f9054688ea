"""The Sphinx extension's parts, each on input that it must handle or refuse."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document

sys.path.insert(0, str(Path(__file__).parents[2] / "_ext"))

from book_site import demos, icons, policy, theme

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
