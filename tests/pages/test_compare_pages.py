import nbformat
from sample import code, number_cells, printed, solution
from small_book import run

COMPARE = """
from tools import compare_pages

sys.argv = ["compare_pages", *sys.argv[2:]]
run_command(compare_pages.main)
"""
# Sooner, for a page or two.
ALONE = COMPARE.replace("sys.argv =", "compare_pages.OPTIONS.append('-n0')\nsys.argv =")


def page(path, *cells):
    """Write a notebook whose cells have outputs; return its path as an argument."""
    book = nbformat.v4.new_notebook(cells=list(cells))
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    number_cells(book)
    nbformat.write(book, path)
    return str(path)


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
    assert right.stdout.endswith("2 cells on 1 pages print what is stored\n")


def test_what_a_solution_prints_is_compared_too(tmp_path):
    start = code("start", "x = 1")
    good = page(tmp_path / "good.ipynb", start, solution("solved", 1, "print(x + 1)", out="2"))
    wrong = page(tmp_path / "wrong.ipynb", start, solution("solved", 1, "print(x + 1)", out="3"))
    both = run(tmp_path, good, wrong, code=ALONE)
    assert both.returncode == 1
    assert r"'3\n' == '2\n'" in both.stdout
    assert "1 failed, 3 passed" in both.stdout


def test_a_page_that_is_missing_is_named(tmp_path):
    result = run(tmp_path, "none.ipynb", code=COMPARE)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "error: none.ipynb: there is no such page\n"
