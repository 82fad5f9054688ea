"""Execute pages in place, solutions included: ``python -m tools.store_pages [files]``.

Each page runs once, in one kernel, followed by the code of its solutions. What both print is
stored in the form of :mod:`tools.normalise_notebooks`.
"""

import argparse
import os
from pathlib import Path

from tools.files import ROOT, read_notebook, run_command, write_atomically
from tools.kernels import warm_kernels
from tools.normalise_notebooks import normalise
from tools.page_runs import CellFailure, run, two_at_a_time
from tools.pages import page_paths
from tools.solutions import expanded, take_outputs


def store(path: Path) -> str:
    """Run a page in its own folder and write what it prints into its file.

    Returns:
        What went wrong, or an empty text; a page that fails stays as it was.
    """
    before = path.read_text(encoding="utf-8")
    notebook = read_notebook(path)
    executed = expanded(notebook)
    try:
        run(executed, path.parent)
        take_outputs(notebook, executed)
        text = normalise(notebook)
    except (CellFailure, ValueError) as error:
        return f"{path}: {error}"
    if path.read_text(encoding="utf-8") != before:
        return f"{path}: the page was changed while it ran; run it again"
    write_atomically(path, text)
    print(f"{path}: stored", flush=True)
    return ""


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Store every page, and report all that failed."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.store_pages", description=__doc__.splitlines()[0]
    )
    parser.add_argument("files", nargs="*", help="notebooks; default: all under chapters/")
    paths = page_paths(parser.parse_args(arguments).files, root)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # two kernels share the machine
    with warm_kernels():
        failures = [problem for problem in two_at_a_time(store, paths) if problem]
    print(*failures, sep="\n", end="\n" if failures else "")
    return int(bool(failures))


if __name__ == "__main__":
    run_command(main)
