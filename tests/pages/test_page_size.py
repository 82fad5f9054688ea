import pytest
from sample import DEMO, code, display, find, good_page, markdown, write_book

from tools.page_size import page_size
from tools.pages import Page


def size_of(page, root):
    return page_size(Page.load(write_book(root, page), root))


@pytest.fixture
def before(tmp_path):
    return size_of(good_page(), tmp_path)


def test_words_are_those_of_running_text(before, tmp_path):
    page = good_page()
    find(page, "look").source += "\n\nTwo **more** `words` and $x + y$.\n\n```text\nnot these\n```"
    find(page, "solution-1").source += "\n\nnot these"
    find(page, "sources").source += "\n\nnot these"
    assert size_of(page, tmp_path).words == before.words + 6  # the full stop counts with y


@pytest.mark.parametrize("tag", ["hide-cell", "hide-input", "remove-cell"])
def test_folded_code_is_no_visible_code(tag, before, tmp_path):
    page = good_page()
    page.cells += [code("a", "x = 1\n\n\ny = 2"), code("b", "x = 1\n" * 100, tag)]
    after = size_of(page, tmp_path)
    assert after.lines == before.lines + 2
    assert len(after.code) == len(before.code) + 1


def test_pictures_are_figures_demos_and_drawings(before, tmp_path):
    figure = display({"text/plain": "Figure: A line."})
    demo = display({"text/html": DEMO, "text/plain": "Sums()"})
    fields = display({"text/html": DEMO.replace("sums", "answers"), "text/plain": "A()"})
    table = display({"text/html": "<table></table>", "text/plain": "Figures"})
    page = good_page()
    page.cells += [
        code("two", "1", outputs=(figure, demo)),
        code("input", "1", "hide-input", outputs=(figure,)),
        code("none", "1", outputs=(fields, table)),
        code("folded", "1", "hide-cell", outputs=(figure,)),
        markdown("drawing", "![A tree](figures/tree.svg) ![Open](../../_static/colab.svg)"),
    ]
    assert len(size_of(page, tmp_path).pictures) == len(before.pictures) + 4


def test_the_first_picture_is_counted_among_what_is_seen(tmp_path):
    page = good_page()
    assert size_of(page, tmp_path).first_picture == 3  # title and question stand before it
    page.cells.insert(1, code("shown", "1", "hide-input", outputs=(display({"text/plain": "1"}),)))
    page.cells.insert(1, code("silent", "1", "hide-input"))
    page.cells.insert(1, code("proof-2", "1", "hide-cell"))
    assert size_of(page, tmp_path).first_picture == 4


def test_a_page_without_code_or_pictures_has_a_size(tmp_path):
    page = good_page()
    page.cells = [cell for cell in page.cells if cell.cell_type == "markdown"]
    size = size_of(page, tmp_path)
    assert (size.lines, size.median, size.first_picture) == (0, 0, None)
    assert size.words_a_line == float("inf")


def test_minutes_grow_with_words_and_with_lines_of_code(tmp_path):
    page = good_page()
    page.cells = [markdown("words", "word " * 1000)]
    assert size_of(page, tmp_path).minutes == 5
    page.cells.append(code("lines", "x = 1\n" * 24))
    assert size_of(page, tmp_path).minutes == 7
    page.cells = [markdown("words", "word")]
    assert size_of(page, tmp_path).minutes == 1
