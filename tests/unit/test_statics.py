"""A page that is built alone finds the book's style sheet."""

import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "_ext"))

from book_site.statics import ROOT, find_static_files


def settings():
    """Return what _config.yml says of static files."""
    return SimpleNamespace(
        html_static_path=["_static"],
        html_css_files=[],
        html_favicon="_static/favicon.svg",
        html_theme_options={"logo": {"image_light": "_static/logo.svg", "text": "A book"}},
    )


@pytest.fixture
def source(tmp_path):
    """A folder with the static files of its own."""
    for name in ("favicon.svg", "logo.svg"):
        (tmp_path / "_static").mkdir(exist_ok=True)
        shutil.copy(ROOT / "_static" / name, tmp_path / "_static")
    return tmp_path


def test_the_book_keeps_its_own_paths(source):
    find_static_files(SimpleNamespace(srcdir=source), found := settings())
    assert found == settings()


def test_a_page_alone_gets_those_of_the_book(tmp_path):
    find_static_files(SimpleNamespace(srcdir=tmp_path), found := settings())
    (folder,), icon = found.html_static_path, found.html_favicon
    logo = found.html_theme_options["logo"]
    assert (Path(folder) / "book.css").is_file()
    assert "book.css" in found.html_css_files
    assert Path(icon).is_file() and Path(logo["image_light"]).is_file()
    assert logo["text"] == "A book"


def test_a_page_may_have_no_icon(tmp_path):
    found = settings()
    found.html_favicon, found.html_theme_options = "", {}
    find_static_files(SimpleNamespace(srcdir=tmp_path), found)
    assert (found.html_favicon, found.html_theme_options) == ("", {})
