"""Begin a demo: ``python -m tools.new_demo area_under_curve``.

Lays out its folder in ``utils/widgets`` and its tests from ``tools/templates/demo``: a small demo
on the stage that passes all tests. Write yours by changing one thing after the other.
"""

import argparse
import re
from pathlib import Path

from tools.files import ROOT, run_command
from tools.templates import begin, filled

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
# Whose folders in utils/widgets or tests/site hold something else.
TAKEN = ("kit", "specimen")


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Write the files of a demo and of its tests."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.new_demo", description=__doc__.splitlines()[0]
    )
    parser.add_argument("name", help="the demo's folder, as in area_under_curve")
    name = parser.parse_args(arguments).name
    if not NAME.fullmatch(name) or name in TAKEN:
        raise ValueError(f"{name!r} is no name of a demo: write it as area_under_curve")
    words = {
        "NAME": name,
        "CLASS": "".join(part.capitalize() for part in name.split("_")),
        "STYLE": f"book-{name.replace('_', '-')}",
        "TITLE": name.replace("_", " ").capitalize(),
    }
    demo, site = root / "utils" / "widgets" / name, root / "tests" / "site" / name
    places = {
        "init": demo / "__init__.py",
        "view": demo / "view.mjs",
        "math": demo / "math.mjs",
        "look": demo / "look.css",
        "states": site / f"{name}_states.py",
        "test_demo": site / f"test_{name}_demo.py",
        "test_math": site / f"test_{name}_math.py",
        "test_python": root / "tests" / "unit" / "widgets" / f"test_{name}.py",
    }
    begin({path: filled(f"demo/{part}.txt", words) for part, path in places.items()})
    print(f"Try it: .venv/bin/python -m pytest -p no:nbval tests/site -k {name}")
    return 0


if __name__ == "__main__":
    run_command(main)
