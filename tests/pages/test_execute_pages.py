import json

import nbformat
import pytest
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from sample import code, markdown
from small_book import run, write_page

from tools.execute_pages import main
from tools.page_cache import PageCache, cache_folder
from tools.page_inputs import page_digest, used_files
from tools.pages import Page, book_pages, parse_code

FILES = {
    "utils/__init__.py": "",
    "utils/numbers.py": "from .helpers import deep\n\nANSWER = 42\n",
    "utils/helpers/__init__.py": "",
    "utils/helpers/deep.py": "def late():\n    from utils import later\n",
    "utils/later.py": "TABLE = 'table.json'\n",
    "utils/unused.py": "",
    "utils/widgets/__init__.py": "",
    "utils/widgets/dial/__init__.py": "class Dial:\n    module = 'dial/view'\n",
    "utils/widgets/dial/view.mjs": 'import { knob } from "../kit/knob.mjs";\n',
    "utils/widgets/kit/knob.mjs": "export const knob = 1;\n",
    "utils/widgets/kit/unused.mjs": "",
    "data/table.json": "{}",
    "requirements.txt": "torch\n",
}
IMPORTS = "%matplotlib inline\nfrom utils import numbers\nimport utils.widgets.dial"


@pytest.fixture
def book(tmp_path):
    """A book without pages, with a package of its own."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "index.md").write_text("# Book\n", encoding="utf-8")
    return tmp_path


def cached_outputs(root, path):
    """Return the outputs of a page's cells as jupyter-book takes them from the cache."""
    cache = get_cache(cache_folder(root))
    try:
        _, page = cache.merge_match_into_notebook(nbformat.read(path, as_version=4))
        return [cell.get("outputs") for cell in page.cells]
    finally:
        cache.db.dispose()


def test_a_page_runs_once_and_again_when_what_it_uses_changes(book, capsys, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    path = write_page(
        book,
        "chapters/answer",
        code("one", "from pathlib import Path\nfrom utils.numbers import ANSWER"),
        markdown("text", "Now it **fails**."),
        code("two", "1 / 0", "raises-exception"),
        code("three", "print(ANSWER, Path.cwd().name)"),
    )
    first = run(book, "--timings", str(book / "seconds.json"))
    assert first.returncode == 0, first.stdout + first.stderr
    seconds = json.loads((book / "seconds.json").read_text("utf-8"))
    assert list(seconds) == ["chapters/answer.ipynb"]
    assert first.stdout == f"chapters/answer.ipynb: {seconds['chapters/answer.ipynb']:.1f} s\n"
    outputs = cached_outputs(book, path)
    assert outputs[2][0].ename == "ZeroDivisionError"
    assert outputs[3][0].text == "42 chapters\n"

    assert main([], root=book) == 0
    assert capsys.readouterr().out == "chapters/answer.ipynb: cached\n"

    (book / "utils/numbers.py").write_text("ANSWER = 43\n", encoding="utf-8")
    again = run(book)
    assert again.stdout.endswith(" s\n"), again.stdout + again.stderr
    assert cached_outputs(book, path)[3][0].text == "43 chapters\n"


def test_failing_pages_are_reported_and_leave_nothing_in_the_cache(book):
    cells = code("one", "import utils.numbers"), code("two", "word = 'x'\nint(word)")
    path = write_page(book, "chapters/bad", markdown("text", "Careful."), *cells)
    write_page(book, "chapters/dead", code("one", "import os"), code("two", "os._exit(1)"))
    cache = get_cache(cache_folder(book))
    page = nbformat.read(path, as_version=4)
    cache.cache_notebook_bundle(CacheBundleIn(page, str(path)), check_validity=False)
    result = run(book)
    assert result.returncode == 1
    assert "chapters/bad.ipynb: cell 3 failed" in result.stdout
    assert "word = 'x'\nint(word)" in result.stdout
    assert "ValueError: invalid literal for int() with base 10: 'x'" in result.stdout
    assert "chapters/dead.ipynb: cell 2 failed\nKernel died" in result.stdout
    assert "2 of 2 pages failed: chapters/" in result.stdout
    assert cache.list_cache_records() == []
    cache.db.dispose()


def test_what_is_no_longer_in_the_book_leaves_the_cache(book):
    gone = write_page(book, "chapters/gone", code("one", "print('gone')"))
    kept = write_page(book, "chapters/kept", code("one", "print('kept')"))
    cache = get_cache(cache_folder(book))
    for path in (gone, kept):
        cache.add_nb_to_project(str(path))
        page = nbformat.read(path, as_version=4)
        cache.cache_notebook_bundle(CacheBundleIn(page, str(path)), check_validity=False)
    PageCache(book, [Page.load(kept, book)]).close()
    assert [record.uri for record in cache.list_cache_records()] == [str(kept)]
    assert [record.uri for record in cache.list_project_records()] == [str(kept)]
    cache.db.dispose()


def test_everything_a_page_imports_is_found(book):
    found = used_files([parse_code(IMPORTS)], book)
    names = {path.relative_to(book).as_posix() for path in found}
    assert names == set(FILES) - {
        "utils/unused.py",
        "utils/widgets/kit/unused.mjs",
        "requirements.txt",
    }


@pytest.mark.parametrize("name", FILES)
def test_a_digest_changes_exactly_with_the_files_a_page_uses(name, book):
    page = Page.load(write_page(book, "chapters/page", code("one", IMPORTS)), book)
    before = page_digest(page)
    with (book / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert (page_digest(page) == before) == ("unused" in name)


def test_a_digest_changes_with_the_books_settings_alone(book, monkeypatch):
    page = Page.load(write_page(book, "chapters/page", code("one", "1"), code("two", "1 +")), book)
    before = page_digest(page)
    monkeypatch.setenv("OTHER_SETTING", "1")
    monkeypatch.setenv("BOOK_COLD_KERNELS", "1")
    assert page_digest(page) == before
    monkeypatch.setenv("BOOK_DATASET", "fashion_mnist")
    assert page_digest(page) != before


def test_pages_come_in_reading_order(book):
    for name in ("b", "a"):
        write_page(book, f"chapters/{name}", code("one", "1"))
    toc = "format: jb-book\nroot: index\nchapters:\n- file: chapters/b\n  sections:\n"
    (book / "_toc.yml").write_text(toc + "  - file: chapters/a\n", encoding="utf-8")
    assert [page.name for page in book_pages(book)] == ["chapters/b.ipynb", "chapters/a.ipynb"]


def test_a_book_without_pages_is_an_error(book):
    (book / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    with pytest.raises(ValueError, match="lists no notebook"):
        main([], root=book)
