"""The landing page's parts that are made from the book: a pair, the chapters, all demos."""

import html
import re
from collections.abc import Iterable
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from book_site import reading
from book_site.demos import PLACEHOLDER, demo_class
from book_site.pair import pair_html

HOME = "index"
PICTURES = Path("_static/demos")
SHEET = "landing.css"
DEMOS, OPENING = "book_demos", "book_opening"  # in Sphinx's metadata of a page
MOST = 180  # letters of a chapter's card
# What `index.md` holds in the place of a part: words for those who read it elsewhere.
PLACE = re.compile(r'<div class="book-(pair|chapters|wall)">.*?</div>', re.DOTALL)
WORDS = "demos, computed in your browser. A picture leads to the place where its demo stands."
SHORT = {"mlp": "MLP", "hog": "HOG"}


def duration(minutes: int) -> str:
    """Return minutes of reading as one says them.

    >>> duration(1), duration(45), duration(60), duration(95)
    ('1 min', '45 min', '1 h', '1 h 35 min')
    """
    hours, rest = divmod(minutes, 60)
    return " ".join([f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours))


def title_of(demo: str) -> str:
    """Return what a demo is called under its picture.

    >>> title_of("mlp_playground"), title_of("fit_line")
    ('MLP playground', 'Fit line')
    """
    words = [SHORT.get(word, word) for word in demo.split("_")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def anchor(demo: str) -> str:
    """Return the id of the place of a demo on its page; ``demo`` is the name of its folder."""
    return f"demo-{demo.replace('_', '-')}"


def folder(path: str) -> str:
    """Return the folder of a demo.

    >>> folder("utils.widgets.fit_line.FitLine")
    'fit_line'
    """
    return path.split(".")[2]


def with_anchors(body: str) -> str:
    """Return a page's HTML with an id on each demo, where it stands for the first time."""
    seen: set[str] = set()

    def named(match: re.Match[str]) -> str:
        name = folder(match[1])
        if name in seen:
            return match[0]
        seen.add(name)
        return match[0].replace("<div ", f'<div id="{anchor(name)}" ', 1)

    return PLACEHOLDER.sub(named, body)


def opening(document: nodes.document) -> str:
    """Return a text's first sentences that fit a card, one at least; empty if there is none."""
    paragraph = next(iter(document.findall(nodes.paragraph)), None)
    words = paragraph.astext().replace("\n", " ") if paragraph else ""
    text, *more = re.split(r"(?<=[.?!])\s", words)
    for sentence in more:
        if len(f"{text} {sentence}") > MOST:
            break
        text = f"{text} {sentence}"
    return text


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Keep what the landing page will say of a page."""
    name = app.env.docname
    known = app.env.metadata[name]
    if name == HOME:
        known["html_theme.sidebar_secondary.remove"] = True
    elif name.endswith("/index"):
        known[OPENING] = opening(doctree)
    else:
        raw = (node.astext() for node in doctree.findall(nodes.raw))
        paths = [path for text in raw for path in PLACEHOLDER.findall(text)]
        known[DEMOS] = [path for path in dict.fromkeys(paths) if folder(path) != "answers"]


def chapters(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the pages of each chapter, in order."""
    parts = env.toctree_includes.get(HOME, [])
    return {part: env.toctree_includes[part] for part in parts if part in env.toctree_includes}


def homes(env: BuildEnvironment) -> dict[str, str]:
    """Return the page of each demo: the first one that shows it. Both are named as Sphinx does."""
    found: dict[str, str] = {}
    for pages in chapters(env).values():
        for page in pages:
            for path in env.metadata.get(page, {}).get(DEMOS, []):
                found.setdefault(path, page)
    return found


def size(env: BuildEnvironment, chapter: str) -> str:
    """Return how long a chapter is."""
    pages = chapters(env)[chapter]
    minutes = sum(reading.minutes(env, page) for page in pages)
    return f"{len(pages)} page{'s'[: len(pages) > 1]} · {duration(minutes)} to read"


def chapters_html(env: BuildEnvironment) -> str:
    """Return the chapters as cards; a script tells how many of their pages are done."""
    cards = "".join(
        f'<li><a href="{chapter}.html">{html.escape(env.titles[chapter].astext())}</a>'
        f"<p>{html.escape(env.metadata[chapter].get(OPENING, ''))}</p>"
        f'<p class="book-size">{size(env, chapter)}</p><p class="book-done-pages" '
        f'data-chapter="{chapter.removesuffix("index")}" data-pages="{len(pages)}"></p></li>'
        for chapter, pages in chapters(env).items()
    )
    return f'<ol class="book-chapters">{cards}</ol>'


def picture_html(path: str, page: str) -> str:
    """Return a demo's picture, which leads to its place in the book."""
    name, words = folder(path), html.escape(demo_class(path).summary)
    return (
        f'<li><a href="{page}.html#{anchor(name)}"><img src="{PICTURES}/{name}.webp" width="320" '
        f'height="180" loading="lazy" decoding="async" alt="{words}">{title_of(name)}</a></li>'
    )


def wall_html(env: BuildEnvironment, root: Path) -> str:
    """Return the pictures of all demos that have one, by chapter."""
    drawn = {
        path: page for path, page in homes(env).items()
        if (root / PICTURES / f"{folder(path)}.webp").is_file()
    }  # fmt: skip
    walls = []
    for chapter, pages in chapters(env).items():
        if here := [path for path, page in drawn.items() if page in pages]:
            title = html.escape(env.titles[chapter].astext())
            items = "".join(picture_html(path, drawn[path]) for path in here)
            walls.append(f"<h3>{title}</h3><ul>{items}</ul>")
    return f'<div class="book-wall"><p>{len(drawn)} {WORDS}</p>{"".join(walls)}</div>'


def parts(app: Sphinx, env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Return what is put into the landing page and into the index of each chapter."""
    home = {
        "pair": pair_html(app.builder.highlighter.highlight_block),
        "chapters": chapters_html(env),
        "wall": wall_html(env, Path(app.srcdir)),
    }
    return {HOME: home, **{chapter: {"size": size(env, chapter)} for chapter in chapters(env)}}


def to_write_again(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the pages whose parts have changed since the last build."""
    before, env.book_parts = getattr(env, "book_parts", {}), parts(app, env)
    return [
        name
        for name, part in env.book_parts.items()
        if name in env.found_docs and before.get(name) != part  # a page may be built alone
    ]


def on_page(app: Sphinx, pagename: str, templatename: str, context: dict, doctree: object) -> None:
    """Put in the parts, and name the places of demos."""
    body = with_anchors(context.get("body", ""))
    part = getattr(app.env, "book_parts", {}).get(pagename, {})
    if pagename == HOME:
        app.add_css_file(SHEET)  # to this page alone
        body = PLACE.sub(lambda match: part[match[1]], body)
    elif part:
        line = f'</h1>\n<p class="book-reading">{part["size"]}</p>'
        body = body.replace("</h1>", line, 1)
    context["body"] = body


def write_sheet(app: Sphinx) -> None:
    """Serve the look of the landing page, which no other page needs."""
    file = Path(app.outdir) / "_static" / SHEET
    file.parent.mkdir(parents=True, exist_ok=True)
    text = Path(__file__).with_name(SHEET).read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("builder-inited", write_sheet)
    app.connect("doctree-read", note)
    app.connect("env-updated", to_write_again)
    app.connect("html-page-context", on_page)
