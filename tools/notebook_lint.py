"""Hold every page to the book's rules: ``python -m tools.notebook_lint [options] [files]``.

A page that breaks a rule of ``EXCUSABLE`` for a reason says so in its metadata:
``{"book": {"exceptions": {"picture-number": "the reason, in words"}}}``.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tools.files import ROOT, run_command
from tools.lint import (
    anatomy,
    budgets,
    code,
    data_sets,
    exercises,
    form,
    markup,
    outputs,
    strong_words,
    text,
)
from tools.lint.finding import Finding
from tools.lint.table import table
from tools.pages import Page, page_paths

Rule = Callable[[Page], Iterable[Finding]]

# Rules about how a page reads, which a page may break with a reason.
EXCUSABLE: tuple[Rule, ...] = (
    budgets.visible_lines,
    budgets.visible_cell_lines,
    budgets.median_cell_lines,
    budgets.words_a_line,
    budgets.first_picture,
    budgets.picture_number,
    budgets.cell_number,
    exercises.exercise_set,
    strong_words.strong_words,
    text.hearsay,
)

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
    anatomy.set_up,
    anatomy.predict_first,
    anatomy.closing_sections,
    anatomy.summary_bullets,
    exercises.exercise_headings,
    exercises.exercise_starters,
    exercises.solutions_match,
    exercises.solutions_checked,
    exercises.solution_form,
    code.code_syntax,
    code.cell_lines,
    code.code_in_a_row,
    code.folded_cells,
    code.figure_alt,
    code.has_assertion,
    code.checked_functions,
    data_sets.offers_data_sets,
    data_sets.bound_words,
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
    outputs.numbers_vary,
    *EXCUSABLE,
)

ADVICE: tuple[Rule, ...] = (text.advise_words,)
SHORTEST_REASON = 3  # words


def rule_name(rule: Rule) -> str:
    """Return a rule's name as it is printed."""
    return rule.__name__.replace("_", "-")


def lint(page: Page, rules: Iterable[Rule] = RULES) -> Iterator[str]:
    """Yield one line for every finding on a page, in the order of the rules."""
    excused = page.exceptions
    for rule in rules:
        name, findings = rule_name(rule), list(rule(page))
        if rule in EXCUSABLE and name in excused:
            findings = [] if findings else [Finding(0, "an exception that the page does not need")]
        for finding in findings:
            place = f"cell {finding.cell}" if finding.cell else "page"
            yield f"{page.name}: {place}: {name}: {finding.message}"
    for name, reason in excused.items():
        if name not in map(rule_name, EXCUSABLE):
            yield f"{page.name}: page: exceptions: no page may break the rule {name!r}"
        elif len(str(reason).split()) < SHORTEST_REASON:
            yield f"{page.name}: page: exceptions: say in words why the page breaks {name!r}"


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Print every finding; return 1 if there is one."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.notebook_lint", description=__doc__.splitlines()[0]
    )
    parser.add_argument("files", nargs="*", help="notebooks; default: all under chapters/")
    parser.add_argument("--advice", action="store_true", help="print guidance on lengths, too")
    parser.add_argument("--table", action="store_true", help="print what the budgets count")
    parser.add_argument(
        "--strong-words", action="store_true", help="print the sentences that lack a confirmation"
    )
    options = parser.parse_args(arguments)
    pages = [Page.load(path, root) for path in page_paths(options.files, root)]
    if options.table:
        print(*table(pages), sep="\n")
        return 0
    if options.strong_words:
        for page in pages:
            print(f"# {strong_words.confirmations(page).relative_to(page.root).as_posix()}")
            print(*strong_words.to_confirm(page), sep="\n")
        return 0
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
