"""Execute the book's pages, two at a time, into the cache that jupyter-book reads.

``python -m tools.execute_pages [--timings FILE.json] [-- COMMAND …]``. A page runs again when
its code changed, or anything that :mod:`tools.page_inputs` counts to its inputs. The command
runs when every page has passed, and no other build runs meanwhile.
"""

import argparse
import json
import os
import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import nbformat
from jupyter_cache.executors.utils import single_nb_execution

from tools.files import ROOT, only_build, run_command, write_atomically
from tools.kernels import warm_kernels
from tools.page_cache import PageCache
from tools.page_runs import KERNEL_OPTIONS, WORKERS
from tools.pages import Page, book_pages

CELL_TIMEOUT = 600  # seconds
ANSI = re.compile(r"\x1b\[[0-9;]*m")


Run = tuple[nbformat.NotebookNode, float]  # a page with its outputs, and the seconds it took


class PageError(Exception):
    """A page that did not run to its end."""


def execute(page: Page) -> Run:
    """Run a page in its own folder.

    Raises:
        PageError: if a cell fails; the message shows the cell and the exception.
    """
    notebook = nbformat.read(page.path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    started = []
    try:
        result = single_nb_execution(
            notebook,
            cwd=str(page.path.parent),
            timeout=CELL_TIMEOUT,
            allow_errors=False,
            extra_arguments=KERNEL_OPTIONS,
            on_cell_execute=lambda cell, cell_index: started.append(cell_index + 1),
        )
        failure = result.err
    except RuntimeError as error:  # the kernel died, or did not start
        failure = error
    if failure is not None:
        place = f"cell {started[-1]}" if started else "the kernel"
        raise PageError(f"{page.name}: {place} failed\n{ANSI.sub('', str(failure)).strip()}")
    return notebook, result.time


def executed(pages: list[Page]) -> Iterator[tuple[Page, Run | PageError]]:
    """Run pages two at a time; yield each with its run, or with what failed, when it ends."""
    if not pages:
        return
    # Threads suffice, because the work is done by the kernels, which are processes.
    pool = ThreadPoolExecutor(WORKERS)
    try:
        with warm_kernels():
            runs = {pool.submit(execute, page): page for page in pages}
            for run in as_completed(runs):
                error = run.exception()
                yield runs[run], error if isinstance(error, PageError) else run.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # kernels end with this process


def run_pages(root: Path) -> tuple[dict[str, float], list[str]]:
    """Bring the cache up to date, printing one line for each page.

    Returns:
        Seconds by page, cached ones included, and the names of the pages that failed.
    """
    cache = PageCache(root, book_pages(root))
    seconds, waiting, failed = {}, [], []
    for page in cache.pages:
        seen = cache.seconds(page)
        if seen is None:
            waiting.append(page)
        else:
            seconds[page.name] = seen
            print(f"{page.name}: cached", flush=True)
    for page, outcome in executed(waiting):
        if isinstance(outcome, PageError):
            failed.append(page.name)
            print(outcome, flush=True)
            continue
        cache.keep(page, *outcome)
        seconds[page.name] = outcome[1]
        print(f"{page.name}: {seconds[page.name]:.1f} s", flush=True)
    return seconds, failed


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Execute what changed; return 1 if a page failed, else what the command returns."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.execute_pages", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--timings", type=Path, help="write the seconds of each page as JSON")
    parser.add_argument("command", nargs="*", help="what to run when every page has passed")
    options = parser.parse_args(arguments)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # two kernels share the machine
    with only_build(root):
        seconds, failed = run_pages(root.resolve())
        if options.timings:
            text = json.dumps(seconds, indent=1, sort_keys=True)
            write_atomically(options.timings, text + "\n")
        if failed:
            pages = len(seconds) + len(failed)
            print(f"{len(failed)} of {pages} pages failed: {', '.join(failed)}")
            return 1
        return subprocess.run(options.command, check=False).returncode if options.command else 0


if __name__ == "__main__":
    run_command(main)
