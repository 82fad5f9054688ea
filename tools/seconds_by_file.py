"""A plugin of pytest that ends a run with the seconds of each test file.

``pytest -p tools.seconds_by_file``. Under xdist the seconds of all workers are added up, so the
sum is larger than the time that the run took.
"""

from collections import Counter
from collections.abc import Iterable

import pytest

LONGEST = 15


def seconds_by_file(reports: Iterable[object]) -> Counter[str]:
    """Return the seconds that the tests of each file took, set-up and end included."""
    seconds = Counter()
    for report in reports:
        if isinstance(report, pytest.TestReport):
            seconds[report.nodeid.partition("::")[0]] += report.duration
    return seconds


def table(seconds: Counter[str]) -> list[str]:
    """Return the lines of a table, the longest first.

    >>> table(Counter({"tests/a.py": 1.26, "tests/b.py": 12.0}))
    ['    12.0  tests/b.py', '     1.3  tests/a.py', '    13.3  2 files']
    """
    lines = [f"{took:8.1f}  {name}" for name, took in seconds.most_common(LONGEST)]
    return [*lines, f"{seconds.total():8.1f}  {len(seconds)} files"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write the table at the end of a run."""
    reports = (report for group in terminalreporter.stats.values() for report in group)
    if seconds := seconds_by_file(reports):
        terminalreporter.section("seconds by file")
        for line in table(seconds):
            terminalreporter.write_line(line)
