"""Rules about the words of a page."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from tools.lint.finding import Finding
from tools.page_size import word_count
from tools.pages import Block, Page

MOST_WORDS = 160
ADVISED_WORDS = 120

TYPED_NUMBER = re.compile(
    r"\d+(?:\.\d+)?\s?(?:%|per\s?cent\b)"
    r"|\baccurac(?:y|ies)\s(?:of|is|was|reaches|near|above|below)(?:\s(?:about|around|nearly))?"
    r"\s0?\.\d+"
    # The website counts both.
    r"|\bruns in about \d+ s\b|\b\d+ minutes to read\b|\breading takes\s(?:about\s)?\d+ minutes\b",
    re.IGNORECASE,
)

# What the glossary refuses, where a word can mean nothing else, and what it asks for.
GLOSSARY = {
    r"back[- ]?prop|back[- ]propagat\w*": "backpropagation",
    r"hyper[- ]?params?|hyper[- ]parameters?": "hyperparameter",
    r"(?:dev|development) (?:set|split|data)s?": "validation set",
    r"data ?points?": "example",
    r"mini[- ]batch(?:es)?": "minibatch",
    r"(?<!class )activation maps?": "feature map",
    r"cost functions?": "loss",
}

# Openings that lean on readers whom nobody has met.
HEARSAY = re.compile(
    r"\b(?:one|you|we) (?:often |sometimes |may |might |will )*(?:reads?|hears?)(?: often)? that\b"
    r"|\b(?:it is|is|are) (?:often|sometimes|widely|commonly|usually)"
    r" (?:said|told|claimed|written|believed|thought|taught)\b"
    r"|\b(?:many|most|some|few) (?:people|books|courses|texts|tutorials|students|beginners)"
    r" (?:say|think|believe|claim|write|teach|assume|expect)\b"
    r"|\b(?:people|books|courses|tutorials) (?:often|sometimes) \w+"
    r"|\bcommon (?:belief|myth|misconception)",
    re.IGNORECASE,
)


def prose(token: Token) -> str:
    """Return an inline token's words, without code, formulas and the text of links."""
    words, in_link = [], False
    for child in token.children or []:
        in_link = child.type == "link_open" or (in_link and child.type != "link_close")
        plain = child.type == "text" and not in_link
        if plain or child.type not in ("em_open", "em_close", "strong_open", "strong_close"):
            words.append(child.content if plain else " ")
    return "".join(words)


def paragraphs(page: Page) -> Iterator[Block]:
    """Every block that holds running text, headings among them."""
    return (block for block in page.blocks if block.token and block.token.type == "inline")


def cell_words(page: Page) -> Iterator[Finding]:
    """One cell of text holds one idea."""
    for cell in page.text:
        if (words := word_count(cell)) > MOST_WORDS:
            yield Finding(
                cell.number, f"{words} words; split the cell, {MOST_WORDS} are the limit"
            )


def typed_numbers(page: Page) -> Iterator[Finding]:
    """Results are printed by the code, not typed."""
    for block in paragraphs(page):
        if block.heading or block.part == "Sources":
            continue
        for match in TYPED_NUMBER.finditer(prose(block.token)):
            yield Finding(
                block.cell.number, f"{match[0]!r} is typed by hand; print it and name the variable"
            )


def glossary(page: Page) -> Iterator[Finding]:
    """One word for one thing."""
    for block in paragraphs(page):
        for refused, wanted in GLOSSARY.items():
            for match in re.finditer(rf"\b(?:{refused})\b", prose(block.token), re.IGNORECASE):
                yield Finding(block.cell.number, f"write {wanted!r} instead of {match[0]!r}")


def hearsay(page: Page) -> Iterator[Finding]:
    """A mistake is shown with its symptom; nobody needs to have made it."""
    for block in paragraphs(page):
        if block.part != "Sources" and (match := HEARSAY.search(prose(block.token))):
            yield Finding(block.cell.number, f"{match[0]!r}: say the thing itself")


def advise_words(page: Page) -> Iterator[Finding]:
    """Advice: a shorter cell reads better."""
    for cell in page.text:
        if ADVISED_WORDS < (words := word_count(cell)) <= MOST_WORDS:
            yield Finding(cell.number, f"{words} words; at most {ADVISED_WORDS} read better")
