"""Rules about the code of a page."""

import ast
import re
from collections.abc import Iterable, Iterator

from tools.lint.finding import Finding
from tools.page_size import line_count
from tools.pages import Cell, Page

MOST_LINES = 25
MOST_FOLDED_LINES = 50
MOST_IN_A_ROW = 2
SHORTEST_ALT = 20
APART = {"exercise", "hide-cell", "remove-cell"}
PROOF, ANSWER = "# Proof: ", "# Answer: "


def code_syntax(page: Page) -> Iterator[Finding]:
    """Every cell is Python, unless it shows a failure."""
    for cell in page.code:
        try:
            _ = cell.tree
        except SyntaxError as error:
            if "raises-exception" not in cell.tags:
                yield Finding(cell.number, f"not Python: {error.msg}, line {error.lineno}")


def cell_lines(page: Page) -> Iterator[Finding]:
    """A code cell fits on a screen; a folded one on two, because nobody has to read it."""
    for cell in page.code:
        most = MOST_FOLDED_LINES if {"hide-cell", "hide-input"} & set(cell.tags) else MOST_LINES
        if (lines := line_count(cell.source)) > most:
            yield Finding(
                cell.number, f"{lines} lines of code; split the cell, {most} are the limit"
            )


def code_in_a_row(page: Page) -> Iterator[Finding]:
    """Code is explained before more code follows."""
    run = 0
    for cell in page.cells:
        if cell.kind != "code":
            run = 0
        elif not APART & set(cell.tags):
            run += 1
            if run == MOST_IN_A_ROW + 1:
                yield Finding(
                    cell.number, f"more than {MOST_IN_A_ROW} code cells in a row; explain between"
                )


def folded_cells(page: Page) -> Iterator[Finding]:
    """A cell that is folded with its output says what it holds: a proof or an answer."""
    for cell in page.code:
        opening = next((o for o in (PROOF, ANSWER) if re.match(rf"{o}\S", cell.source)), None)
        if opening and "hide-cell" not in cell.tags:
            yield Finding(cell.number, f"a cell that opens with '{opening}…' is tagged hide-cell")
        if "hide-cell" in cell.tags and not opening:
            yield Finding(
                cell.number,
                f"a cell tagged hide-cell opens with '{PROOF}…' or '{ANSWER}…'; "
                "hide-input folds other code and leaves its output",
            )
        if opening == PROOF and not _checks(cell.nodes()):
            yield Finding(cell.number, "this proof asserts nothing")


def figure_alt(page: Page) -> Iterator[Finding]:
    """Every figure is shown by ``utils.plots.show`` and described in words."""
    names = {}
    for cell in page.code:
        for node in cell.nodes():
            names.update(_imported(node))
    for cell in page.code:
        for node in cell.nodes():
            if not isinstance(node, ast.Call):
                continue
            callee, _, method = ast.unparse(node.func).rpartition(".")
            # A bare name was imported itself; a dotted one belongs to an imported module.
            full = f"{names.get(callee, callee)}.{method}" if callee else names.get(method, "")
            if full == "matplotlib.pyplot.show":
                yield Finding(cell.number, "show figures with utils.plots.show(axes, alt=…)")
            if full == "utils.plots.show" and len(_alt(node).strip()) < SHORTEST_ALT:
                yield Finding(
                    cell.number,
                    f'show(…) needs alt="…", a literal of at least {SHORTEST_ALT} characters '
                    "that says what the figure shows",
                )


def _imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the names that an import binds, with what each stands for."""
    if isinstance(node, ast.Import):
        for name in node.names:
            yield name.asname or name.name, name.name
    elif isinstance(node, ast.ImportFrom):
        for name in node.names:
            yield name.asname or name.name, f"{node.module}.{name.name}"


def _alt(call: ast.Call) -> str:
    for keyword in call.keywords:
        if keyword.arg == "alt" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return ""


def _proved(page: Page) -> list[Cell]:
    """Return the cells that belong to the page's own argument."""
    outside = {"exercise", "raises-exception"}
    return [cell for cell in page.code if not outside & set(cell.tags)]


def _checks(nodes: Iterable[ast.AST]) -> bool:
    """Return whether one of the nodes is an assertion."""
    for node in nodes:
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name == "agree" or name.startswith(("assert_", "check_")):
                return True
    return False


def has_assertion(page: Page) -> Iterator[Finding]:
    """A page proves something."""
    if not any(_checks(cell.nodes()) for cell in _proved(page)):
        yield Finding(0, "the page asserts nothing; check its results with utils.checks")


def checked_functions(page: Page) -> Iterator[Finding]:
    """Each function that the page builds is used in a cell that asserts something."""
    cells = _proved(page)
    for index, cell in enumerate(cells):
        for definition in _definitions(cell):
            own = set(ast.walk(definition))
            for later in cells[index:]:
                nodes = [node for node in later.nodes() if node not in own]
                used = {node.id for node in nodes if isinstance(node, ast.Name)}
                if definition.name in used and _checks(nodes):
                    break
            else:
                yield Finding(
                    cell.number,
                    f"nothing checks {definition.name}(); use it in a cell with an assertion",
                )


def _definitions(cell: Cell) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in cell.nodes():
        if isinstance(node, ast.Module):
            kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
            yield from (child for child in node.body if isinstance(child, kinds))
