"""A page runs from any folder with the package installed from a wheel, as in Colab."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
WHERE = "import utils\nprint(utils.__file__)"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run = [sys.executable, "-m"]
    build = [*run, "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    install = [*run, "pip", "install", "--quiet", "--no-deps", "--target", folder / "site", wheel]
    subprocess.run(install, check=True, capture_output=True)
    return folder / "site"


def test_wheel_carries_the_demos_and_the_registry_and_nothing_else(installed):
    assert (installed / "utils" / "widgets" / "kit" / "parts.mjs").is_file()
    assert (installed / "utils" / "widgets" / "kit" / "parts.css").is_file()
    assert (installed / "utils" / "data" / "sources.json").is_file()
    for text in (ROOT / "data" / "texts").glob("*.txt"):
        assert (installed / "utils" / "data" / text.name).read_bytes() == text.read_bytes()
    assert {path.name for path in installed.iterdir() if path.suffix != ".dist-info"} == {"utils"}


def test_page_runs_from_another_folder(installed, tmp_path):
    page = nbformat.read(ROOT / "chapters/07-cnn/padding-and-stride.ipynb", as_version=4)
    page.cells.append(nbformat.v4.new_code_cell(WHERE))
    nbformat.write(page, tmp_path / "page.ipynb")
    execute = Path(sys.executable).with_name("jupyter-execute")
    subprocess.run(
        [execute, "--inplace", "page.ipynb"],
        check=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
    )
    done = nbformat.read(tmp_path / "page.ipynb", as_version=4)
    assert str(installed) in done.cells[-1].outputs[0].text
