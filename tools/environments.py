"""Environments beside the book's own, with other versions or other libraries, made by uv."""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.files import ROOT


def interpreter(version: str) -> str:
    """Return a Python of this version, or else the one that runs this."""
    pyenv = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"))
    for path in (shutil.which(f"python{version}"), *map(str, pyenv)):
        # pyenv puts a file of this name on the PATH that may start nothing.
        if path and not subprocess.run([path, "-c", ""], capture_output=True).returncode:
            return path
    return sys.executable


def uv(*arguments: str) -> int:
    """Run uv in the book's folder; return its exit code."""
    return subprocess.run(
        [sys.executable, "-m", "uv", "--no-python-downloads", *arguments], cwd=ROOT, check=False
    ).returncode


def environment(
    name: str, *, version: str, installs: Sequence[Sequence[str]], inputs: Sequence[Path] = ()
) -> Path:
    """Return the Python of an environment, made or renewed first where that is needed.

    Args:
        name: it lies in ``.venv-<name>``, about 5 GB each.
        version: of Python, ``"3.11"``; where there is none, the one that runs this is taken.
        installs: what ``uv pip install`` is asked for, step by step.
        inputs: files on which the versions depend, besides pyproject.toml.

    Raises:
        OSError: if uv could not make it.
    """
    folder, base = ROOT / f".venv-{name}", interpreter(version)
    wanted = [path.read_bytes() for path in (ROOT / "pyproject.toml", *inputs)]
    wanted.append(json.dumps([*map(list, installs), base]).encode())
    digest = hashlib.sha256(b"".join(wanted)).hexdigest()
    stamp = folder / ".ready"
    python = folder / "bin" / "python"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return python
    if uv("venv", "--quiet", "--clear", "--python", base, str(folder)):
        raise OSError(f"uv could not make {folder}; its message stands above")
    for install in installs:
        if uv("pip", "install", "--quiet", "--python", str(python), *install):
            raise OSError(f"uv could not fill {folder}; its message stands above")
    stamp.write_text(digest, encoding="utf-8")
    return python
