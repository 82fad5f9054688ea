"""Where the book's files are, and how the maintenance commands read and write them."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

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


def run_command(main: Callable[[], int]) -> None:
    """Run a command; what the user can put right ends in one sentence and exit code 1."""
    try:
        sys.exit(main())
    except (ValueError, OSError) as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit("interrupted")
