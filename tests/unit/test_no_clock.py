"""No test looks at a clock: on a busy machine it would fail although nothing is wrong."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# These names of clocks, and pages that fail because they look at one.
OWN = {Path(__file__), TESTS / "pages" / "test_second_runs.py"}
CLOCK = re.compile(
    r"(?<!%)\b(perf_counter|monotonic|process_time|thread_time|timeit|time\.time|datetime\.now"
    r"|performance\.now|Date\.now|new Date\(\)|redraw_times)\b"
)


def clocks(source):
    """Return the lines of a test that read a clock, in Python or in JavaScript."""
    return [line.strip() for line in source.splitlines() if CLOCK.search(line)]


def test_no_test_looks_at_a_clock():
    files = [path for kind in ("py", "mjs") for path in TESTS.rglob(f"*.{kind}")]
    texts = {path: path.read_text(encoding="utf-8") for path in files if path not in OWN}
    found = {path.name: lines for path, text in texts.items() if (lines := clocks(text))}
    assert found == {}, "times are measured in benchmarks/, where no test fails because of one"


@pytest.mark.parametrize(
    "line",
    [
        "start = time.perf_counter()",
        "    assert time.time() - start < 1",
        "from time import monotonic",
        "return performance.now() - start;",
        "assert statistics.median(redraw_times(page, act)) < 16",
    ],
)
def test_a_clock_in_a_test_is_found(line):
    assert clocks(f"import time\n{line}\nassert 2 > 1") == [line.strip()]


def test_words_about_time_are_no_clock():
    innocent = [
        "time.sleep(0.1)",
        "page.clock.run_for(700)",
        "# in time, now and then",
        "%timeit f()",
    ]
    assert clocks("\n".join(innocent)) == []
