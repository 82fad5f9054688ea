import nbformat
from jupyter_cache import get_cache
from sample import code, number_cells, printed, solution
from small_book import ALONE, COMPARE, page, run, write_page

from tools.page_cache import cache_folder


def test_pages_are_compared_and_their_cells_counted(tmp_path):
    sums = [code("one", "print(1 + 1)", outputs=(printed("2\n"),)), code("two", "x = 1")]
    good = page(tmp_path / "good.ipynb", *sums)
    wrong = page(tmp_path / "wrong.ipynb", code("one", "print(1 + 1)", outputs=(printed("3\n"),)))
    left_out = page(tmp_path / "left_out.ipynb", code("one", "1 / 0", "nbval-skip"))

    mixed = run(tmp_path, good, wrong, code=ALONE)
    assert mixed.returncode == 1
    assert "1 failed, 2 passed" in mixed.stdout

    partial = run(tmp_path, good, left_out, code=ALONE)
    assert partial.returncode == 1
    assert partial.stderr.endswith("3 code cells on the pages, but 2 were run\n")

    right = run(tmp_path, good, code=COMPARE)
    assert right.returncode == 0, right.stdout + right.stderr
    assert right.stdout.endswith("2 cells on 1 pages print what is stored, and once more\n")


def test_what_a_solution_prints_is_compared_too(tmp_path):
    start = code("start", "x = 1")
    good = page(tmp_path / "good.ipynb", start, solution("solved", 1, "print(x + 1)", out="2"))
    wrong = page(tmp_path / "wrong.ipynb", start, solution("solved", 1, "print(x + 1)", out="3"))
    both = run(tmp_path, good, wrong, code=ALONE)
    assert both.returncode == 1
    assert r"'3\n' == '2\n'" in both.stdout
    assert "1 failed, 3 passed" in both.stdout


# A kernel sends what has been printed a few times a second.
SHOWN = """import time
from IPython.display import display
print("be", end="", flush=True)
time.sleep(1)
print("fore")
display(3)
print("after")"""


def test_the_website_takes_the_run_of_a_page_that_passed_as_its_kernel_sent_it(tmp_path):
    (tmp_path / "requirements.txt").write_text("torch\n", encoding="utf-8")
    start = code("start", SHOWN, "nbval-ignore-output")
    solved = solution("solved", 1, "print(1)", out="1")
    kept = write_page(tmp_path, "chapters/kept", start, code("x", "x = 1"), solved)
    wrong = code("one", "print(1 + 1)", outputs=(printed("3\n"),))
    write_page(tmp_path, "chapters/wrong", wrong)
    for path in sorted((tmp_path / "chapters").glob("*.ipynb")):
        book = nbformat.read(path, as_version=4)
        number_cells(book)
        nbformat.write(book, path)
    names = ["chapters/kept.ipynb", "chapters/wrong.ipynb"]
    compared = run(tmp_path, *names, code=ALONE)
    assert "1 failed, 3 passed" in compared.stdout, compared.stdout + compared.stderr
    built = run(tmp_path)
    assert built.stdout.startswith("chapters/kept.ipynb: cached\nchapters/wrong.ipynb: "), built
    cache = get_cache(cache_folder(tmp_path))
    _, page = cache.merge_match_into_notebook(nbformat.read(kept, as_version=4))
    cache.db.dispose()
    assert page.metadata.language_info.pygments_lexer == "ipython3"
    first, second, text = page.cells
    kinds = [output.get("text", output.output_type) for output in first.outputs]
    assert kinds == ["before\n", "display_data", "after\n"]
    assert (second.outputs, text.cell_type) == ([], "markdown")


def test_a_page_that_is_missing_is_named(tmp_path):
    result = run(tmp_path, "none.ipynb", code=COMPARE)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "error: none.ipynb: there is no such page\n"
