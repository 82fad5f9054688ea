"""Find a Chromium for the browser tests, and install one where that is possible.

Run as ``python -m tools.chromium``: prints the path of the browser.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# The shell first: it has no window to draw, and the tests run in about two thirds of the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def find() -> str | None:
    """Return the path of a Chromium on this machine, or None."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _download() -> None:
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def _debian_package() -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "-y", "chromium-headless-shell"]):
            subprocess.run(["apt-get", "-qq", *step], check=False, env=environment)


def find_or_install() -> str:
    """Return the path of a Chromium, installing one if there is none.

    Raises:
        FileNotFoundError: if none is there and none could be installed.
    """
    for attempt in (lambda: None, _download, _debian_package):
        attempt()
        if path := find():
            return path
    raise FileNotFoundError(
        "the browser tests need Chromium: install it as `chromium` or `google-chrome` on the "
        "PATH (Debian and Ubuntu: apt-get install chromium), then run make test again"
    )


if __name__ == "__main__":
    try:
        print(find_or_install())
    except FileNotFoundError as error:
        sys.exit(str(error))
