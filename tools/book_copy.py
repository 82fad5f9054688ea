"""A copy of parts of the book, in which tools and tests run as in the book itself."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.files import ROOT


def copy_folders(root: Path, *folders: str) -> None:
    """Copy folders of the book into ``root``, without what Python and downloads keep in them."""
    for folder in folders:
        skipped = shutil.ignore_patterns("__pycache__", "cache")
        shutil.copytree(ROOT / folder, root / folder, ignore=skipped)


def run_copy(root: Path, *command: str) -> subprocess.CompletedProcess:
    """Run ``python -m command`` in the copy with the copy's own modules.

    Returns:
        How it ended; ``stdout`` holds all that it printed, errors too.
    """
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "RUFF_NO_CACHE": "true"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
