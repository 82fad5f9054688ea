"""Pages with other versions: environments made once, static forms looked for, clear failures."""

import os
import sys
from pathlib import Path

import pytest
from sample import code, display, find, good_page, write_book

from tools import other_versions
from tools.other_versions import environment, formless, interpreter, outcome
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


def test_a_python_that_does_not_start_is_passed_over(tmp_path, monkeypatch):
    shim = tmp_path / "python9.9"
    shim.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert interpreter("9.9") == sys.executable
    own = tmp_path / ".pyenv" / "versions" / "9.9.1" / "bin" / "python"
    own.parent.mkdir(parents=True)
    own.symlink_to(sys.executable)
    assert interpreter("9.9") == str(own)


@pytest.fixture
def uv(tmp_path, monkeypatch):
    """Stand in for uv; return the list of its calls."""
    calls = []

    def called(*arguments):
        calls.append(arguments[0])
        (tmp_path / ".venv-colab").mkdir(exist_ok=True)
        return 0

    monkeypatch.setattr(other_versions, "ROOT", tmp_path)
    monkeypatch.setattr(other_versions, "CONSTRAINTS", tmp_path / "colab.txt")
    monkeypatch.setattr(other_versions, "uv", called)
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (tmp_path / "colab.txt").write_text("torch==2.11.*\n", encoding="utf-8")
    return calls


def test_an_environment_is_made_once_and_again_when_its_versions_change(uv, tmp_path):
    python = environment("colab")
    assert python == tmp_path / ".venv-colab" / "bin" / "python" and uv == ["venv", "pip"]
    environment("colab")
    assert uv == ["venv", "pip"]
    (tmp_path / "colab.txt").write_text("torch==2.12.*\n", encoding="utf-8")
    environment("colab")
    assert uv == ["venv", "pip", "venv", "pip"]


def test_an_environment_that_failed_is_not_taken_for_a_good_one(uv, monkeypatch):
    monkeypatch.setattr(other_versions, "uv", lambda *arguments: arguments[0] == "pip")
    (other_versions.ROOT / ".venv-colab").mkdir()
    for _ in range(2):
        with pytest.raises(OSError, match="uv could not fill"):
            environment("colab")
