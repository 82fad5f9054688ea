"""The executed pages that jupyter-book reads, and what each of them was run with."""

import json
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbconvert.preprocessors.coalescestreams import CoalesceStreamsPreprocessor

from tools.files import write_atomically
from tools.page_inputs import page_digest
from tools.pages import Page


def cache_folder(root: Path) -> Path:
    """Return the folder where jupyter-book looks for executed pages by default."""
    return root / "_build" / ".jupyter_cache"


class PageCache:
    """The runs of a book's pages; a run is kept with the digest of the page's inputs."""

    def __init__(self, root: Path, pages: list[Page]) -> None:
        """Open the cache for the pages of a book, and forget what none of them holds any more."""
        self.cache = get_cache(cache_folder(root))
        self.pages = pages
        self._store = cache_folder(root) / "digests.json"
        # Before kernels see `utils`: if it changes in between, pages run again the next time.
        self._digests = {page.name: page_digest(page) for page in pages}
        stored = json.loads(self._store.read_text("utf-8")) if self._store.is_file() else {}
        self._known = {
            name: digest for name, digest in stored.items() if digest == self._digests.get(name)
        }
        self._drop_stale()

    def _drop_stale(self) -> None:
        """Remove runs of code that no page holds any more, and pages gone from the book."""
        books = [nbformat.read(page.path, as_version=4) for page in self.pages]
        current = {self.cache.create_hashed_notebook(book)[1] for book in books}
        for record in self.cache.list_cache_records():
            if record.hashkey not in current:
                self.cache.remove_cache(record.pk)
        paths = {str(page.path) for page in self.pages}
        for record in self.cache.list_project_records():
            if record.uri not in paths:
                self.cache.remove_nb_from_project(record.pk)

    def seconds(self, page: Page) -> float | None:
        """Return how long the kept run of a page took, or None when there is no such run.

        A run with other inputs than today's is removed: were the new run to fail, the website
        would show the old one.
        """
        try:
            record = self.cache.match_cache_notebook(nbformat.read(page.path, as_version=4))
        except KeyError:
            return None
        if page.name not in self._known:
            self.cache.remove_cache(record.pk)
            return None
        return record.data["execution_seconds"]

    def keep(self, page: Page, executed: nbformat.NotebookNode, seconds: float) -> None:
        """Keep a page as it was executed, and how long that took.

        What a cell prints arrives in one piece or in several, as the machine is busy, and the
        website would begin a line with each of them; it is put together here.
        """
        whole, _ = CoalesceStreamsPreprocessor(enabled=True)(executed, {})
        run = CacheBundleIn(whole, str(page.path), data={"execution_seconds": seconds})
        self.cache.cache_notebook_bundle(run, check_validity=False, overwrite=True)
        self._known[page.name] = self._digests[page.name]
        text = json.dumps(self._known, indent=1, sort_keys=True)
        write_atomically(self._store, text + "\n")

    def close(self) -> None:
        """Let go of the files."""
        self.cache.db.dispose()
