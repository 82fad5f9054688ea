"""No module of utils imports another that leads back to it, not even inside a function."""

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def module_name(path, root):
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree, name, is_package):
    """Yield every module that a source may import, at its head or inside a function."""
    package = name if is_package else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - (node.level - 1)]
            base = ".".join([*above, *filter(None, [node.module])]) if node.level else node.module
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def import_graph(root):
    files = {module_name(path, root): path for path in root.glob("utils/**/*.py")}
    graph = {}
    for name, path in files.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found = set(imported(tree, name, path.stem == "__init__")) & set(files)
        # A package's own submodules pass through its __init__; naming itself is no circle.
        graph[name] = found - {name}
    return graph


def order(graph):
    return list(TopologicalSorter(graph).static_order())


def test_no_import_of_utils_runs_in_a_circle():
    graph = import_graph(ROOT)
    assert {"utils.plots", "utils.history", "utils.data.batches"} <= set(graph)
    order(graph)


def test_history_progress_and_train_stand_above_plots_in_this_order():
    graph = import_graph(ROOT)
    assert "utils.plots" in graph["utils.history"]
    assert "utils.history" in graph["utils.progress"]
    assert "utils.progress" in graph["utils.train"]
    assert not any(name.startswith("utils.") for name in graph["utils.plots"])


@pytest.mark.parametrize(
    "back",
    [
        "from utils.a import x",
        "from utils import a",
        "from . import a",
        "from .a import x",
        "import utils.a",
        "def f():\n    from utils.a import x",
        "if TYPE_CHECKING:\n    from utils.a import X",
    ],
)
def test_a_circle_is_found(tmp_path, back):
    (tmp_path / "utils").mkdir()
    (tmp_path / "utils/__init__.py").write_text("")
    (tmp_path / "utils/a.py").write_text("from utils.b import y\n")
    (tmp_path / "utils/b.py").write_text(back + "\n")
    with pytest.raises(CycleError):
        order(import_graph(tmp_path))


def test_no_tool_waits_for_the_parsers_of_addresses():
    code = "import sys, tools, nbformat\nprint('lark' in sys.modules)"
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
