"""Rules about exercises and their solutions."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tools.lint.finding import Finding
from tools.pages import Cell, Page, parse_code
from tools.solutions import OPENING, Block, blocks, solution_number

WARM_UPS = ("by hand", "predict")
CODE = "code"
OPEN_ENDED = ("explain", "project")
KINDS = (*WARM_UPS, CODE, *OPEN_ENDED)
EXERCISE = re.compile(rf"Exercise (\d+) \(({'|'.join(KINDS)})\)")
# `check_sizes(…)`, or `sizes.check()` where the answers stand in fields.
CHECK_LINE = re.compile(r"^#\s*(?:\w+\.)*(check(?:_\w+)?)\(", re.MULTILINE)
SOLUTIONS = "Solutions"


@dataclass
class Task:
    """What stands under one H3 of the exercises."""

    cell: Cell
    title: str
    code: list[Cell] = field(default_factory=list)

    @property
    def number(self) -> int | None:
        """The exercise's number, or None where the title gives none."""
        match = EXERCISE.fullmatch(self.title)
        return int(match[1]) if match else None

    @property
    def kind(self) -> str:
        """The exercise's kind, or an empty text where the title gives none."""
        match = EXERCISE.fullmatch(self.title)
        return match[2] if match else ""


def exercises(page: Page) -> list[Task]:
    """Return the exercises, each with the code cells under it."""
    found: list[Task] = []
    for block in page.blocks:
        if block.part != "Exercises":
            continue
        if block.heading == 3:
            found.append(Task(block.cell, block.topic))
        elif block.cell.kind == "code" and found:
            found[-1].code.append(block.cell)
    return found


def solutions(page: Page) -> dict[int, tuple[Cell, list[Block]]]:
    """Return the cell and the code of each solution, by its number, in the order of the page."""
    return {
        number: (cell, blocks(cell.source))
        for cell in page.text
        if (number := solution_number(cell.source)) is not None
    }


def commented_checks(task: Task) -> set[str]:
    """Return the checks that a starter cell calls in the comment lines at its end."""
    names: set[str] = set()
    for cell in task.code:
        ending = re.search(r"(?:^#.*\n?)+\Z", cell.source.rstrip(), re.MULTILINE)
        if "exercise" in cell.tags and ending:
            names.update(CHECK_LINE.findall(ending[0]))
    return names


def called(code: list[Block]) -> set[str]:
    """Return the names of all functions and methods that a solution calls."""
    names = set()
    for block in code:
        try:
            tree = parse_code(block.code)
        except SyntaxError:
            continue
        calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        names.update(getattr(func, "attr", getattr(func, "id", "")) for func in calls)
    return names


def exercise_headings(page: Page) -> Iterator[Finding]:
    """Exercises are numbered from 1 and say their kind."""
    for number, task in enumerate(exercises(page), 1):
        if task.number != number:
            yield Finding(
                task.cell.number,
                f"heading {task.title!r} should be 'Exercise {number} (kind)', "
                f"with the kind {', '.join(KINDS)}",
            )


def exercise_set(page: Page) -> Iterator[Finding]:
    """Five exercises: two warm-ups, two in code, one to explain or a project."""
    kinds = [task.kind for task in exercises(page)]
    if any(kind not in WARM_UPS for kind in kinds[:2]) or len(kinds) < 2:
        yield Finding(0, f"the first two exercises must be warm-ups: {' or '.join(WARM_UPS)}")
    open_ended = sum(kind in OPEN_ENDED for kind in kinds[2:])
    if len(kinds) != 5 or kinds[2:].count(CODE) != 2 or open_ended != 1:
        yield Finding(
            0,
            f"the exercises are {', '.join(kinds) or 'none'}; five are wanted: two warm-ups, "
            f"then two of the kind {CODE} and one of {' or '.join(OPEN_ENDED)}",
        )


def exercise_starters(page: Page) -> Iterator[Finding]:
    """Each exercise has a starter cell that ends with its check, commented out."""
    for task in exercises(page):
        if not any("exercise" in cell.tags for cell in task.code):
            yield Finding(task.cell.number, f"{task.title!r} needs a starter cell tagged exercise")
        elif not commented_checks(task):
            yield Finding(
                task.cell.number,
                f"the starter of {task.title!r} must end with its check, '# check_…(…)'",
            )


def solutions_match(page: Page) -> Iterator[Finding]:
    """Each exercise has one solution, with the same number."""
    wanted = [task.number for task in exercises(page) if task.number]
    found = [number for cell in page.text if (number := solution_number(cell.source))]
    if found != wanted:
        yield Finding(0, f"there are solutions {found}; the exercises ask for {wanted}")


def solutions_checked(page: Page) -> Iterator[Finding]:
    """Each solution runs the check that its exercise shows."""
    checks = {task.number: commented_checks(task) for task in exercises(page)}
    for number, (cell, code) in solutions(page).items():
        if not code:
            yield Finding(
                cell.number, f"solution {number} needs its code in a fence marked python"
            )
        calls = called(code)
        for name in sorted(checks.get(number, set()) - calls):
            # The check of a sheet of answers is a function of the exercise module, too.
            if name != "check" or not any(call.startswith("check_") for call in calls):
                yield Finding(cell.number, f"solution {number} must call {name}(…)")


def solution_form(page: Page) -> Iterator[Finding]:
    """Solutions are closed: one Markdown cell each, with its code and what it prints."""
    parts = {block.cell.number: block.part for block in page.blocks}
    for cell in page.cells:
        inside = parts.get(cell.number) == SOLUTIONS
        if OPENING.match(cell.source) and not inside:
            yield Finding(cell.number, f"a solution must stand under '## {SOLUTIONS}'")
        if inside and cell.source.strip() != f"## {SOLUTIONS}":
            yield from _form(cell)


def _form(cell: Cell) -> Iterator[Finding]:
    if cell.kind == "code":
        yield Finding(cell.number, "code of a solution stands in its Markdown cell, as ```python")
        return
    if solution_number(cell.source) is None:
        yield Finding(
            cell.number,
            "a solution is one cell: '<details><summary>Solution N</summary>', a blank line, "
            "prose, ```python, ```text, a blank line, '</details>'",
        )
    found = blocks(cell.source)
    fences = sum(token.type == "fence" for token in cell.tokens)
    if fences != len(found) + sum(bool(block.output) for block in found):
        yield Finding(
            cell.number, "a solution holds ```python, each followed by what it prints as ```text"
        )
    for block in found:
        try:
            parse_code(block.code)
        except SyntaxError as error:
            yield Finding(cell.number, f"not Python: {error.msg}, line {error.lineno} of a fence")
