"""Rules about exercises and their solutions."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tools.lint.finding import Finding
from tools.pages import Cell, Page

KINDS = ("by hand", "code", "explain")
EXERCISE = re.compile(rf"Exercise (\d+) \(({'|'.join(KINDS)})\)")
SOLUTION = re.compile(r"Solution (\d+)")
CHECK_LINE = re.compile(r"^#\s*(?:\w+\.)*(check_\w+)\(", re.MULTILINE)


@dataclass
class Task:
    """What stands under one H3 of the exercises or of the solutions."""

    cell: Cell
    title: str
    code: list[Cell] = field(default_factory=list)


def tasks(page: Page, part: str) -> list[Task]:
    """Return the H3s of a section, each with the code cells under it."""
    found: list[Task] = []
    for block in page.blocks:
        if block.part != part:
            continue
        if block.heading == 3:
            found.append(Task(block.cell, block.topic))
        elif block.cell.kind == "code" and found:
            found[-1].code.append(block.cell)
    return found


def commented_checks(task: Task) -> set[str]:
    """Return the checks that a starter cell calls in the comment lines at its end."""
    names: set[str] = set()
    for cell in task.code:
        ending = re.search(r"(?:^#.*\n?)+\Z", cell.source.rstrip(), re.MULTILINE)
        if "exercise" in cell.tags and ending:
            names.update(CHECK_LINE.findall(ending[0]))
    return names


def called_checks(task: Task) -> set[str]:
    """Return the checks that the solution cells call."""
    names = {
        getattr(node.func, "attr", getattr(node.func, "id", ""))
        for cell in task.code
        if "solution" in cell.tags
        for node in cell.nodes()
        if isinstance(node, ast.Call)
    }
    return {name for name in names if name.startswith("check_")}


def exercise_headings(page: Page) -> Iterator[Finding]:
    """Exercises are numbered from 1 and say their kind; each kind occurs."""
    kinds = set()
    for number, task in enumerate(tasks(page, "Exercises"), 1):
        match = EXERCISE.fullmatch(task.title)
        if not match or int(match[1]) != number:
            yield Finding(
                task.cell.number,
                f"heading {task.title!r} should be 'Exercise {number} (kind)', "
                f"with the kind {', '.join(KINDS)}",
            )
        kinds.add(match[2] if match else "")
    for kind in KINDS:
        if kind not in kinds:
            yield Finding(0, f"no exercise of the kind ({kind}); add one")


def exercise_starters(page: Page) -> Iterator[Finding]:
    """Each exercise has a starter cell that ends with its check, commented out."""
    for task in tasks(page, "Exercises"):
        if not any("exercise" in cell.tags for cell in task.code):
            yield Finding(task.cell.number, f"{task.title!r} needs a starter cell tagged exercise")
        elif not commented_checks(task):
            yield Finding(
                task.cell.number,
                f"the starter of {task.title!r} must end with its check, '# check_…(…)'",
            )


def solutions_match(page: Page) -> Iterator[Finding]:
    """Each exercise has one solution, with the same number."""
    wanted = [
        f"Solution {match[1]}"
        for task in tasks(page, "Exercises")
        if (match := EXERCISE.fullmatch(task.title))
    ]
    found = [task.title for task in tasks(page, "Solutions")]
    if found != wanted:
        yield Finding(
            0, f"the solutions are {found}; the exercises ask for {wanted}, as H3 headings"
        )


def solutions_checked(page: Page) -> Iterator[Finding]:
    """Each solution runs the check that its exercise shows."""
    checks = {
        match[1]: commented_checks(task)
        for task in tasks(page, "Exercises")
        if (match := EXERCISE.fullmatch(task.title))
    }
    for task in tasks(page, "Solutions"):
        match = SOLUTION.fullmatch(task.title)
        wanted = checks.get(match[1], set()) if match else set()
        for name in sorted(wanted - called_checks(task)):
            yield Finding(task.cell.number, f"{task.title!r} must call {name}(…) in its cell")
        if not any("solution" in cell.tags for cell in task.code):
            yield Finding(task.cell.number, f"{task.title!r} needs a cell tagged solution")


def solution_cells(page: Page) -> Iterator[Finding]:
    """Solutions are folded on the website and in a notebook."""
    for block in page.blocks:
        cell = block.cell
        if cell.kind != "code":
            continue
        if block.part == "Solutions" and "solution" not in cell.tags:
            yield Finding(cell.number, "a code cell among the solutions must be tagged solution")
        if "solution" not in cell.tags:
            continue
        if block.part != "Solutions":
            yield Finding(cell.number, "a solution must stand under '## Solutions'")
        folded = cell.raw.metadata.get("jupyter", {}).get("source_hidden") is True
        if "hide-cell" not in cell.tags or not folded:
            yield Finding(
                cell.number,
                "a solution needs the tag hide-cell and jupyter.source_hidden true; "
                "run 'python -m tools.normalise_notebooks' for the second",
            )
