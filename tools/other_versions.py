"""Run every page with the versions that other readers have.

``python -m tools.other_versions colab|lowest [page …]``: Colab's versions, or the oldest that
pyproject.toml allows. Each has an environment of its own, of about 5 GB, which is made once and
renewed when the versions asked for change. A page passes if it runs to its end, its assertions
included; what it prints may differ in a digit, so outputs are not compared.
"""

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

from tools.environments import environment
from tools.files import ROOT, run_command
from tools.page_runs import CellFailure, run, two_at_a_time
from tools.pages import Page, page_paths

CONSTRAINTS = ROOT / "tools" / "colab.txt"
# What `uv pip install` is asked for, step by step; the kernel comes on top of the lower bounds.
INSTALLS = {
    "colab": [["--constraints", str(CONSTRAINTS), "--editable", ".", "ipykernel", "ipywidgets"]],
    "lowest": [["--resolution", "lowest-direct", "--editable", "."], ["ipykernel"]],
}
VIEW = "application/vnd.jupyter.widget-view+json"
PYTHONS = {"colab": "3.13", "lowest": "3.11"}


def kernel(python: Path, folder: Path) -> AsyncKernelManager:
    """Return a manager that starts the kernel of an environment; ``folder`` describes it."""
    argv = [
        str(python),
        "-Xfrozen_modules=off",
        "-m",
        "ipykernel_launcher",
        "-f",
        "{connection_file}",
    ]
    spec = {"argv": argv, "display_name": "elsewhere", "language": "python"}
    (folder / "elsewhere").mkdir(exist_ok=True)
    (folder / "elsewhere" / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    specs = KernelSpecManager(kernel_dirs=[str(folder)])
    return AsyncKernelManager(kernel_name="elsewhere", kernel_spec_manager=specs)


def formless(notebook: nbformat.NotebookNode) -> Iterator[int]:
    """Yield the cells, counted from 1, that show a demo without the form that needs no kernel."""
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            kinds = output.get("data", {})
            if VIEW in kinds and 'class="book-demo' not in kinds.get("text/html", ""):
                yield number


def outcome(path: Path, python: Path) -> tuple[str, str | None, float]:
    """Run a page; return its name, what failed, and the seconds it took."""
    page, notebook, began = Page.load(path), nbformat.read(path, as_version=4), time.monotonic()
    failed = None
    with TemporaryDirectory() as folder:
        try:
            run(notebook, path.parent, kernel=kernel(python, Path(folder)))
        except CellFailure as failure:
            failed = f"cell {failure.index + 1}: {failure}"
    if not failed and (numbers := list(formless(notebook))):
        failed = f"cell {numbers[0]}: the demo publishes no static form"
    return page.name, failed, time.monotonic() - began


def main(arguments: list[str] | None = None) -> int:
    """Run the pages; return 1 if one of them fails."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.other_versions", description=__doc__.splitlines()[0]
    )
    parser.add_argument("versions", choices=INSTALLS)
    parser.add_argument("files", nargs="*", help="notebooks; default: all under chapters/")
    options = parser.parse_args(arguments)
    name = options.versions
    python = environment(
        name, version=PYTHONS[name], installs=INSTALLS[name], inputs=[CONSTRAINTS]
    )
    paths = page_paths(options.files)
    failures = 0
    for page, failed, seconds in two_at_a_time(lambda path: outcome(path, python), paths):
        print(f"{page}: {f'FAILED, {failed}' if failed else f'{seconds:.1f} s'}", flush=True)
        failures += failed is not None
    print(f"{name}: {len(paths) - failures} passed, {failures} failed")
    return int(failures > 0)


if __name__ == "__main__":
    run_command(main)
