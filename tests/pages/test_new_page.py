"""A page that is begun passes the lint, its tests and the style, before anything is written."""

import shutil

import pytest

from tools.book_copy import copy_folders, run_copy
from tools.files import ROOT
from tools.new_page import main

PAGE = "01-x/the-ramp"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A copy of the book with one chapter and no page."""
    root = tmp_path_factory.mktemp("book")
    copy_folders(root, "tools", "utils", "_static", "data")
    (root / "chapters" / "01-x").mkdir(parents=True)
    (root / "chapters" / "01-x" / "index.md").write_text("# X\n", encoding="utf-8")
    (root / "tests" / "unit" / "widgets").mkdir(parents=True)
    unit = [f"tests/unit/{name}" for name in ("exercise_checks.py", "widgets/test_answers.py")]
    for name in ("_config.yml", "pyproject.toml", "chapters/ruff.toml", *unit):
        shutil.copy(ROOT / name, root / name)
    return root


def run(root, *command):
    """Run a command of the copy; return what it printed."""
    ended = run_copy(root, *command)
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


def test_a_new_page_runs_and_passes_everything(book):
    assert "Add chapters/01-x/the-ramp to _toc.yml" in run(book, "tools.new_page", PAGE)
    assert run(book, "tools.notebook_lint") == "1 pages, 0 findings\n"
    run(book, "tools.normalise_notebooks", "--check")
    tests = ["tests/unit/test_exercises_the_ramp.py", "tests/unit/widgets/test_answers.py"]
    new = [f"chapters/{PAGE}.ipynb", "utils/exercises/the_ramp.py", tests[0]]
    run(book, "ruff", "check", *new)
    run(book, "ruff", "format", "--check", *new)
    run(book, "pytest", "-q", "-p", "no:cacheprovider", *tests, "-k", "ramp or sheet or key")


@pytest.mark.parametrize("name", ["the-ramp", "x/the-ramp", "01-x/The-Ramp", "01-x/a/b", "01-x/1"])
def test_a_name_that_is_none_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match="is no name of a page"):
        main([name], root=tmp_path)


def test_a_chapter_has_an_overview_first(tmp_path):
    with pytest.raises(ValueError, match="write the chapter's overview"):
        main([PAGE], root=tmp_path)


@pytest.mark.parametrize(
    "taken", ["chapters/01-x/the-ramp.ipynb", "tests/unit/test_exercises_the_ramp.py"]
)
def test_nothing_is_overwritten(taken, tmp_path):
    shutil.copy(ROOT / "_config.yml", tmp_path)
    for path in ("chapters/01-x/index.md", taken):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="is there already"):
        main([PAGE], root=tmp_path)
    assert (tmp_path / taken).read_text("utf-8") == "mine"
    assert not (tmp_path / "utils").exists()
