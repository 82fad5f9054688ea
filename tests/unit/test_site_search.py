"""What the website's search knows: which page teaches what, in English and in Chinese."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parents[2] / "_ext"))

from book_site import search, teaching
from book_site.glossary import Term, glossary
from book_site.search import PAD
from book_site.teaching import Place

TERMS = {"gradient": "gradient", "gradient descent": "gradient descent", "learning rate": "rate"}


def section(title, *children):
    """A section with a title and children; strings become paragraphs."""
    made = nodes.section("", nodes.title("", title), ids=[nodes.make_id(title)])
    made += [nodes.paragraph("", one) if isinstance(one, str) else one for one in children]
    return made


def cell(code, **settings):
    """A code cell as MyST-NB makes it."""
    block = nodes.literal_block("", code, language="ipython3")
    return nodes.container("", nodes.container("", block), nb_element="cell_code", **settings)


def page(*parts):
    """A document of sections."""
    document = new_document("page")
    document += parts
    return document


def test_words_are_compared_without_case_and_plural():
    assert teaching.plain_words("Learning rates, zero-padded") == [
        "learning", "rate", "zero", "padded",
    ]  # fmt: skip
    assert teaching.plain_words("loss gas bus is") == ["loss", "gas", "bus", "is"]


def test_of_terms_that_overlap_the_longer_one_is_meant():
    text = "Gradient descent follows gradients; the learning rate"
    assert [*teaching.terms_in(text, TERMS)] == ["gradient descent", "gradient", "rate"]


@pytest.mark.parametrize(
    ("code", "called", "defined"),
    [
        ("y = F.conv2d(nn.ReLU()(x), w)", {"conv2d", "ReLU", ""}, set()),
        ("def f(x):\n    return g(x)\nclass A: pass", {"g"}, {"f", "A"}),
        ("not python (", set(), set()),
    ],
)
def test_names_are_taken_from_code(code, called, defined):
    assert teaching.names_in(code) == (called, defined)


def test_the_section_that_teaches_is_the_one_whose_heading_says_so():
    below = section("The learning rate", "A step.")
    document = page(section("Walking", "The learning rate. A learning rate.", below))
    found = teaching.places(document, TERMS)
    assert found["rate"].anchor == "the-learning-rate"
    titled = teaching.places(page(section("Gradient descent", below)), TERMS)
    assert titled["gradient descent"] == Place(teaching.IN_TITLE, "")
    assert titled["gradient descent"].score > found["rate"].score


def test_what_a_text_sets_apart_counts_more_than_what_it_says():
    said = page(section("A", "The gradient."))
    apart = nodes.paragraph("", "", nodes.strong("", "gradient"))
    assert (
        teaching.places(page(section("A", apart)), TERMS)["gradient"].score
        > 3 * teaching.places(said, TERMS)["gradient"].score
    )


def score_of(name, *children, title="Part"):
    """The score of a name in the second section of a page."""
    document = page(section("Page", section(title, *children)))
    return teaching.places(document, {}).get(name, Place(0.0, "")).score


def test_code_in_sight_counts_more_than_folded_code_and_a_definition_most():
    seen, folded = (
        score_of("pad", cell("F.pad(x)")),
        score_of("pad", cell("pad()", hide_mode="all")),
    )
    defined = score_of("pad", cell("def pad(x): ..."))
    assert defined > seen > folded > 0


def test_names_are_counted_without_their_case():
    assert score_of("batchnorm2d", cell("nn.BatchNorm2d(3)\nF.batchnorm2d(x)")) == 2


def test_what_is_written_as_code_counts_and_a_call_in_a_loop_counts_a_few_times():
    named = nodes.paragraph("", "", nodes.literal("", "F.pad(x)"))
    assert score_of("pad", named) == 2
    assert score_of("pad", *[cell("F.pad(x)")] * 50) == teaching.MOST


@pytest.mark.parametrize("title", sorted(teaching.AFTERWARDS))
def test_what_comes_afterwards_teaches_less(title):
    assert score_of("pad", cell("F.pad(x)"), title=title) == score_of("pad", cell("F.pad(x)")) / 4


def test_many_sections_that_use_a_name_do_not_teach_it():
    used = page(section("Page", *[section(f"Part {n}", cell("F.pad(x)")) for n in range(5)]))
    assert teaching.places(used, {})["pad"] == Place(1 + 4 * teaching.ELSEWHERE, "part-0")


ROWS = """
| English | 中文 | torch | meaning |
|---|---|---|---|
| Gradient | 梯度 (斜率) | — | All slopes. |
| cross-entropy | 交叉熵 | `F.cross_entropy`, `nn.CrossEntropyLoss(weight=)` | Surprise. |
"""


def test_the_glossary_is_read():
    assert glossary(ROWS) == [
        Term("gradient", ["梯度", "斜率"], []),
        Term("cross-entropy", ["交叉熵"], ["cross_entropy", "crossentropyloss"]),
    ]


def test_the_book_s_own_glossary_is_read():
    terms = glossary((Path(__file__).parents[2] / "GLOSSARY.md").read_text("utf-8"))
    assert len(terms) > 600
    assert all(term.chinese for term in terms if term.english == "gradient")


def test_chinese_is_split_into_pairs():
    assert search.BookSearch({}).split("F.conv2d 梯度下降x 轴") == [
        "F", "conv2d", "梯度", "度下", "下降", "x", "轴",
    ]  # fmt: skip


def test_a_page_that_teaches_a_term_teaches_its_functions():
    term = Term("cross-entropy", [], ["cross_entropy", "nll_loss"])
    taught = {"cross-entropy": Place(12.0, "loss"), "cross_entropy": Place(1.0, "training")}
    found = search.with_functions(taught, [term])
    assert found["cross_entropy"] == Place(7.0, "training")
    assert found["nll_loss"] == Place(6.0, "loss")
    other = Term("loss", [], ["cross_entropy"])
    both = search.with_functions(taught | {"loss": Place(4.0, "")}, [term, other])
    assert both["cross_entropy"] == Place(7.0, "training"), "the larger of the two, not the sum"
    assert search.with_functions({}, [term]) == {}


def test_entries_lead_to_the_pages_that_teach_most():
    scores = {"a": 1.0, "b": 5.0, "c": 5.0, "d": 3.0}
    taught = {name: {"gradient": Place(score, f"in-{name}")} for name, score in scores.items()}
    found = search.entries(taught, [Term("gradient", ["梯度"], [])])
    assert found == {
        "b": [("gradient", "in-b"), ("梯度", "in-b")],
        "c": [("gradient" + PAD, "in-c"), ("梯度" + PAD, "in-c")],
        "d": [("gradient" + 2 * PAD, "in-d"), ("梯度" + 2 * PAD, "in-d")],
    }


def test_a_page_about_a_longer_term_is_found_by_the_shorter_one():
    terms = [Term("gradient", ["梯度"], []), Term("gradient descent", ["梯度下降"], [])]
    strong, weak = Place(teaching.IN_TITLE, ""), Place(teaching.IN_TITLE - 1, "")
    assert ("梯度" + PAD, "") in search.entries({"a": {"gradient descent": strong}}, terms)["a"]
    assert "梯度" + PAD not in dict(search.entries({"a": {"gradient descent": weak}}, terms)["a"])


def test_rows_of_the_glossary_get_places():
    index = search.Index()
    index.terms = glossary(ROWS)
    rows = [nodes.row(), nodes.row()]
    table = nodes.tgroup("", nodes.thead("", nodes.row()), nodes.tbody("", *rows))
    index.give(None, page(table), "GLOSSARY")
    assert [row["ids"] for row in rows] == [["term-gradient"], ["term-cross-entropy"]]
    with pytest.raises(ValueError, match="zip"):  # a row more than terms
        index.give(None, page(nodes.tbody("", nodes.row(), nodes.row(), nodes.row())), "GLOSSARY")


def built(folder):
    """Build a small book, and return what its index says: by entry, titles and places."""
    settings = {"extensions": ["myst_parser", "book_site.search"], "html_theme": "basic"}
    app = Sphinx(
        folder, None, folder / "html", folder / "trees", "html",
        confoverrides=settings, status=None,
    )  # fmt: skip
    app.build()
    text = (folder / "html" / "searchindex.js").read_text(encoding="utf-8")
    found = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    return {
        word: [(found["docnames"][at], anchor) for at, anchor, _ in places]
        for word, places in found["indexentries"].items()
    }


def test_a_build_that_writes_one_page_forgets_no_entry_of_the_others(tmp_path):
    pages = {
        "index.md": "# Book\n\n```{toctree}\nGLOSSARY\nafter\n```\n",
        "GLOSSARY.md": f"# Words\n{ROWS}",
        "after.md": "# After\n\nOne.\n",
    }
    for name, text in pages.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    first = built(tmp_path)
    assert first["斜率" + 2 * PAD] == [("GLOSSARY", "term-gradient")]
    (tmp_path / "after.md").write_text("# After\n\nTwo.\n", encoding="utf-8")
    assert built(tmp_path) == first
    row = "| pixel | 像素 | — | One point. |\n"
    (tmp_path / "GLOSSARY.md").write_text(pages["GLOSSARY.md"] + row, encoding="utf-8")
    assert built(tmp_path).keys() - first.keys() == {"pixel" + 2 * PAD, "像素" + 2 * PAD}


def test_a_page_without_entries_gets_no_node():
    document = page(section("A"))
    search.Index().give(None, document, "chapters/a")
    assert not [*document.findall(search.addnodes.index)]


def test_pages_come_in_reading_order():
    includes = {"index": ["one", "two"], "one": ["one/a", "one/b"]}
    env = SimpleNamespace(config=SimpleNamespace(root_doc="index"), toctree_includes=includes)
    assert [*search.ordered(env)] == ["index", "one", "one/a", "one/b", "two"]
