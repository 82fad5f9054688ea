"""Pages on several data sets: their verdicts are compared with their numbers and each other."""

import nbformat
import pytest
from sample import NAME, code, find, good_page, write_book

from tools import pages_real
from tools.pages import Page
from tools.pages_real import Run, contradictions, report
from utils.verdicts import Verdict

SETS = """DATASETS = ("digits", "fashion_mnist")
import os
size = {"digits": 8, "fashion_mnist": 28}[os.environ["BOOK_DATASET"]]"""
YES = Verdict("small", "yes", 8, "<", 10)
NO = Verdict("small", "no", 28, ">=", 10)


def page_with(source, root, monkeypatch):
    """Write a book whose only page runs this, and let the command work on it."""
    page = good_page()
    page.cells = [find(page, "title"), code("sets", SETS), code("judge", source)]
    write_book(root, page)
    monkeypatch.setattr(pages_real, "page_paths", lambda names: [root / NAME])
    load = Page.load
    monkeypatch.setattr(Page, "load", lambda path: load(path, root))


def test_verdicts_stand_side_by_side(tmp_path, monkeypatch, capsys):
    source = 'from utils.verdicts import verdict\nverdict("small", size, "<", 10)'
    page_with(source, tmp_path, monkeypatch)
    assert pages_real.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-5:] == [
        NAME,
        "  small:",
        "    digits         yes  8 < 10",
        "    fashion_mnist  no   28 >= 10",
        "2 runs of 1 pages, 0 problems",
    ]


def test_a_page_that_holds_on_one_set_only_fails(tmp_path, monkeypatch, capsys):
    small = 'def check(size):\n    assert size == 8, "too large"\n\n\ncheck(size)'
    page_with(small, tmp_path, monkeypatch)
    assert pages_real.main([]) == 1
    out = capsys.readouterr().out
    assert f"{NAME} on fashion_mnist FAILED, cell 3: AssertionError: too large" in out
    assert 'at line 2: assert size == 8, "too large"' in out
    assert "on digits FAILED" not in out


def test_verdicts_typed_by_hand_are_found(tmp_path, monkeypatch, capsys):
    page_with('print(f"small: yes, {size} < 10")', tmp_path, monkeypatch)
    assert pages_real.main([]) == 1
    assert "'small' on fashion_mnist: its numbers say something else" in capsys.readouterr().out


def test_without_a_choice_there_is_nothing_to_compare(tmp_path, monkeypatch):
    page = good_page()
    write_book(tmp_path, page)
    monkeypatch.setattr(pages_real, "page_paths", lambda names: [])
    with pytest.raises(ValueError, match="none of these pages lists DATASETS"):
        pages_real.main([])


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        ([YES], [NO], None),
        ([], [], "prints no verdict"),
        ([YES], [], "'small' is not printed on fashion_mnist"),
        ([YES, YES], [NO], "prints a claim twice on digits"),
        ([YES], [Verdict("small", "no", 28, "<", 30)], "'small' means two things: < and >="),
        ([YES], [Verdict("small", "yes", 28, "<", 10)], "its numbers say something else"),
    ],
)
def test_contradictions_are_named(first, second, problem):
    page = Page(None, None, nbformat.v4.new_notebook())
    runs = [Run(page, "digits", None, first), Run(page, "fashion_mnist", None, second)]
    found = list(contradictions(runs))
    assert found == [] if problem is None else any(problem in line for line in found)


def test_a_report_keeps_the_order_of_the_page(tmp_path):
    page = Page.load(write_book(tmp_path, good_page()), tmp_path)
    lines = list(report([Run(page, "digits", None, [NO._replace(claim="later"), YES])]))
    assert lines == [NAME, "  later:", "    digits         no   28 >= 10", *lines[3:]]
    assert lines[3:] == ["  small:", "    digits         yes  8 < 10"]
