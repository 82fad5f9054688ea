"""README, CONTRIBUTING, GLOSSARY, CHANGELOG and CITATION say what is true."""

import doctest
import inspect
import pkgutil
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tools.files import ROOT
from tools.pages import MARKDOWN, target

PAPERS = sorted(ROOT.glob("*.md")) + [ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
HEAD = "| English | 中文 | torch | meaning |"
PREFIXES = {"nn.": "torch.nn.", "F.": "torch.nn.functional."}
NAME = r"`(?:torch|torchvision|nn|F)(?:\.\w+)+(?:\(\w+=\))?`"


def torch_object(name: str) -> object:
    """Return what a glossary's name stands for; LookupError if torch has no such thing."""
    path, _, argument = name.partition("(")
    for short, full in PREFIXES.items():
        if path.startswith(short):
            path = full + path.removeprefix(short)
    try:
        found = pkgutil.resolve_name(path)
    except (ImportError, AttributeError) as error:
        raise LookupError(f"torch has no {path}") from error
    if argument and argument.rstrip("=)") not in inspect.signature(found).parameters:
        raise LookupError(f"{path} has no argument {argument.rstrip('=)')}")
    return found


def glossary_faults(text: str) -> list[str]:
    """Return what is wrong with a glossary, one sentence a fault."""
    faults, seen = [], set()
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, *lines = [line for line in part.splitlines() if line]
        if lines[:2] != [HEAD, "|---|---|---|---|"]:
            faults.append(f"{title}: the table's head must be {HEAD}")
        rows = [line.removeprefix("| ").removesuffix(" |").split(" | ") for line in lines[2:]]
        terms = [row[0] for row in rows]
        if terms != sorted(terms, key=str.casefold):
            faults.append(f"{title}: not in alphabetical order")
        for row in rows:
            faults += [f"{row[0]}: {fault}" for fault in row_faults(row)]
            if row[0].casefold() in seen:
                faults.append(f"{row[0]}: stands here twice")
            seen.add(row[0].casefold())
    return faults if seen else ["there is no term"]


def row_faults(row: list[str]) -> list[str]:
    if len(row) != 4:
        return [f"{len(row)} columns, not 4"]
    _, chinese, names, meaning = row
    faults = []
    if not re.search(r"[\u4e00-\u9fff]", chinese):
        faults.append(f"no Chinese term in {chinese!r}")
    if not re.fullmatch(f"—|{NAME}(, {NAME})*", names):
        faults.append(f"{names!r} is neither a dash nor torch names in backticks")
    if not re.fullmatch(r"\S.+\.", meaning):
        faults.append("its meaning must be a line that ends with a full stop")
    for name in re.findall(r"`([^`]+)`", names):
        try:
            torch_object(name)
        except LookupError as error:
            faults.append(str(error))
    return faults


def link_faults(path: Path, text: str) -> list[str]:
    """Return the relative links and anchors of a paper that lead nowhere."""
    faults = []
    for token in MARKDOWN.parse(text):
        for child in token.children or []:
            if child.type not in ("link_open", "image") or "://" in target(child):
                continue
            file, _, anchor = target(child).partition("#")
            aim = path.parent / file if file else path
            if not aim.exists():
                faults.append(f"{target(child)}: there is no such file")
            elif anchor and anchor not in anchors(text if aim == path else aim.read_text("utf-8")):
                faults.append(f"{target(child)}: there is no such heading")
    return faults


def anchors(text: str) -> list[object]:
    return [token.attrGet("id") for token in MARKDOWN.parse(text) if token.type == "heading_open"]


def code(text: str) -> list[str]:
    """Return every code span and every fenced block of a paper."""
    tokens = [part for token in MARKDOWN.parse(text) for part in [token, *(token.children or [])]]
    return [token.content for token in tokens if token.type in ("code_inline", "fence")]


def unknown_targets(pieces: list[str]) -> set[str]:
    """Return the ``make`` commands among pieces of code that the Makefile lacks."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    known = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    return {name for piece in pieces for name in re.findall(r"\bmake ([\w-]+)", piece)} - known


def test_glossary_keeps_its_rules():
    text = (ROOT / "GLOSSARY.md").read_text("utf-8")
    assert glossary_faults(text) == []
    assert text.count("\n| ") - text.count(HEAD) >= 120


GOOD_ROW = "| axis | 轴 | `nn.Conv2d(stride=)`, `F.relu` | A direction. |"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ([], "there is no term"),
        ([GOOD_ROW, GOOD_ROW], "axis: stands here twice"),
        ([GOOD_ROW, "| area | 面积 | — | A size. |"], "A: not in alphabetical order"),
        (["| axis | 轴 | A direction. |"], "axis: 3 columns, not 4"),
        (["| axis | Achse | — | A direction. |"], "axis: no Chinese term in 'Achse'"),
        (["| axis | 轴 | — | A direction |"], "full stop"),
        (["| axis | 轴 | torch.add | A direction. |"], "neither a dash nor torch names"),
        (["| axis | 轴 | `numpy.add` | A direction. |"], "neither a dash nor torch names"),
        (["| axis | 轴 | `nn.Conv7d` | A direction. |"], "torch has no torch.nn.Conv7d"),
        (["| axis | 轴 | `torch.nowhere.x` | A direction. |"], "torch has no torch.nowhere.x"),
        (["| axis | 轴 | `nn.Conv2d(step=)` | A direction. |"], "has no argument step"),
    ],
)
def test_glossary_faults_are_found(rows, fault):
    faults = glossary_faults("\n".join(["# Glossary", "## A", HEAD, "|---|---|---|---|", *rows]))
    assert len(faults) == 1 and fault in faults[0]


def test_a_table_with_another_head_is_a_fault():
    text = f"# Glossary\n## A\n| English | torch |\n|---|---|\n{GOOD_ROW}\n"
    assert glossary_faults(text) == [f"A: the table's head must be {HEAD}"]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_links_and_commands_of_papers_lead_somewhere(paper):
    text = paper.read_text("utf-8")
    assert link_faults(paper, text) == []
    assert unknown_targets(code(text)) == set()


def test_commands_of_workflows_exist():
    assert WORKFLOWS
    assert unknown_targets([path.read_text("utf-8") for path in WORKFLOWS]) == set()


def test_broken_links_and_commands_are_found():
    text = "# Title\n[a](no.md) [b](#no) [c](README.md#no) ![d](no.png) [e](#title) `make tea`"
    assert [fault.split(":")[0] for fault in link_faults(ROOT / "CHANGELOG.md", text)] == [
        "no.md",
        "#no",
        "README.md#no",
        "no.png",
    ]
    assert unknown_targets(code(text)) == {"tea"}


def test_readme_opens_with_the_two_commands():
    tokens = MARKDOWN.parse((ROOT / "README.md").read_text("utf-8"))
    first = next(token.content for token in tokens if token.type == "fence")
    assert re.findall(r"^make ([\w-]+)", first, flags=re.MULTILINE) == ["book", "test"]


def test_settings_named_in_papers_exist():
    helpers = "".join(path.read_text("utf-8") for path in (ROOT / "utils").rglob("*.py"))
    named = {name for p in PAPERS for name in re.findall(r"\bBOOK_[A-Z]+\b", p.read_text("utf-8"))}
    assert named and {name for name in named if f'"{name}"' not in helpers} == set()


def test_python_examples_of_the_readme_run():
    tokens = MARKDOWN.parse((ROOT / "README.md").read_text("utf-8"))
    examples = [token.content for token in tokens if token.info == "python"]
    assert examples
    for text in examples:
        example = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
        assert example.examples
        report = []
        assert doctest.DocTestRunner().run(example, out=report.append).failed == 0, "".join(report)


def test_citation_is_complete_and_of_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {"authors", "cff-version", "message", "title"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")
