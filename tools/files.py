"""Where the book's files are, and how the maintenance commands read and write them."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import nbformat
import yaml

ROOT = Path(__file__).resolve().parents[1]


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """Return a notebook as stored: not validated, not upgraded, nothing repaired."""
    text = path.read_text(encoding="utf-8")
    try:
        notebook = nbformat.reader.reads(text)
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: this is no notebook; write it with JupyterLab") from error
    if notebook.get("nbformat") != 4 or "cells" not in notebook:
        raise ValueError(f"{path}: this is no notebook of format 4; save it with JupyterLab")
    return notebook


def repository(root: Path = ROOT) -> tuple[str, str]:
    """Return the repository's URL and branch, whose home is ``_config.yml``."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8")) or {}
    entry = config.get("repository") or {}
    if "url" not in entry:
        raise ValueError("_config.yml names no repository: give it the key repository.url")
    return entry["url"], entry.get("branch", "main")


def write_atomically(path: Path, text: str) -> None:
    """Replace a file in one step, so that an interruption leaves the old one whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        if path.exists():
            shutil.copymode(path, draft)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def only_build(root: Path) -> Iterator[None]:
    """Keep other builds of this book away: they would write to the same cache and website.

    Raises:
        OSError: if there is one already.
    """
    (root / "_build").mkdir(exist_ok=True)
    lock = filelock.FileLock(root / "_build" / ".lock", timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise OSError("another build of this book is at work; wait for its end") from error
    try:
        yield
    finally:
        lock.release()


def run_command(main: Callable[[], int]) -> None:
    """Run a command; what the user can put right ends in one sentence and exit code 1."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(main())
    except (ValueError, OSError) as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.stdout.flush()
        print("interrupted", file=sys.stderr, flush=True)
        os._exit(130)  # at once: threads may wait for pages, whose kernels end with this process
