import ast
import json
import stat
import subprocess
import sys

import nbconvert
import nbformat
import pytest
from sample import code, display, find, good_page, markdown, write_book

from tools.files import ROOT, read_notebook
from tools.normalise_notebooks import main, normalise
from tools.notebook_lint import main as lint


def as_an_editor_leaves_it():
    """Return the good page as an editor leaves it: metadata, widgets, pictures."""
    page = good_page()
    page.metadata.update(widgets={"state": {}}, colab={"provenance": []})
    page.metadata.kernelspec.update(name="venv", display_name="venv")
    page.metadata.language_info.update(version="3.12.1", file_extension=".py")
    for cell in page.cells:
        cell.metadata.update(collapsed=False, editable=True)
        if cell.cell_type == "code":
            cell.execution_count = 41
    find(page, "proof").metadata.pop("jupyter")
    find(page, "total").source += "   \n\n"
    stream = {"output_type": "stream", "name": "stdout"}
    find(page, "check").outputs = [
        nbformat.from_dict({**stream, "text": "6"}),
        nbformat.from_dict({**stream, "name": "stderr", "text": "UserWarning"}),
        nbformat.from_dict({**stream, "text": ".0\n"}),
    ]
    figure = display({"image/png": "AAAA", "text/plain": "Figure: A line that rises."})
    figure.metadata = nbformat.from_dict({"image/png": {"width": 640}})
    widget = {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "Demo()"}
    find(page, "figure").outputs = [
        figure,
        display({"image/svg+xml": "<svg/>"}),
        nbformat.v4.new_output("execute_result", widget, execution_count=41),
    ]
    find(page, "failure").outputs[0].traceback = ["\x1b[31mTypeError", "File /home/me/x.py"]
    return page


def test_what_an_editor_leaves_becomes_a_page_that_the_lint_accepts(tmp_path):
    write_book(tmp_path, as_an_editor_leaves_it())
    assert lint([], root=tmp_path) == 1
    assert main([], root=tmp_path) == 0
    assert lint([], root=tmp_path) == 0


def test_text_outputs_stay_and_pictures_go():
    page = as_an_editor_leaves_it()
    stored = nbformat.v4.reads(normalise(page))
    assert [output.text for output in find(stored, "check").outputs] == ["6.0\n"]
    figure, widget = find(stored, "figure").outputs
    assert figure.data == {"text/plain": "Figure: A line that rises."}
    assert figure.metadata == {}
    assert widget.data == {"text/plain": "Demo()"}
    assert widget.execution_count == find(stored, "figure").execution_count == 3
    assert find(stored, "failure").outputs[0].traceback == ["TypeError: no sum"]


def test_what_is_normalised_stays_as_it_is(tmp_path):
    path = write_book(tmp_path, as_an_editor_leaves_it())
    main([], root=tmp_path)
    once = path.read_bytes()
    main([], root=tmp_path)
    assert path.read_bytes() == once
    assert main(["--check"], root=tmp_path) == 0


def test_the_file_has_one_space_of_indent_and_a_final_newline():
    text = normalise(good_page())
    assert text.startswith('{\n "cells": [\n  {\n')
    assert text.endswith("}\n") and not text.endswith("\n\n")


def test_the_exceptions_of_a_page_stay():
    page = good_page()
    page.metadata.update(book={"exceptions": {"cell-number": "the story is long"}})
    assert nbformat.v4.reads(normalise(page)).metadata.book == page.metadata.book


def test_check_rejects_and_changes_nothing(tmp_path, capsys):
    path = write_book(tmp_path, as_an_editor_leaves_it())
    before = path.read_bytes()
    assert main(["--check"], root=tmp_path) == 1
    assert "sums.ipynb: not normalised" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_other_ends_of_lines_are_found_and_mended(tmp_path, capsys):
    """An editor on Windows writes them, and the difference would be the whole page."""
    path = write_book(tmp_path, good_page())
    assert main([], root=tmp_path) == 0
    before = path.read_bytes()
    path.write_bytes(before.replace(b"\n", b"\r\n"))
    assert main(["--check"], root=tmp_path) == 1
    assert main([], root=tmp_path) == 0
    assert path.read_bytes() == before


def test_a_page_becomes_a_script_of_python():
    page = nbformat.v4.reads(normalise(as_an_editor_leaves_it()))
    script, resources = nbconvert.ScriptExporter().from_notebook_node(page)
    assert resources["output_extension"] == ".py"
    ast.parse(script.replace("get_ipython()", "None"))


def test_ids_are_kept_and_missing_ones_are_always_the_same():
    ids = []
    for _ in range(2):
        cells = [markdown("kept", "# A"), markdown("kept", "# B"), code("x", "1"), code("y", "2")]
        cells[2]["id"] = "not allowed!"
        del cells[3]["id"]
        page = nbformat.v4.new_notebook()
        page.cells = cells
        ids.append([cell.id for cell in nbformat.v4.reads(normalise(page)).cells])
    assert ids[0] == ids[1]
    assert ids[0][0] == "kept"
    assert len(set(ids[0])) == 4


def test_an_id_once_given_survives_an_edit():
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    del page.cells[0]["id"]
    first = nbformat.v4.reads(normalise(page))
    changed = nbformat.from_dict(first)
    changed.cells[0].source = "2"
    assert nbformat.v4.reads(normalise(changed)).cells[0].id == first.cells[0].id


def test_an_older_format_is_raised_to_4_5(tmp_path):
    page = good_page()
    for cell in page.cells:
        del cell["id"]
    page.nbformat_minor = 2
    path = write_book(tmp_path, page)
    main([], root=tmp_path)
    assert json.loads(path.read_text("utf-8"))["nbformat_minor"] == 5
    assert lint([], root=tmp_path) == 0


def test_a_file_keeps_its_permissions(tmp_path):
    path = write_book(tmp_path, as_an_editor_leaves_it())
    path.chmod(0o640)
    main([], root=tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_is_no_valid_notebook_is_refused_and_left_alone(tmp_path):
    page = as_an_editor_leaves_it()
    find(page, "total")["unknown"] = 1
    path = write_book(tmp_path, page)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=r"sums\.ipynb: not a valid notebook"):
        main([], root=tmp_path)
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == ["index.md", "sums.ipynb"]


def test_finding_no_notebook_fails(tmp_path):
    with pytest.raises(FileNotFoundError, match="no page found"):
        main(["--check"], root=tmp_path)


def test_a_mistake_on_the_command_line_ends_in_one_sentence():
    command = [sys.executable, "-m", "tools.normalise_notebooks", "none.ipynb"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr == "error: none.ipynb: there is no such page\n"


def test_reading_repairs_nothing(tmp_path):
    page = good_page()
    find(page, "idea").id = "title"
    ids = [cell.id for cell in read_notebook(write_book(tmp_path, page)).cells]
    assert ids.count("title") == 2
