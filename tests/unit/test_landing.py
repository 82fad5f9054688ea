"""What the landing page is made of: a pair that agrees, the chapters, the demos."""

import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
import torch.nn.functional as F
from bs4 import BeautifulSoup
from docutils import nodes
from docutils.utils import new_document

sys.path.insert(0, str(Path(__file__).parents[2] / "_ext"))

from book_site import landing, pair, reading, ticks

ROOT = Path(__file__).parents[2]
FIT, SOFTMAX = "utils.widgets.fit_line.FitLine", "utils.widgets.softmax.Softmax"
PLACE = '<div class="book-demo" data-demo="{}" data-state="">words</div>'


def plain(code, language):
    assert language == "python"
    return f"<pre>{code}</pre>"


def test_the_pair_shows_the_code_that_ran_and_what_it_gave():
    soup = BeautifulSoup(pair.pair_html(plain), "html.parser")
    hand, call, equal = soup.select(".book-pair > div")
    assert "for j in range(side)" in hand.text and "F.conv2d" in call.text
    image, kernel = pair.cases()[0]
    wanted = F.conv2d(image[None, None], kernel[None, None])[0, 0, 20:23, 8:11]
    for column in (hand, call):
        shown = column.select_one(".book-numbers").text.split()
        assert [float(word) for word in shown] == wanted.flatten().tolist()
        assert len(set(shown)) > 5  # numbers that say something
    assert "by_hand agrees with torch.nn.functional.conv2d: 3 cases, outputs" in equal.text
    assert "6,348 outputs from 3 photographs, largest difference 0." in equal.text


def test_a_pair_that_differs_breaks_the_build():
    def wrong(image, kernel):
        return pair.with_torch(image, kernel.T)

    with pytest.raises(AssertionError, match="case 1 of 3"):
        pair.comparison(wrong, pair.with_torch)


def test_the_largest_gap_is_told():
    def nearly(image, kernel):
        return pair.by_hand(image, kernel) + (5e-11 if kernel.sum() else 0.0)  # one of three

    _, count, gap = pair.comparison(nearly, pair.with_torch)
    assert count == 3 * 46 * 46 and gap == pytest.approx(5e-11, rel=1e-2)


def test_numbers_stand_under_each_other():
    table = pair.rows(torch.arange(2304.0).reshape(48, 48) - 1000)
    assert table.splitlines()[0] == "-32 -31 -30" and len(table.splitlines()) == 3


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min"),
        (1, "1 min"),
        (59, "59 min"),
        (60, "1 h"),
        (95, "1 h 35 min"),
        (121, "2 h 1 min"),
    ],
)
def test_minutes_are_said_in_hours(minutes, words):
    assert landing.duration(minutes) == words


def test_a_demo_is_called_by_its_folder():
    assert landing.title_of("fit_line") == "Fit line"
    assert landing.title_of("mlp_playground") == "MLP playground"
    assert landing.title_of("hog_viewer") == "HOG viewer"


def test_a_demo_has_an_id_where_it_stands_first():
    body = landing.with_anchors(PLACE.format(FIT) * 2 + PLACE.format(SOFTMAX) + "<div></div>")
    found = [tag.get("id") for tag in BeautifulSoup(body, "html.parser").select(".book-demo")]
    assert found == ["demo-fit-line", None, "demo-softmax"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("One\nask: why? Two.", "One ask: why? Two."),
        (f"One. {'x' * 174}. Three.", f"One. {'x' * 174}."),
        (f"One. {'x' * 175}. Three.", "One."),
        (f"{'x' * 200}. Two.", f"{'x' * 200}."),
    ],
    ids=["all that fit", "to the last letter", "whole sentences", "one at least"],
)
def test_a_card_says_how_its_chapter_opens(text, said):
    document = new_document("chapter.md")
    assert landing.opening(document) == ""
    document += [nodes.title("", "Title. Two"), nodes.paragraph("", text)]
    assert landing.opening(document) == said


@pytest.fixture
def app(tmp_path):
    """A Sphinx application, as far as landing needs one, for a book of two chapters."""
    one, two = "chapters/01-a/index", "chapters/02-b/index"
    included = {"index": [one, two, "GLOSSARY"], one: ["chapters/01-a/x", "chapters/01-a/y"],
                two: ["chapters/02-b/z"]}  # fmt: skip
    metadata = {
        "index": {}, one: {landing.OPENING: "It begins <here>."}, two: {}, "GLOSSARY": {},
        "chapters/01-a/x": {reading.KEY: "40 minutes to read · runs in 4 s", landing.DEMOS: [FIT]},
        "chapters/01-a/y": {reading.KEY: "30 minutes to read", landing.DEMOS: [FIT]},
        "chapters/02-b/z": {reading.KEY: "1 minute to read", landing.DEMOS: [SOFTMAX, FIT]},
    }  # fmt: skip
    titles = {name: nodes.title("", name.split("/")[-2]) for name in (one, two)}
    env = SimpleNamespace(
        toctree_includes=included, metadata=metadata, titles=titles, found_docs={*metadata}
    )
    folder = tmp_path / landing.PICTURES
    folder.mkdir(parents=True)
    for name in ("fit_line", "softmax"):
        (folder / f"{name}.webp").touch()
    builder = SimpleNamespace(highlighter=SimpleNamespace(highlight_block=plain))
    sheets = []
    return SimpleNamespace(
        env=env, srcdir=str(tmp_path), outdir=str(tmp_path / "out"), builder=builder,
        add_css_file=sheets.append, sheets=sheets,
    )  # fmt: skip


def test_a_chapter_is_as_long_as_its_pages(app):
    assert landing.size(app.env, "chapters/01-a/index") == "2 pages · 1 h 10 min to read"
    assert landing.size(app.env, "chapters/02-b/index") == "1 page · 1 min to read"


def test_each_chapter_is_a_card(app):
    soup = BeautifulSoup(landing.chapters_html(app.env), "html.parser")
    first, second = soup.select("li")
    assert first.a["href"] == "chapters/01-a/index.html" and first.a.text == "01-a"
    assert first.p.text == "It begins <here>."
    counter = second.select_one("[data-chapter]")
    assert counter["data-chapter"] == "chapters/02-b/" and counter["data-pages"] == "1"


def test_each_demo_hangs_once_and_leads_to_where_it_stands_first(app):
    soup = BeautifulSoup(landing.wall_html(app.env, Path(app.srcdir)), "html.parser")
    assert soup.p.text.startswith("2 demos, ")
    assert [title.text for title in soup.select("h3")] == ["01-a", "02-b"]
    links = [link["href"] for link in soup.select("a")]
    assert links == ["chapters/01-a/x.html#demo-fit-line", "chapters/02-b/z.html#demo-softmax"]
    picture = soup.img
    assert picture["src"] == "_static/demos/fit_line.webp" and picture["loading"] == "lazy"
    assert (picture["width"], picture["height"]) == ("320", "180") and len(picture["alt"]) > 20
    assert soup.a.text == "Fit line"


def test_a_demo_without_a_picture_leaves_no_hole(app):
    (Path(app.srcdir) / landing.PICTURES / "softmax.webp").unlink()
    soup = BeautifulSoup(landing.wall_html(app.env, Path(app.srcdir)), "html.parser")
    assert len(soup.select("a")) == len(soup.select("h3")) == 1


def test_pages_are_written_again_when_what_they_say_has_changed(app):
    everything = {"index", "chapters/01-a/index", "chapters/02-b/index"}
    assert set(landing.to_write_again(app, app.env)) == everything
    assert landing.to_write_again(app, app.env) == []
    app.env.metadata["chapters/02-b/z"][reading.KEY] = "2 minutes to read"
    assert set(landing.to_write_again(app, app.env)) == {"index", "chapters/02-b/index"}
    app.env.metadata["chapters/01-a/y"][landing.DEMOS] = ["utils.widgets.tangent.Tangent"]
    (Path(app.srcdir) / landing.PICTURES / "tangent.webp").touch()
    assert landing.to_write_again(app, app.env) == ["index"]


def test_a_page_that_is_built_alone_needs_no_landing_page(app):
    app.env.found_docs, app.env.toctree_includes = {"z"}, {}
    assert landing.to_write_again(app, app.env) == []


def filled(app, name, body):
    context = {"body": body}
    landing.on_page(app, name, "", context, None)
    return context["body"]


def test_the_landing_page_holds_a_place_for_each_part_and_gets_it(app):
    text = (ROOT / "index.md").read_text(encoding="utf-8")
    places = landing.PLACE.findall(text)
    assert sorted(places) == ["chapters", "pair", "wall"]
    landing.to_write_again(app, app.env)
    body = filled(app, "index", text)
    for part in ('<ol class="book-chapters">', '<div class="book-wall"><p>2 demos', "✓ equal"):
        assert body.count(part) == 1
    assert "printed on the book's website" not in body
    assert app.sheets == [landing.SHEET]
    landing.write_sheet(app)
    assert ".book-wall" in (Path(app.outdir) / "_static" / landing.SHEET).read_text("utf-8")


def test_a_chapter_says_how_long_it_is_and_no_other_page_changes(app):
    landing.to_write_again(app, app.env)
    body = filled(app, "chapters/01-a/index", "<h1>A</h1><h1>B</h1>")
    assert body.count("2 pages · 1 h 10 min to read") == 1 and body.endswith("<h1>B</h1>")
    assert filled(app, "chapters/01-a/x", "<h1>A</h1>") == "<h1>A</h1>"
    assert app.sheets == []


def test_what_is_said_of_a_page_is_noted_when_it_is_read(app):
    document = new_document("page")
    answers = "utils.widgets.answers.Answers"
    for path in (FIT, answers, FIT, SOFTMAX):
        document += nodes.raw("", PLACE.format(path))
    document += nodes.paragraph("", "One. Two.")
    known = app.env.metadata
    for name in ("index", "chapters/02-b/index", "chapters/02-b/z"):
        app.env.docname, known[name] = name, {}
        landing.note(app, document)
    assert known["chapters/02-b/z"] == {landing.DEMOS: [FIT, SOFTMAX]}
    assert known["chapters/02-b/index"] == {landing.OPENING: "One. Two."}
    assert known["index"] == {"html_theme.sidebar_secondary.remove": True}


@pytest.mark.parametrize(
    ("name", "has"), [("chapters/a/b", 1), ("chapters/a/index", 0), ("index", 0), ("GLOSSARY", 0)]
)
def test_a_page_can_be_ticked_and_a_chapter_cannot(name, has):
    context = {"body": "<h1>A</h1>"}
    ticks.on_page(None, name, "", context, None)
    assert len(re.findall('type="checkbox"', context["body"])) == has
    ticks.on_page(None, name, "", {}, None)  # a page without a text of its own
