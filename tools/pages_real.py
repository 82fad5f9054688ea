"""Run every page on every data set that it offers, and show their verdicts side by side.

``python -m tools.pages_real [page …]``. ``BOOK_DATA`` names a folder that holds the real data;
``make data`` downloads them. A page that offers a choice lists it as ``DATASETS``. It passes if
it runs to its end on each, and prints the same claims on each with `utils.verdicts.verdict`.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import nbformat

from tools.files import run_command
from tools.kernels import warm_kernels
from tools.lint.data_sets import data_sets
from tools.page_runs import CellFailure, run, two_at_a_time
from tools.pages import Page, page_paths
from utils.verdicts import OPPOSITE, RELATIONS, Verdict, read_verdicts


class Run(NamedTuple):
    """A page on a data set: what went wrong, if anything did, and its verdicts."""

    page: Page
    name: str
    failed: str | None
    verdicts: list[Verdict]


def run_on(page: Page, name: str) -> Run:
    """Run a page on a data set."""
    notebook, failed = nbformat.read(page.path, as_version=4), None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    try:
        run(notebook, page.path.parent, environment={"BOOK_DATASET": name})
    except CellFailure as failure:
        failed = f"cell {failure.index + 1}: {failure}"
    streams = [
        output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", [])
    ]
    return Run(page, name, failed, list(read_verdicts("".join(streams))))


def contradictions(runs: list[Run]) -> Iterator[str]:
    """Yield what is wrong with the verdicts of one page's runs."""
    claims = {each.name: [verdict.claim for verdict in each.verdicts] for each in runs}
    if not any(claims.values()):
        yield "prints no verdict; use utils.verdicts.verdict where it judges a run"
    for name, seen in claims.items():
        if len(set(seen)) < len(seen):
            yield f"prints a claim twice on {name}"
        for claim in set().union(*claims.values()) - set(seen):
            yield f"{claim!r} is not printed on {name}"
    said: dict[str, str] = {}
    for each in runs:
        for verdict in each.verdicts:
            if not RELATIONS[verdict.relation](verdict.left, verdict.right):
                yield f"{verdict.claim!r} on {each.name}: its numbers say something else"
            yes = verdict.relation if verdict.word == "yes" else OPPOSITE[verdict.relation]
            if said.setdefault(verdict.claim, yes) != yes:
                yield f"{verdict.claim!r} means two things: {said[verdict.claim]} and {yes}"


def report(runs: list[Run]) -> Iterator[str]:
    """Yield the lines of one page: each claim, with the verdict on each data set."""
    yield runs[0].page.name
    for claim in dict.fromkeys(verdict.claim for each in runs for verdict in each.verdicts):
        yield f"  {claim}:"
        for each in runs:
            for _, word, left, relation, right in (v for v in each.verdicts if v.claim == claim):
                yield f"    {each.name:14} {word:4} {left:g} {relation} {right:g}"


def main(arguments: list[str] | None = None) -> int:
    """Run the pages and print their verdicts; return 1 if something is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.pages_real", description=__doc__.splitlines()[0]
    )
    parser.add_argument("files", nargs="*", help="notebooks; default: all under chapters/")
    pages = [Page.load(Path(path)) for path in page_paths(parser.parse_args(arguments).files)]
    work = [(page, name) for page in pages for name in data_sets(page)]
    if not work:
        raise ValueError("none of these pages lists DATASETS, so there is nothing to compare")
    by_page: dict[str, list[Run]] = {}
    problems = 0
    with warm_kernels():
        for each in two_at_a_time(lambda item: run_on(*item), work):
            runs = by_page.setdefault(each.page.name, [])
            runs.append(each)
            if each.failed:
                print(f"{each.page.name} on {each.name} FAILED, {each.failed}", flush=True)
                problems += 1
            if len(runs) == len(data_sets(each.page)):
                print(*report(runs), sep="\n", flush=True)
                for problem in () if any(it.failed for it in runs) else contradictions(runs):
                    print(f"{each.page.name}: {problem}", flush=True)
                    problems += 1
    print(f"{len(work)} runs of {len(by_page)} pages, {problems} problems")
    return int(problems > 0)


if __name__ == "__main__":
    run_command(main)
