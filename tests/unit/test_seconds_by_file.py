"""A run of pytest ends with the seconds of each file, alone and under xdist."""

import re
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

SLOW = """
import pytest, time

@pytest.fixture
def slow():
    time.sleep(0.1)

def test_set_up_counts(slow):
    time.sleep(0.1)

def test_a_failure_counts():
    time.sleep(0.1)
    assert False
"""


@pytest.mark.parametrize("workers", [[], ["-n1"]])
def test_the_table_adds_up_the_tests_of_a_file(pytester, monkeypatch, workers):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they take seconds to import
    pytester.makepyfile(test_slow=SLOW, test_quick="def test_nothing(): pass")
    run = pytester.runpytest_subprocess(
        "-p", "tools.seconds_by_file", "-p", "xdist", "-q", *workers
    )
    lines = run.outlines[
        [line.strip("= ") for line in run.outlines].index("seconds by file") + 1 :
    ]
    first, second, last = (line.split(maxsplit=1) for line in lines[:3])
    assert [first[1], second[1], last[1]] == ["test_slow.py", "test_quick.py", "2 files"]
    assert float(first[0]) >= 0.3
    assert float(last[0]) == pytest.approx(float(first[0]) + float(second[0]), abs=0.11)
    assert re.search("1 failed, 2 passed", run.outlines[-1])
