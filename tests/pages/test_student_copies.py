import nbformat
import pytest
from sample import NAME, code, find, good_page, markdown, solution, write_book

from tools.pages import Page
from tools.student_copies import main, without_solutions


def copied(page, root):
    """Return the copy of a page for students."""
    path = write_book(root, page)
    return nbformat.v4.reads(without_solutions(Page.load(path, root)))


def texts(page):
    return "\n".join(cell.source for cell in page.cells)


def test_a_copy_has_the_exercises_and_not_the_solutions(tmp_path):
    original = good_page()
    wanted = [cell for cell in original.cells if not cell.id.startswith("solution")]
    copy = copied(good_page(), tmp_path)
    assert len(wanted) == len(original.cells) - 6
    assert [(cell.id, cell.source) for cell in copy.cells] == [
        (cell.id, cell.source) for cell in wanted
    ]


def test_a_copy_has_no_outputs(tmp_path):
    copy = copied(good_page(), tmp_path)
    cells = [cell for cell in copy.cells if cell.cell_type == "code"]
    assert len(cells) == len([c for c in good_page().cells if c.cell_type == "code"])
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells)
    nbformat.validate(copy)


def test_solutions_go_wherever_they_stand(tmp_path):
    page = good_page()
    find(
        page, "sources"
    ).source = (
        "More secrets.\n\n## Sources\n\n- Gauss.\n\n<details><summary>Why?</summary>\n\nkept"
    )
    page.cells.insert(8, solution("early", 9, "secret = 1"))
    find(page, "idea").source += "\n\n```text\n## Solutions\n```\n\nStill here."
    copy = copied(page, tmp_path)
    assert "secret" not in texts(copy)
    assert "Still here." in find(copy, "idea").source
    kept = [line for line in find(copy, "sources").source.splitlines() if line]
    assert kept == ["## Sources", "- Gauss.", "<details><summary>Why?</summary>", "kept"]


def test_what_stands_beside_the_solutions_goes(tmp_path):
    page = good_page()
    page.cells.insert(-1, code("beside", "secret = 1"))
    page.cells.insert(-1, markdown("more", "A secret remark."))
    assert "secret" not in texts(copied(page, tmp_path))


def test_copies_keep_the_books_folders_and_what_pages_link_to(tmp_path):
    write_book(tmp_path, good_page())
    assert main([], root=tmp_path) == 0
    out = tmp_path / "_build" / "student"
    files = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert files == ["_static/colab.svg", "chapters/01-sums/index.md", NAME]
    assert main(["--out", str(out)], root=tmp_path) == 0


def test_the_book_itself_is_never_overwritten(tmp_path):
    path = write_book(tmp_path, good_page())
    before = path.read_bytes()
    with pytest.raises(ValueError, match="--out names the book itself"):
        main(["--out", str(tmp_path)], root=tmp_path)
    assert path.read_bytes() == before


def test_a_copy_of_a_page_that_is_gone_is_reported(tmp_path):
    write_book(tmp_path, good_page())
    left = tmp_path / "_build" / "student" / "old.ipynb"
    left.parent.mkdir(parents=True)
    left.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"old\.ipynb; empty that folder"):
        main([], root=tmp_path)


def test_finding_no_page_fails(tmp_path):
    with pytest.raises(FileNotFoundError, match="no page found"):
        main([], root=tmp_path)
