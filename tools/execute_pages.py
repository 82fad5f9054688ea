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
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.executors.utils import single_nb_execution
from sphinx_external_toc.parsing import parse_toc_yaml

from tools.files import ROOT, only_build, run_command, write_atomically
from tools.kernels import warm_kernels
from tools.page_inputs import page_digest
from tools.page_runs import KERNEL_OPTIONS, WORKERS
from tools.pages import Page

CELL_TIMEOUT = 600  # seconds
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class PageError(Exception):
    """A page that did not run to its end."""


def book_pages(root: Path) -> list[Page]:
    """Return the notebooks that ``_toc.yml`` lists, in reading order.

    Raises:
        ValueError: if it lists none.
    """
    names = [name.removesuffix(".ipynb") for name in parse_toc_yaml(root / "_toc.yml")]
    paths = [root / f"{name}.ipynb" for name in names]
    pages = [Page.load(path, root) for path in paths if path.is_file()]
    if not pages:
        raise ValueError("_toc.yml lists no notebook that exists; add the book's pages to it")
    return pages


def cache_folder(root: Path) -> Path:
    """Return the folder where jupyter-book looks for executed pages by default."""
    return root / "_build" / ".jupyter_cache"


def execute(page: Page) -> CacheBundleIn:
    """Run a page in its own folder and return what the cache keeps of it.

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
    return CacheBundleIn(notebook, str(page.path), data={"execution_seconds": result.time})


def drop_stale(pages: list[Page], cache: JupyterCacheAbstract) -> None:
    """Remove cached runs of code that no page holds any more, and pages gone from the book."""
    books = [nbformat.read(page.path, as_version=4) for page in pages]
    current = {cache.create_hashed_notebook(book)[1] for book in books}
    for record in cache.list_cache_records():
        if record.hashkey not in current:
            cache.remove_cache(record.pk)
    paths = {str(page.path) for page in pages}
    for record in cache.list_project_records():
        if record.uri not in paths:
            cache.remove_nb_from_project(record.pk)


def cached_seconds(page: Page, cache: JupyterCacheAbstract, *, fresh: bool) -> float | None:
    """Return how long the cached run of a page took, or None when there is no such run.

    A run that is not ``fresh`` is removed: were the new run to fail, the website
    would show the old one.
    """
    try:
        record = cache.match_cache_notebook(nbformat.read(page.path, as_version=4))
    except KeyError:
        return None
    if not fresh:
        cache.remove_cache(record.pk)
        return None
    return record.data["execution_seconds"]


def executed(pages: list[Page]) -> Iterator[tuple[Page, CacheBundleIn | PageError]]:
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
    pages = book_pages(root)
    cache = get_cache(cache_folder(root))
    drop_stale(pages, cache)
    # Before the kernels see `utils`: if it changes in between, pages run again the next time.
    digests = {page.name: page_digest(page) for page in pages}
    store = cache_folder(root) / "digests.json"
    stored = json.loads(store.read_text(encoding="utf-8")) if store.is_file() else {}
    known = {name: digest for name, digest in stored.items() if digest == digests.get(name)}
    seconds, waiting, failed = {}, [], []
    for page in pages:
        seen = cached_seconds(page, cache, fresh=page.name in known)
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
        cache.cache_notebook_bundle(outcome, check_validity=False, overwrite=True)
        seconds[page.name] = outcome.data["execution_seconds"]
        known[page.name] = digests[page.name]
        write_atomically(store, json.dumps(known, indent=1, sort_keys=True) + "\n")
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
