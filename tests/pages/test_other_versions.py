"""Pages with other versions: environments made once, static forms looked for, clear failures."""

import os
import sys
from pathlib import Path

import pytest
from sample import code, display, find, good_page, write_book

from tools.other_versions import formless, outcome
from tools.pages import Page

VIEW = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "Demo()"}


def ran(source, root, monkeypatch):
    """Return what failed when a page with one cell of code ran on this Python."""
    page = good_page()
    page.cells = [find(page, "title"), code("only", source)]
    path = write_book(root, page)
    load = Page.load
    monkeypatch.setattr(Page, "load", lambda path: load(path, root))
    return outcome(path, Path(sys.executable))[1]


def test_a_page_that_runs_to_its_end_passes(tmp_path, monkeypatch):
    assert (
        ran("from utils.widgets.softmax import Softmax\nSoftmax()", tmp_path, monkeypatch) is None
    )


@pytest.mark.parametrize("end", ["", "\nraise SystemExit"])
def test_no_kernel_stays_behind(end, tmp_path, monkeypatch):
    note = tmp_path / "pid"
    ran(f"import os\nopen({str(note)!r}, 'w').write(str(os.getpid())){end}", tmp_path, monkeypatch)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


def test_a_cell_that_fails_is_named(tmp_path, monkeypatch):
    failed = ran("assert 1 > 2, 'too old'", tmp_path, monkeypatch)
    assert failed.startswith("cell 2: AssertionError: too old")


def test_a_demo_without_its_static_form_is_named(tmp_path, monkeypatch):
    source = "import ipywidgets\nipywidgets.IntSlider()"
    assert ran(source, tmp_path, monkeypatch) == "cell 2: the demo publishes no static form"


def test_a_static_form_counts_only_if_it_is_the_books():
    page = good_page()
    forms = (
        {**VIEW, "text/html": '<div class="book-demo"></div>'},
        {**VIEW, "text/html": "<p>x</p>"},
    )
    find(page, "check").outputs = [display(data) for data in forms]
    assert list(formless(page)) == [page.cells.index(find(page, "check")) + 1]
