"""Rules about words that claim much: each sentence with one is confirmed, with what makes it true.

The confirmations of a page stand in ``strong-words/<page>.txt`` beside it, one line a sentence::

    A step of size 0 never moves. <- `assert torch.equal(step(w, 0), w)`

Code between back-ticks behind the arrow must stand on the page, so that a confirmation goes
with the assertion that it names.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from tools.lint.finding import Finding
from tools.lint.text import paragraphs
from tools.pages import Page
from tools.solutions import blocks

STRONG = re.compile(
    r"\b(never|only|always|any|silently|exactly|every|rarely|all pages)\b", re.IGNORECASE
)
# Code, formulas and links: what is no prose in a line of Markdown.
NO_PROSE = re.compile(r"(`+).+?\1|\$[^$]*\$|\[[^\]]*\]\([^)]*\)")
SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
ARROW = " <- "


def confirmations(page: Page) -> Path:
    """Return where the confirmations of a page stand."""
    return page.path.parent / "strong-words" / f"{page.path.stem}.txt"


def strong_sentences(page: Page) -> dict[str, tuple[int, str]]:
    """Return the sentences that hold a strong word: the number of the cell, and the words."""
    found: dict[str, tuple[int, str]] = {}
    for block in paragraphs(page):
        if block.part == "Sources":
            continue
        for sentence in SENTENCE_END.split(" ".join(block.token.content.split())):
            words = STRONG.findall(NO_PROSE.sub(" ", sentence))
            if words and not sentence.endswith("?"):  # a question claims nothing
                found.setdefault(sentence, (block.cell.number, ", ".join(words)))
    return found


def confirmed(page: Page) -> dict[str, str]:
    """Return the reason for each sentence that is confirmed; an empty one where it lacks."""
    path = confirmations(page)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    parts = [line.rpartition(ARROW) for line in lines if line.strip()]
    return {
        (before or after).strip(): after.strip() if before else "" for before, _, after in parts
    }


def strong_words(page: Page) -> Iterator[Finding]:
    """Each sentence with a strong word is confirmed, and each confirmation is in use."""
    sentences, reasons = strong_sentences(page), confirmed(page)
    place = confirmations(page).relative_to(page.root).as_posix()
    for sentence, (number, words) in sentences.items():
        if sentence not in reasons:
            yield Finding(number, f"{words}: in {sentence!r}; weaken it, or confirm it in {place}")
    code = [cell.source for cell in page.code]
    code += [block.code for cell in page.text for block in blocks(cell.source)]
    squeezed = "\n".join(" ".join(source.split()) for source in code)
    for sentence, reason in reasons.items():
        if sentence not in sentences:
            yield Finding(0, f"{place} confirms {sentence!r}, which no cell says")
        elif len(reason.split()) < 2:
            yield Finding(sentences[sentence][0], f"{place} gives no reason for {sentence!r}")
        for quoted in re.findall(r"`([^`]+)`", reason):
            if " ".join(quoted.split()) not in squeezed:
                yield Finding(0, f"{place} names the code {quoted!r}, which is not on the page")


def to_confirm(page: Page) -> Iterator[str]:
    """Yield the lines that the page's confirmations lack, their reasons left open."""
    reasons = confirmed(page)
    for sentence in strong_sentences(page):
        if sentence not in reasons:
            yield f"{sentence}{ARROW}"
