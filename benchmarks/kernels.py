"""Time to execute all pages with warm kernels and with ordinary ones.

``python -m benchmarks.kernels [rounds]``. Nothing is cached; the two ways take turns, so that a
busy machine slows both. Whatever a page prints or draws must be the same both ways.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_cache import get_cache

from tools.files import ROOT
from tools.page_cache import cache_folder
from tools.pages import book_pages

ROUNDS = 2
RUN = "import sys; from pathlib import Path; from tools.execute_pages import main; "
RUN += "sys.exit(main([], root=Path(sys.argv[1])))"


@dataclass(frozen=True)
class Comparison:
    """Seconds of each round both ways, and the pages whose outputs were not the same."""

    cold: list[float]
    warm: list[float]
    different: list[str]

    @property
    def times_faster(self) -> float:
        """How much faster warm kernels are: the median over the rounds of the ratio."""
        return statistics.median(c / w for c, w in zip(self.cold, self.warm, strict=True))


@contextmanager
def book() -> Iterator[Path]:
    """Give a copy of the book that nobody else changes or builds."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("chapters", "utils"):
            shutil.copytree(ROOT / name, root / name)
        for name in ("_toc.yml", "requirements.txt"):
            shutil.copy(ROOT / name, root)
        (root / "data").mkdir()
        shutil.copy(ROOT / "data" / "sources.json", root / "data")
        yield root


def execute(root: Path, *, cold: bool) -> tuple[float, dict[str, list]]:
    """Execute all pages with nothing cached.

    Returns:
        The seconds, and by page the outputs of the cells that do not vary from run to run.
    """
    shutil.rmtree(root / "_build", ignore_errors=True)
    settings = {"BOOK_COLD_KERNELS": str(int(cold)), "PYTHONPATH": str(root)}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", RUN, root],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, **settings, "OMP_NUM_THREADS": "1"},
        cwd=ROOT,
    )
    return time.perf_counter() - start, outputs(root)


def outputs(root: Path) -> dict[str, list]:
    """Return the cached outputs by page, without what varies: some cells, names of widgets."""
    cache, found = get_cache(cache_folder(root)), {}
    for page in book_pages(root):
        _, run = cache.merge_match_into_notebook(nbformat.read(page.path, as_version=4))
        found[page.name] = [
            [strip(output) for output in cell.outputs]
            for cell in run.cells
            if cell.cell_type == "code"
            and "nbval-ignore-output" not in cell.metadata.get("tags", [])
        ]
    cache.db.dispose()
    return found


def strip(output: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return an output without the name of a widget, which is drawn anew in each kernel."""
    output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    return output


def run(rounds: int = ROUNDS) -> Comparison:
    """Measure both ways in turns."""
    cold, warm, different = [], [], set()
    with book() as root:
        for _ in range(rounds):
            seconds, expected = execute(root, cold=True)
            cold.append(seconds)
            seconds, found = execute(root, cold=False)
            warm.append(seconds)
            different |= {name for name in expected if expected[name] != found[name]}
    return Comparison(cold, warm, sorted(different))


def table(result: Comparison) -> list[str]:
    """Return the result as rows of a Markdown table and a sentence."""
    same = "every page printed and drew the same both ways"
    if result.different:
        same = f"not the same both ways on {', '.join(result.different)}"
    return [
        "| all pages, nothing cached | seconds, by round |",
        "|---|---|",
        f"| ordinary kernels | {', '.join(f'{seconds:.1f}' for seconds in result.cold)} |",
        f"| warm kernels | {', '.join(f'{seconds:.1f}' for seconds in result.warm)} |",
        f"| times faster, median | {result.times_faster:.2f} |",
        "",
        f"Outputs: {same}.",
    ]


if __name__ == "__main__":
    print("\n".join(table(run(int(sys.argv[1]) if sys.argv[1:] else ROUNDS))))
