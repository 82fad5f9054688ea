"""Time to build the book: cold, warm, and each page."""

import json
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

BUILD = Path("_build")


@dataclass(frozen=True)
class Timings:
    """Seconds of ``make book`` with nothing cached and with everything cached."""

    cold: float
    warm: float
    pages: dict[str, float]


def build() -> float:
    """Run ``make book`` and return its seconds."""
    start = time.perf_counter()
    subprocess.run(["make", "--silent", "book"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def run() -> Timings:
    """Measure a cold and a warm build."""
    for name in ("html", ".doctrees", ".jupyter_cache", "jupyter_execute"):
        shutil.rmtree(BUILD / name, ignore_errors=True)
    cold = build()
    pages = json.loads((BUILD / "timings.json").read_text(encoding="utf-8"))
    return Timings(cold, build(), pages)


def table(timings: Timings) -> list[str]:
    """Return the result as lines of Markdown."""
    return [
        "| what | seconds |",
        "|---|---|",
        f"| `make book`, nothing cached, environment in place | {timings.cold:.1f} |",
        f"| `make book`, nothing changed | {timings.warm:.1f} |",
        *(f"| execute `{page}` | {seconds:.1f} |" for page, seconds in timings.pages.items()),
    ]
