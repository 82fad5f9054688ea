"""The workflows parse, end, ask for few rights, and use actions of a known version."""

import re

import pytest
import yaml

from tools.files import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def workflow_faults(text: str) -> list[str]:
    """Return where a workflow could run for ever, do too much, or change under us."""
    workflow = yaml.safe_load(text)
    faults = [f"no {key}" for key in ("permissions", "concurrency") if key not in workflow]
    for name, job in workflow["jobs"].items():
        if "timeout-minutes" not in job:
            faults.append(f"job {name} has no timeout")
        for action in [step["uses"] for step in job["steps"] if "uses" in step]:
            if not re.fullmatch(r"actions/[\w-]+@v\d+", action):
                faults.append(f"{action} is not pinned by its major version")
    return faults


def test_there_are_workflows():
    assert [path.stem for path in WORKFLOWS] == ["ci", "install", "pages"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_are_bounded_and_pinned(path):
    assert workflow_faults(path.read_text("utf-8")) == []


def test_unbounded_workflows_are_found():
    text = "jobs: {a: {steps: [{uses: actions/checkout@main}]}}"
    assert workflow_faults(text) == [
        "no permissions",
        "no concurrency",
        "job a has no timeout",
        "actions/checkout@main is not pinned by its major version",
    ]
