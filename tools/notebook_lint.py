"""Hold every page to the book's rules: ``python -m tools.notebook_lint [--advice] [files]``."""

import argparse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tools.files import ROOT, run_command
from tools.lint import anatomy, code, exercises, form, markup, outputs, text
from tools.lint.finding import Finding
from tools.pages import Page, page_paths

Rule = Callable[[Page], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    form.notebook_format,
    form.notebook_metadata,
    form.cell_ids,
    form.cell_kinds,
    form.cell_metadata,
    form.known_tags,
    anatomy.one_title,
    anatomy.heading_depth,
    anatomy.colab_badge,
    anatomy.running_time,
    anatomy.set_up,
    anatomy.predict_first,
    anatomy.closing_sections,
    anatomy.summary_bullets,
    exercises.exercise_headings,
    exercises.exercise_starters,
    exercises.solutions_match,
    exercises.solutions_checked,
    exercises.solution_cells,
    code.code_syntax,
    code.cell_lines,
    code.code_in_a_row,
    code.figure_alt,
    code.has_assertion,
    code.checked_functions,
    text.cell_words,
    text.typed_numbers,
    text.glossary,
    markup.portable_markup,
    markup.display_math,
    markup.raw_html,
    markup.attachments,
    markup.image_sources,
    markup.remote_resources,
    markup.links,
    outputs.execution_counts,
    outputs.expected_errors,
    outputs.image_payloads,
    outputs.figure_text,
    outputs.widget_state,
    outputs.stderr,
    outputs.object_addresses,
)

ADVICE: tuple[Rule, ...] = (code.advise_lines, text.advise_words)


def rule_name(rule: Rule) -> str:
    """Return a rule's name as it is printed."""
    return rule.__name__.replace("_", "-")


def lint(page: Page, rules: Iterable[Rule] = RULES) -> Iterator[str]:
    """Yield one line for every finding on a page, in the order of the rules."""
    for rule in rules:
        for finding in rule(page):
            place = f"cell {finding.cell}" if finding.cell else "page"
            yield f"{page.name}: {place}: {rule_name(rule)}: {finding.message}"


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Print every finding; return 1 if there is one."""
    parser = argparse.ArgumentParser(prog="python -m tools.notebook_lint", description=__doc__)
    parser.add_argument("files", nargs="*", help="notebooks; default: all under chapters/")
    parser.add_argument("--advice", action="store_true", help="print guidance on lengths, too")
    options = parser.parse_args(arguments)
    pages = [Page.load(path, root) for path in page_paths(options.files, root)]
    findings = [line for page in pages for line in lint(page)]
    print(*findings, sep="\n", end="\n" if findings else "")
    if options.advice:
        for page in pages:
            for line in lint(page, ADVICE):
                print(f"advice: {line}")
    print(f"{len(pages)} pages, {len(findings)} findings")
    return int(bool(findings))


if __name__ == "__main__":
    run_command(main)
