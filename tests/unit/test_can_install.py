"""Where PyTorch has no wheel, the set-up says so before it downloads anything."""

import re
import subprocess
import sys

import pytest

from tools import can_install
from tools.files import ROOT

GLIBC = (2, 36)


@pytest.mark.parametrize(
    ("python", "system", "machine", "release"),
    [
        ((3, 11, 4), "linux", "x86_64", (2, 28)),
        ((3, 14, 9), "linux", "aarch64", GLIBC),
        ((3, 12, 0), "darwin", "arm64", (14, 0)),
        ((3, 13, 1), "darwin", "arm64", (26, 1)),
        ((3, 12, 0), "win32", "AMD64", ()),
    ],
)
def test_where_there_is_a_wheel_nothing_is_said(python, system, machine, release):
    assert can_install.obstacle(python, system, machine, release) == ""


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (((3, 11, 3), "linux", "x86_64", GLIBC), "3.11.4 or newer is needed, this is 3.11.3"),
        (((3, 9, 1), "darwin", "x86_64", (13, 1)), "PYTHON=python3.12"),
        (((3, 15, 0), "linux", "x86_64", GLIBC), "no wheel for Python 3.15.0: make book PYTHON="),
        (((3, 12, 0), "darwin", "x86_64", (15, 0)), "no wheel for macOS on x86_64. Read"),
        (((3, 12, 0), "win32", "ARM64", ()), "no wheel for Windows on ARM64"),
        (((3, 12, 0), "linux", "i686", GLIBC), "no wheel for Linux on i686"),
        (((3, 12, 0), "freebsd14", "amd64", ()), "no wheel for freebsd14 on amd64"),
        (((3, 12, 0), "linux", "x86_64", ()), "a Linux without glibc"),
        (((3, 12, 0), "linux", "x86_64", (2, 27)), "glibc 2.28 or newer, this is 2.27"),
        (((3, 12, 0), "darwin", "arm64", (13, 6, 1)), "macOS 14.0 or newer, this is 13.6.1"),
    ],
)
def test_where_there_is_none_one_sentence_says_what_to_do(place, words):
    said = can_install.obstacle(*place)
    assert words in said and "\n" not in said
    assert "make book PYTHON=" in said or said.endswith("run its pages in Colab.")


def test_versions_are_numbers():
    assert can_install._numbers("13.6.1") == (13, 6, 1)
    assert can_install._numbers("") == ()


def test_this_machine_is_looked_at_without_the_book():
    command = [sys.executable, "-I", str(ROOT / "tools" / "can_install.py")]
    ended = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    python, system, machine, release = can_install.here()
    assert python == sys.version_info[:3] and system == sys.platform and machine
    assert len(release) >= 2 or system == "win32"


def test_it_speaks_of_the_versions_that_are_installed():
    pinned = re.search(r"^torch==(\S+)$", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    assert pinned[1] == can_install.TORCH, "look which wheels it has, then change TORCH"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "from 3.11.4 to 3.14" in readme and can_install.END == (3, 15)
    assert "glibc 2.28" in readme and "macOS 14" in readme
