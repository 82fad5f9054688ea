"""Each budget is met at its limit and broken one beyond it."""

import pytest
from sample import code, good_page, markdown, write_book

from tools.lint import budgets
from tools.page_size import page_size
from tools.pages import Page


def loaded(cells, root):
    """Return the good page with more cells behind its last idea."""
    page = good_page()
    at = [cell.id for cell in page.cells].index("breaks")
    page.cells[at:at] = cells
    return Page.load(write_book(root, page), root)


def lines(*counts):
    return [code(f"more-{n}", "x = 1\n" * count) for n, count in enumerate(counts)]


def texts(count):
    return [markdown(f"more-{n}", "More.") for n in range(count)]


@pytest.mark.parametrize("beyond", [0, 1])
def test_visible_lines(beyond, tmp_path):
    visible = page_size(loaded([], tmp_path)).lines
    page = loaded(lines(100, 80 - visible + beyond), tmp_path)
    assert len(list(budgets.visible_lines(page))) == beyond


@pytest.mark.parametrize("beyond", [0, 1])
def test_visible_lines_of_a_cell(beyond, tmp_path):
    page = loaded(lines(12, 12 + beyond, 3), tmp_path)
    assert len(list(budgets.visible_cell_lines(page))) == beyond


@pytest.mark.parametrize("beyond", [0, 1])
def test_median_lines_of_a_cell(beyond, tmp_path):
    page = loaded(lines(*[6 + beyond] * 13), tmp_path)  # the page itself has ten short ones
    assert len(list(budgets.median_cell_lines(page))) == beyond


@pytest.mark.parametrize("beyond", [0, 1])
def test_words_for_a_line(beyond, tmp_path):
    size = page_size(loaded([], tmp_path))
    missing = 10 * (size.lines + 60) - size.words
    page = loaded([*lines(60), markdown("words", "word " * (missing - beyond))], tmp_path)
    assert len(list(budgets.words_a_line(page))) == beyond


@pytest.mark.parametrize("beyond", [0, 1])
def test_place_of_the_first_picture(beyond, tmp_path):
    page = good_page()
    page.cells[1:1] = texts(2 + beyond)  # title and question stand before it as well
    page = Page.load(write_book(tmp_path, page), tmp_path)
    assert len(list(budgets.first_picture(page))) == beyond


@pytest.mark.parametrize("beyond", [0, 1])
def test_number_of_cells(beyond, tmp_path):
    page = loaded(texts(60 - len(good_page().cells) + beyond), tmp_path)
    assert len(list(budgets.cell_number(page))) == beyond
