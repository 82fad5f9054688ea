"""A demo that is begun stands on the stage and passes all tests, before anything is changed."""

import shutil

import pytest

from tools.book_copy import copy_folders, run_copy
from tools.files import ROOT
from tools.new_demo import main

pytestmark = pytest.mark.browser
NAME = "the_ramp"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A copy of what demos and their tests need, without any other demo's tests."""
    root = tmp_path_factory.mktemp("book")
    copy_folders(root, "tools", "utils", "_static", "data")
    for part in ("tests/site", "tests/unit/widgets"):
        (root / part).mkdir(parents=True)
    for path in [
        ROOT / "pyproject.toml",
        *(ROOT / "tests/site").glob("*.py"),
        ROOT / "tests/unit/widgets/test_demo_sheets.py",
    ]:
        shutil.copy(path, root / path.relative_to(ROOT))
    return root


def run(root, *command):
    """Run a command of the copy; return how it ended and what it printed."""
    ended = run_copy(root, *command)
    return ended.returncode, ended.stdout


def test_a_new_demo_passes_everything(book):
    status, printed = run(book, "tools.new_demo", NAME)
    assert status == 0, printed
    assert f"tests/site/{NAME}/test_{NAME}_demo.py: begun" in printed
    new = [f"utils/widgets/{NAME}", f"tests/site/{NAME}", f"tests/unit/widgets/test_{NAME}.py"]
    for style in (["check"], ["format", "--check"]):
        status, printed = run(book, "ruff", *style, *new)
        assert status == 0, printed
    tests = ["tests/site/test_all_demos.py", "tests/unit/widgets/test_demo_sheets.py", *new]
    plain = ["-q", "-p", "no:cacheprovider", "-p", "no:nbval", "--doctest-modules"]
    status, printed = run(book, "pytest", *plain, *tests, "-k", NAME)
    assert status == 0, printed
    # For all demos 10 in the browser and 4 of their files, its own 3 there and 6 in Python.
    assert "23 passed" in printed


def test_its_tests_notice_what_is_wrong(book):
    module = book / "utils" / "widgets" / NAME / "math.mjs"
    right = module.read_text("utf-8")
    module.write_text(right.replace("x * x", "x + x"), encoding="utf-8")
    try:
        status, printed = run(book, "pytest", "-q", "-p", "no:nbval", f"tests/site/{NAME}")
    finally:
        module.write_text(right, encoding="utf-8")
    assert status == 1
    assert f"FAILED tests/site/{NAME}/test_{NAME}_math.py" in printed


@pytest.mark.parametrize("name", ["The_ramp", "the-ramp", "1x", "a__b", "a/b", "kit", "specimen"])
def test_a_name_that_is_none_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match="is no name of a demo"):
        main([name], root=tmp_path)


def test_nothing_is_overwritten(tmp_path):
    mine = tmp_path / "tests" / "unit" / "widgets" / f"test_{NAME}.py"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(ValueError, match="is there already"):
        main([NAME], root=tmp_path)
    assert mine.read_text("utf-8") == "mine"
    assert not (tmp_path / "utils").exists()
