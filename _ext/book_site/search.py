"""The search finds words in Chinese, and by its name the section that teaches a function.

Sphinx's search ranks what an index names above what merely stands in a text. So terms of the
glossary, in English and Chinese, and names of functions become entries of the index, on the pages
that teach them most.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.search.en import SearchEnglish

from book_site.glossary import CHINESE, Term, glossary
from book_site.teaching import IN_TITLE, Place, places, plain_words

KEY = "book_teaching"  # in Sphinx's metadata of a page
GLOSSARY = "GLOSSARY"
PAGES = 3  # that a term or a name leads to
# Entries of equal length rank alike; this makes those of the second page and the third longer.
PAD = "·"
RUNS = re.compile(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+")
AS_A_TERM = (
    0.5  # of what a page teaches of a term counts for the functions that the glossary names
)


def pairs(text: str) -> list[str]:
    """Return the pairs of neighbouring signs; Chinese has no spaces between its words.

    >>> pairs("梯度下降"), pairs("轴")
    (['梯度', '度下', '下降'], ['轴'])
    """
    return [text[at : at + 2] for at in range(max(1, len(text) - 1))]


class BookSearch(SearchEnglish):
    """English, with Chinese in pairs of signs; the browser splits a query in the same way."""

    js_splitter_code = r"""
var splitQuery = (query) => query
  .split(/[^\p{Letter}\p{Number}_]+/u)
  .flatMap((word) => word.match(/[\u4e00-\u9fff]+|[^\u4e00-\u9fff]+/g) ?? [])
  .flatMap((run) => /^[\u4e00-\u9fff]{3}/.test(run)
    ? [...run].slice(1).map((sign, at) => run[at] + sign) : [run]);
"""

    def split(self, input: str) -> list[str]:  # noqa: A002, as Sphinx calls it
        """Split a text into words."""
        runs = [run for word in super().split(input) for run in RUNS.findall(word)]
        return [part for run in runs for part in (pairs(run) if CHINESE.match(run) else [run])]


def with_functions(named: dict[str, Place], terms: list[Term]) -> dict[str, Place]:
    """Return what a page teaches; a page that teaches a term teaches its functions, too.

    >>> taught = {"cross-entropy": Place(12, "loss"), "cross_entropy": Place(1, "training")}
    >>> with_functions(taught, [Term("cross-entropy", [], ["cross_entropy"])])["cross_entropy"]
    Place(score=7.0, anchor='training')
    """
    found = dict(named)
    of_terms = [(named[term.english], term) for term in terms if term.english in named]
    # The term that the page teaches most is the one that counts.
    for place, term in sorted(of_terms, reverse=True):
        for name in set(term.torch) - {term.english}:
            own = named.get(name, Place(0.0, place.anchor))
            found.setdefault(name, own)
            score = own.score + AS_A_TERM * place.score
            found[name] = max(found[name], Place(score, own.anchor))
    return found


def best_pages(taught: dict[str, dict[str, Place]], name: str) -> list[tuple[str, Place]]:
    """Return the pages that teach a name most, in reading order where they do equally."""
    found = [(page, named[name]) for page, named in taught.items() if name in named]
    return sorted(found, key=lambda one: -one[1].score)[:PAGES]


def entries(
    taught: dict[str, dict[str, Place]], terms: list[Term]
) -> dict[str, list[tuple[str, str]]]:
    """Return for each page its entries of the index, with the section that each leads to.

    Args:
        taught: by page, in reading order, what it teaches.
        terms: the glossary's terms.
    """
    chinese = {term.english: term.chinese for term in terms}
    signs = {word for term in terms for word in term.chinese}
    taught = {page: with_functions(named, terms) for page, named in taught.items()}
    found: dict[str, list[tuple[str, str]]] = {}
    for name in dict.fromkeys(name for named in taught.values() for name in named):
        words = [name, *chinese.get(name, [])]
        for rank, (page, place) in enumerate(best_pages(taught, name)):
            given = found.setdefault(page, [])
            given += [(word + PAD * rank, place.anchor) for word in words]
            if place.score >= IN_TITLE:  # who looks for a gradient may mean gradient descent
                given += [(word + PAD, place.anchor) for word in within(words, signs)]
    return found


def within(words: list[str], others: set[str]) -> list[str]:
    """Return which of the other words stand inside one of the words.

    >>> within(["梯度下降"], {"梯度", "梯度下降", "卷积"})
    ['梯度']
    """
    return sorted(one for one in others if any(one in word and one != word for word in words))


def index_node(found: list[tuple[str, str]]) -> addnodes.index:
    """Return a node, which shows nothing, with entries of the index."""
    return addnodes.index(entries=[("single", word, at, "main", None) for word, at in found])


class Index:
    """Entries of the index, gathered when all pages are read, given out when they are written."""

    def __init__(self) -> None:
        self.terms: list[Term] = []
        self.entries: dict[str, list[tuple[str, str]]] = {}

    def open(self, app: Sphinx) -> None:
        """Read the glossary."""
        file = Path(app.srcdir) / f"{GLOSSARY}.md"
        self.terms = glossary(file.read_text("utf-8")) if file.is_file() else []

    def note(self, app: Sphinx, document: nodes.document) -> None:
        """Keep what a page teaches; a term that is new counts where a page is read after it."""
        if Path(app.env.doc2path(app.env.docname)).suffix == ".ipynb":
            names = {" ".join(plain_words(term.english)): term.english for term in self.terms}
            app.env.metadata[app.env.docname][KEY] = places(document, names)

    def settle(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Choose the pages of each name."""
        taught = {
            page: env.metadata[page][KEY] for page in ordered(env) if KEY in env.metadata[page]
        }
        self.entries = entries(taught, self.terms)
        if GLOSSARY in env.found_docs:
            rows = [(word, row_id(term)) for term in self.terms for word in names_of(term)]
            given = self.entries.setdefault(GLOSSARY, [])
            given += [(word + PAD * (PAGES - 1), anchor) for word, anchor in rows]

    def give(self, app: Sphinx, document: nodes.document, page: str) -> None:
        """Put its entries into a page that is about to be written."""
        if page == GLOSSARY:
            for row, term in zip(glossary_rows(document), self.terms, strict=True):
                row["ids"].append(row_id(term))
        if found := self.entries.get(page):
            document.append(index_node(found))

    def keep(self, app: Sphinx) -> list:
        """Give the index the entries of pages that are not written again; it adds no page.

        Sphinx 7.4 takes words and titles over from the last build, and no entries.
        """
        indexer = getattr(app.builder, "indexer", None)
        for page in getattr(indexer, "_titles", {}):
            found = [(word, anchor, "main") for word, anchor in self.entries.get(page, [])]
            indexer._index_entries.setdefault(page, found)
        return []


def names_of(term: Term) -> list[str]:
    """Return what a term is called."""
    return [term.english, *term.chinese]


def row_id(term: Term) -> str:
    """Return the id of the row of a term."""
    return nodes.make_id(f"term-{term.english}")


def ordered(env: BuildEnvironment) -> Iterator[str]:
    """Yield the pages in reading order."""
    waiting = [env.config.root_doc]
    while waiting:
        page = waiting.pop(0)
        yield page
        waiting[:0] = env.toctree_includes.get(page, [])


def glossary_rows(document: nodes.document) -> Iterator[nodes.row]:
    """Yield the rows of the glossary's tables, without their heads."""
    for body in document.findall(nodes.tbody):
        yield from body.findall(nodes.row)


def serve_script(app: Sphinx) -> None:
    """Serve the script of the results from here: what lies in `_static` is on every page."""
    app.config.html_static_path.append(str(Path(__file__).with_name("static")))


def on_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Let the page of results lead to sections, and show words."""
    if pagename == "search":
        app.add_js_file("search_results.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    index = Index()
    app.add_search_language(BookSearch)
    app.connect("builder-inited", index.open)
    app.connect("builder-inited", serve_script)
    app.connect("doctree-read", index.note)
    app.connect("env-updated", index.settle)
    app.connect("doctree-resolved", index.give)
    app.connect("html-collect-pages", index.keep)
    app.connect("html-page-context", on_page)
