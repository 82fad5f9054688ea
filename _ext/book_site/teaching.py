"""Which section of which page teaches a term of the glossary, or a function.

Each section of a page is scored when Sphinx reads the page; a term goes to the pages that score
most. Titles count most, then what the text sets apart, then what is merely used.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from docutils import nodes

from tools.pages import parse_code

WORD = re.compile(r"[^\W_]+")
DOTTED = re.compile(r"[A-Za-z_][\w.]*\w")
LONGEST = 6  # words of a term
# Parts of a page that use what others teach.
AFTERWARDS = {"Where it breaks", "Summary", "Exercises", "Solutions", "Sources"}
IN_TITLE, IN_HEADING, IN_SET_APART, IN_TEXT = 12.0, 5.0, 3.0, 0.5
DEFINED, CALLED, CALLED_UNSEEN = 3.0, 1.0, 0.25
ELSEWHERE = 0.2  # of what a page says in other sections
MOST = 4  # uses of a section that count; a function called in a loop is not taught thereby


class Place(NamedTuple):
    """A section of a page, with its score."""

    score: float
    anchor: str


@dataclass
class Section:
    """What stands under a heading, without what stands under the headings below it."""

    anchor: str
    scores: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    uses: dict[tuple[str, float], int] = field(default_factory=lambda: defaultdict(int))

    def note(self, names: Iterable[str], weight: float) -> None:
        """Count names that occur; the same kind of use counts a few times only."""
        for name in map(str.lower, names):
            self.uses[name, weight] += 1
            if self.uses[name, weight] <= MOST:
                self.scores[name] += weight


def plain_words(text: str) -> list[str]:
    """Return the words of a text in lower case and without the s of the plural.

    >>> plain_words("Zero-padded Images of a class")
    ['zero', 'padded', 'image', 'of', 'a', 'class']
    """
    found = (word.lower() for word in WORD.findall(text))
    return [re.sub(r"(?<=[a-z]{2}[^su])s$", "", word) for word in found]


def terms_in(text: str, terms: dict[str, str]) -> Iterator[str]:
    """Yield the terms that occur in a text; of two that overlap, the longer one.

    Args:
        text: plain text.
        terms: by its plain words, what a term is called.
    """
    words, at = plain_words(text), 0
    while at < len(words):
        for length in range(LONGEST, 0, -1):
            if name := terms.get(" ".join(words[at : at + length])):
                yield name
                at += length - 1
                break
        at += 1


def names_in(code: str) -> tuple[set[str], set[str]]:
    """Return the last parts of the names that code calls, and the names that it defines."""
    try:
        tree = parse_code(code)
    except SyntaxError:
        return set(), set()
    called, defined = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called.add(getattr(node.func, "attr", getattr(node.func, "id", "")))
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined.add(node.name)
    return called, defined


def is_unseen(block: nodes.literal_block) -> bool:
    """Return whether the code stands in a cell that is folded."""
    cell = block.parent
    while cell is not None and cell.get("nb_element") != "cell_code":
        cell = cell.parent
    return cell is not None and bool(cell.get("hide_mode"))


def sections(document: nodes.document, terms: dict[str, str]) -> Iterator[Section]:
    """Yield each section of a page, with the score of each term and name in it."""
    for part in document.findall(nodes.section):
        level, above = 1, part.parent
        names = {part.next_node(nodes.title).astext()}
        while isinstance(above, nodes.section):
            names.add(above.next_node(nodes.title).astext())
            level, above = level + 1, above.parent
        section = Section(part["ids"][0] if level > 1 else "")
        for child in part.children:
            if isinstance(child, nodes.title):
                read_text(child, section, terms, IN_TITLE if level == 1 else IN_HEADING)
            elif not isinstance(child, nodes.section):
                read(child, section, terms)
        if names & AFTERWARDS:
            section.scores = {name: score / 4 for name, score in section.scores.items()}
        yield section


def read_text(node: nodes.Node, section: Section, terms: dict[str, str], weight: float) -> None:
    """Score what a piece of text names, in words and in code."""
    section.note(terms_in(node.astext(), terms), weight)
    for literal in node.findall(nodes.literal):
        section.note((last(name) for name in DOTTED.findall(literal.astext())), max(weight, 2.0))


def read(node: nodes.Node, section: Section, terms: dict[str, str]) -> None:
    """Score what stands in a paragraph, a list, a table or a cell."""
    for text in node.findall(nodes.TextElement):
        if isinstance(text, nodes.literal_block):
            if text.get("language") in ("ipython3", "python"):
                called, defined = names_in(text.astext())
                section.note(called, CALLED_UNSEEN if is_unseen(text) else CALLED)
                section.note(defined, DEFINED)
        elif isinstance(text, nodes.paragraph):
            read_text(text, section, terms, IN_TEXT)
            for apart in text.findall(lambda one: isinstance(one, nodes.strong | nodes.emphasis)):
                section.note(terms_in(apart.astext(), terms), IN_SET_APART)


def last(name: str) -> str:
    """Return the last part of a dotted name."""
    return name.rpartition(".")[2]


def places(document: nodes.document, terms: dict[str, str]) -> dict[str, Place]:
    """Return, for each term and name of a page, the section that teaches it, and how much.

    A page of many sections that each use a name a little does not teach it.
    """
    best: dict[str, Place] = {}
    total: dict[str, float] = defaultdict(float)
    for section in sections(document, terms):
        for name, score in section.scores.items():
            total[name] += score
            if score > best.get(name, Place(0.0, "")).score:
                best[name] = Place(score, section.anchor)
    return {
        name: Place(round(place.score + ELSEWHERE * (total[name] - place.score), 2), place.anchor)
        for name, place in best.items()
    }
