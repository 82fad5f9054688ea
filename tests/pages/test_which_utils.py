"""The first cells of a page say what to do when `utils` is missing, or is somebody else's.

They run in kernels of their own, because only the place of the files decides: a page that was
downloaded alone and a copy for students, each in an empty folder, on a Python that has all
libraries and no book.
"""

import json
import os
import re
import sys
import sysconfig
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tools.files import repository
from tools.pages import Page
from tools.set_up import set_up_source
from tools.student_copies import without_solutions

ROOT = Path(__file__).parents[2]
PAGE = Page.load(ROOT / "chapters/07-cnn/padding-and-stride.ipynb", ROOT)
TEXTS = {"downloaded": PAGE.path.read_text("utf-8"), "for students": without_solutions(PAGE)}
INSTALL = f"%pip install git+{repository(ROOT)[0]}"
STRANGER = 'print("a stranger\'s code ran")\n'

each_page = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())


@pytest.fixture(scope="module")
def libraries(tmp_path_factory):
    """All that the book needs, and not the book."""
    folder = tmp_path_factory.mktemp("libraries")
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if path.name != "utils":
            (folder / path.name).symlink_to(path)
    return folder


@pytest.fixture
def kernels(libraries, tmp_path, monkeypatch):
    """A kernel `python3` without the book, whatever other kernels there are."""
    folder = tmp_path / "jupyter" / "kernels" / "python3"
    folder.mkdir(parents=True)
    # Without site (-S) nobody reads the .pth file through which the book is installed.
    start = (
        f"import sys; sys.path.append({str(libraries)!r}); "
        "from ipykernel.kernelapp import launch_new_instance; launch_new_instance()"
    )
    argv = [sys.executable, "-S", "-c", start, "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "no book", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.delenv("PYTHONPATH", raising=False)


@pytest.fixture
def folder(kernels, tmp_path):
    """The folder that a page was put into."""
    place = tmp_path / "my lessons"
    place.mkdir()
    return place


def run(text: str, folder: Path) -> nbformat.NotebookNode:
    """Run the set-up and the imports of a page in a folder; raise if a cell fails."""
    page = nbformat.reads(text, as_version=4)
    code = [cell for cell in page.cells if cell.cell_type == "code"][:2]
    assert code[0].source == set_up_source(repository(ROOT)[0])
    page.cells = code
    NotebookClient(page, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    return page


def complaint(text: str, folder: Path) -> str:
    """Return the one sentence with which the set-up of a page stops."""
    with pytest.raises(CellExecutionError) as failure:
        run(text, folder)
    assert failure.value.ename == "ImportError"
    assert "a stranger's code ran" not in str(failure.value)
    sentence = failure.value.evalue
    assert "\n" not in sentence and sentence.endswith(".") and ". " not in sentence
    # PyPI has a package of the name, which is none of ours.
    assert not re.search(r"pip install (?!git\+)", sentence)
    assert INSTALL in sentence and "restart the kernel" in sentence and "make lab" in sentence
    return sentence


@each_page
def test_no_book_at_all(text, folder):
    assert complaint(text, folder).startswith("This page needs the book:")


@each_page
@pytest.mark.parametrize("name", ["utils.py", "utils/__init__.py", "utils/tables.py"])
def test_a_readers_own_utils_beside_the_page(text, name, folder):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(STRANGER, encoding="utf-8")
    sentence = complaint(text, folder)
    assert str(folder / "utils") in sentence and "rename it" in sentence


@each_page
def test_another_project_on_pythonpath(text, folder, tmp_path, monkeypatch):
    other = tmp_path / "project" / "utils"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text(STRANGER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(other.parent), str(ROOT)]))
    sentence = complaint(text, folder)
    assert str(other) in sentence and "take its folder off PYTHONPATH" in sentence


@each_page
def test_a_book_that_is_found_is_used(text, folder, monkeypatch):
    # A folder without code of a package's own gives way to the book's package.
    (folder / "utils").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    page = run(text, folder)
    assert [cell.outputs for cell in page.cells] == [[], []]
