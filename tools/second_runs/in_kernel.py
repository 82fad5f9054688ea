"""What the kernel of a page does between the runs of its cells.

Nothing of it is left among the names of the page, and nothing is imported that the page, or the
process that its kernel was forked from, has not imported.
"""

import sys

from tools.second_runs import busy_clock


def start() -> None:
    """Prepare for second runs; to be called before the page can take a clock."""
    busy_clock.install()


def begin() -> None:
    """Begin a second run: pictures are blank and the clock leaps."""
    busy_clock.leap(True)
    _blank(True)


def end() -> None:
    """End a second run, and move the demos that were made since the last one."""
    busy_clock.leap(False)
    _blank(False)
    if "utils.widgets.kit.base" in sys.modules:
        from tools.second_runs import other_settings

        other_settings.move_all()


def need_demos() -> None:
    """Raise an AssertionError if no demo has been moved."""
    settings = sys.modules.get("tools.second_runs.other_settings")
    assert settings and settings.moved, "the page names utils.widgets and made no demo"


def _blank(on: bool) -> None:
    if "utils.progress" in sys.modules:
        from tools.second_runs import blank_pictures

        blank_pictures.switch(on)
