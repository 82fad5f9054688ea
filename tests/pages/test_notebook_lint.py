import re

import pytest
from sample import code, good_page, printed, write_book
from spoiled import OFFER, SPOILED, VERDICT
from spoiling import added, appended

from tools.notebook_lint import ADVICE, RULES, lint, main, rule_name
from tools.pages import Page


def found_rules(page, root):
    """Return the names of the rules that a page breaks."""
    path = write_book(root, page)
    return [line.split(": ")[2] for line in lint(Page.load(path, root))]


def test_a_good_page_has_no_finding(tmp_path):
    assert found_rules(good_page(), tmp_path) == []


@pytest.mark.parametrize(("rule", "what"), SPOILED, ids=": ".join)
def test_a_spoiled_page_is_rejected_by_the_rule_in_question(rule, what, tmp_path):
    page = good_page()
    SPOILED[rule, what](page)
    assert rule in found_rules(page, tmp_path)


def test_every_rule_is_shown_a_page_that_it_must_reject():
    assert {rule for rule, _ in SPOILED} == {rule_name(rule) for rule in RULES}


@pytest.mark.parametrize(
    "text",
    [
        "Half of $p = 50 %$, or `50 %`.",
        "Backpropagation links to [back-propagation](https://example.org).",
        "A class activation map explains a class.",
        "In code, `{note}` and `$$` and `[^1]` are shown, as is `any`.",
        "Is this always so? The number of [every link](index.md#what-you-need) is $always$.",
        "Sums are said to be easy. Those people read often.",
        "```text\n:::\n<div>\n# comment\n```",
        "> **Note.** Quoted, with a formula:\n>\n> $$x^2$$",
        "A [rendered anchor](index.md#what-you-need) and a [mail](mailto:me@example.org).",
        "The set $\\{x\\}$ and the product $a < b > c$.",
        "| a | b |\n|---|---|\n| 1 | 2 |",
    ],
)
def test_plain_text_is_left_alone(text, tmp_path):
    page = good_page()
    appended("idea", f"\n\n{text}")(page)
    assert found_rules(page, tmp_path) == []


@pytest.mark.parametrize(
    "source",
    [
        "print(0x3F800000)",
        "%timeit -n1 total([1])",
        "assert total.__name__\n!true",
        'print("at 0x1")',
        'images = load_images("digits")',
        f"{OFFER}\n{VERDICT}",
    ],
)
def test_ordinary_code_is_left_alone(source, tmp_path):
    page = good_page()
    added("look", code("more", source, outputs=[printed("0x3fb999999999999a is 0.1")]))(page)
    assert found_rules(page, tmp_path) == []


def test_a_finding_names_page_cell_and_rule(tmp_path, capsys):
    page = good_page()
    appended("idea", "\n\nIt finds 94 % of them.")(page)
    write_book(tmp_path, page)
    assert main([], root=tmp_path) == 1
    assert capsys.readouterr().out.startswith(
        "chapters/01-sums/sums.ipynb: cell 6: typed-numbers: '94 %' is typed by hand"
    )


def test_advice_is_printed_and_does_not_fail(tmp_path, capsys):
    page = good_page()
    appended("look", "\n\n" + "word " * 110)(page)
    write_book(tmp_path, page)
    assert main(["--advice"], root=tmp_path) == 0
    advice = [line for line in capsys.readouterr().out.splitlines() if line.startswith("advice")]
    assert [line.split(": ")[3] for line in advice] == [rule_name(rule) for rule in ADVICE]


def excused(page, **exceptions):
    """Return the page with exceptions in its metadata; ``_`` stands for ``-``."""
    named = {name.replace("_", "-"): reason for name, reason in exceptions.items()}
    page.metadata.update(book={"exceptions": named})
    return page


def test_an_exception_with_a_reason_excuses_what_it_names_and_nothing_else(tmp_path):
    page = excused(good_page(), picture_number="there is nothing more to see")
    SPOILED["picture-number", "three"](page)
    SPOILED["typed-numbers", "a percentage"](page)
    assert found_rules(page, tmp_path) == ["typed-numbers"]


@pytest.mark.parametrize(
    ("exceptions", "message"),
    [
        ({"picture_number": "there is nothing to see"}, "picture-number: an exception that the"),
        ({"links": "the host is down today"}, "no page may break the rule 'links'"),
        ({"beauty": "it lies in the eye"}, "no page may break the rule 'beauty'"),
    ],
)
def test_an_exception_that_is_stale_or_not_allowed_is_a_finding(exceptions, message, tmp_path):
    path = write_book(tmp_path, excused(good_page(), **exceptions))
    (line,) = lint(Page.load(path, tmp_path))
    assert message in line


def test_an_exception_needs_a_reason_in_words(tmp_path):
    page = excused(good_page(), picture_number="no time")
    SPOILED["picture-number", "three"](page)
    (line,) = lint(Page.load(write_book(tmp_path, page), tmp_path))
    assert "say in words why the page breaks 'picture-number'" in line


STRONG = "A sum of [ones](#where-it-breaks) is *always* `n`."


@pytest.mark.parametrize(
    ("confirmation", "message"),
    [
        (f"{STRONG} <- `assert total([]) == 0`, for no number", None),
        (f"{STRONG} <- by its definition", None),
        ("", "always: in 'A sum of"),
        ("A sum is always n. <- by its definition", "always: in 'A sum of"),
        (f"{STRONG} <- ", "gives no reason"),
        (f"{STRONG}", "gives no reason"),
        (f"{STRONG} <- yes", "gives no reason"),
        (f"{STRONG} <- `assert total([1]) == 1` says so", "names the code 'assert total([1]) =="),
        (f"{STRONG} <- by definition\nIt never ends. <- by hope", "confirms 'It never ends.'"),
    ],
)
def test_a_strong_word_is_confirmed_by_its_sentence_and_a_reason(confirmation, message, tmp_path):
    page = good_page()
    appended("idea", f"\n\nAdd. {STRONG}\nThat is all.")(page)
    path = write_book(tmp_path, page)
    (path.parent / "strong-words").mkdir()
    (path.parent / "strong-words" / "sums.txt").write_text(confirmation + "\n", "utf-8")
    lines = list(lint(Page.load(path, tmp_path)))
    assert message in lines[0] if message else not lines


def test_the_lines_to_confirm_are_printed_ready_to_be_completed(tmp_path, capsys):
    page = good_page()
    appended("idea", f"\n\nAdd. {STRONG}")(page)
    path = write_book(tmp_path, page)
    assert main(["--strong-words"], root=tmp_path) == 0
    assert capsys.readouterr().out == (f"# chapters/01-sums/strong-words/sums.txt\n{STRONG} <- \n")
    (path.parent / "strong-words").mkdir()
    (path.parent / "strong-words" / "sums.txt").write_text(f"{STRONG} <- by definition", "utf-8")
    assert main([], root=tmp_path) == 0


def test_the_table_counts_what_the_budgets_count(tmp_path, capsys):
    write_book(tmp_path, good_page())
    assert main(["--table"], root=tmp_path) == 0
    head, row = (re.split("  +", line.strip()) for line in capsys.readouterr().out.splitlines())
    table = dict(zip(head, row, strict=True))
    assert table["page"] == "01-sums/sums"
    assert (table["lines"], table["longest"], table["median"]) == ("21", "5", "2")
    assert (table["first picture"], table["pictures"], table["exercises"]) == ("3", "4", "5")
    assert (table["strong"], table["exceptions"]) == ("0", "0")


def test_linting_an_empty_folder_fails(tmp_path):
    (tmp_path / "chapters").mkdir()
    with pytest.raises(FileNotFoundError, match="no page found"):
        main([], root=tmp_path)


def test_an_editors_checkpoints_are_no_pages(tmp_path):
    path = write_book(tmp_path, good_page())
    (path.parent / ".ipynb_checkpoints").mkdir()
    (path.parent / ".ipynb_checkpoints" / path.name).write_text("", encoding="utf-8")
    assert main([], root=tmp_path) == 0


def test_linting_a_missing_file_fails(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such page"):
        main([str(tmp_path / "none.ipynb")], root=tmp_path)


@pytest.mark.parametrize("text", ["", "[]", '{"cells": []}', '{"nbformat": 3, "worksheets": []}'])
def test_linting_a_file_that_is_no_notebook_fails(text, tmp_path):
    path = write_book(tmp_path, good_page())
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="this is no notebook"):
        main([], root=tmp_path)


def test_every_page_of_the_book_is_clean(capsys):
    status = main([])
    assert status == 0, capsys.readouterr().out
