"""The pretended GPU refuses what a GPU refuses, and runs what a GPU runs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from device_faults import FAULTS, RUNS


@pytest.fixture(scope="module")
def raised() -> dict[str, str]:
    """Return what each piece of code raised, in a process of its own."""
    program = Path(__file__).with_name("try_device_faults.py")
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("code", FAULTS)
def test_what_a_gpu_refuses_is_refused(code, raised):
    found = raised.get(code, "")
    said = ("same device", "to numpy", "generator", "indices should be")
    assert any(words in found for words in said), found or "nothing was raised"


@pytest.mark.parametrize("code", RUNS)
def test_what_a_gpu_runs_is_run(code, raised):
    assert code not in raised, raised[code]
