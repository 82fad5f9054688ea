"""Can the book's versions be installed here? ``python tools/can_install.py`` says why not.

It runs before there is an environment, with whatever Python there is, and imports nothing of the
book.
"""

from __future__ import annotations

import platform
import sys

# For this version these wheels are on PyPI; look there again before it is raised.
TORCH = "2.14.1"
FIRST, END = (3, 11, 4), (3, 15)  # versions of Python; 3.15 has no wheel
MACHINES = {"linux": ("x86_64", "aarch64"), "darwin": ("arm64",), "win32": ("AMD64",)}
SYSTEMS = {"linux": "Linux", "darwin": "macOS", "win32": "Windows"}
LEAST = {"linux": (2, 28), "darwin": (14, 0)}  # glibc; macOS


def obstacle(python: tuple[int, ...], system: str, machine: str, release: tuple[int, ...]) -> str:
    """Return in a sentence why the book cannot be installed; empty if it can.

    Args:
        python: version of Python.
        system: ``sys.platform``.
        machine: ``platform.machine()``.
        release: version of glibc on Linux, empty without it; version of macOS there.

    >>> obstacle((3, 12, 1), "linux", "x86_64", (2, 36))
    ''
    >>> obstacle((3, 9, 2), "linux", "x86_64", (2, 36))
    'Python 3.11.4 or newer is needed, this is 3.9.2: make book PYTHON=python3.12'
    """
    ours = ".".join(map(str, python))
    if python < FIRST:
        return f"Python 3.11.4 or newer is needed, this is {ours}: make book PYTHON=python3.12"
    if python >= END:
        return f"torch {TORCH} has no wheel for Python {ours}: make book PYTHON=python3.14"
    missing = f"torch {TORCH} has no wheel for"
    elsewhere = "Read the book on its website, or run its pages in Colab."
    if machine not in MACHINES.get(system, ()):
        return f"{missing} {SYSTEMS.get(system, system)} on {machine}. {elsewhere}"
    if system == "linux" and not release:
        return f"{missing} a Linux without glibc, as Alpine is. {elsewhere}"
    if release < LEAST.get(system, ()):
        name = "glibc" if system == "linux" else "macOS"
        wanted, found = (".".join(map(str, part)) for part in (LEAST[system], release))
        return f"torch {TORCH} needs {name} {wanted} or newer, this is {found}. {elsewhere}"
    return ""


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def here() -> tuple[tuple[int, ...], str, str, tuple[int, ...]]:
    """Return what :func:`obstacle` asks for, of the Python that runs this."""
    library, version = platform.libc_ver()
    release = version if library == "glibc" else platform.mac_ver()[0]
    return tuple(sys.version_info[:3]), sys.platform, platform.machine(), _numbers(release)


if __name__ == "__main__":
    sys.exit(obstacle(*here()) or 0)
