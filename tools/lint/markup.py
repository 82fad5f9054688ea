"""Rules about markup: what GitHub, JupyterLab, Colab and the website all show alike."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.files import read_notebook
from tools.lint.finding import Finding
from tools.pages import MARKDOWN, Page, target

# What MyST gives a meaning that other readers show as raw text: a pattern and its name.
MYST = {
    r"^:{3,}": "a ':::' directive",
    r"^\([^()\s]+\)=\s*$": "a '(label)=' target",
    r"^(?:%|\+\+\+)(?:\s|$)": "a MyST comment or block break",
    r"(?<!`)\{[A-Za-z][\w:.+-]*\}`": "a '{role}'",
    r"\{\{.+?\}\}": "a '{{substitution}}'",
    r"\[\^[^\]]+\]": "a footnote",
}
CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
HTML_TAG = re.compile(r"<([/!?]?[A-Za-z-]*)")
ALLOWED_HTML = {"details", "/details", "summary", "/summary"}
REMOTE_RESOURCE = re.compile(
    r"<(?:script|img|link|iframe|video|audio|source|embed|object)\b[^>]*?"
    r"\b(?:src|href|data)\s*=\s*[\"']?(?:https?:)?//"
    r"|@import\s+(?:url\()?[\"']?(?:https?:)?//",
    re.IGNORECASE,
)
LOADERS = {"Audio", "IFrame", "Image", "SVG", "Video", "VimeoVideo", "YouTubeVideo", "imread"}


def portable_markup(page: Page) -> Iterator[Finding]:
    """No directive, role or other markup that only MyST reads."""
    for cell in page.text:
        for token in cell.tokens:
            if token.type == "fence" and token.info.startswith("{"):
                yield Finding(cell.number, f"a {token.info!r} directive; write plain Markdown")
            if token.type != "inline":
                continue
            # A code span keeps its back-ticks: a role is recognised by the first of them.
            text = CODE_SPAN.sub(r"\1 \1", token.content)
            text = re.sub(r"\$[^$]*\$", " ", text)
            for pattern, name in MYST.items():
                if re.search(pattern, text, re.MULTILINE):
                    yield Finding(cell.number, f"{name} is MyST's own; write plain Markdown")


def display_math(page: Page) -> Iterator[Finding]:
    """A displayed formula is a paragraph of its own, and no line of a formula begins a list."""
    for cell in page.text:
        for token in cell.tokens:
            if token.type != "inline":
                continue
            text = CODE_SPAN.sub("", token.content)
            if "$$" in text:
                yield Finding(cell.number, "'$$' inside a paragraph; give the formula its own")
            elif len(re.findall(r"(?<!\\)\$", text)) % 2:
                yield Finding(
                    cell.number,
                    f"a formula is cut at {text[-30:]!r}; no line of it may begin with '- '",
                )


def raw_html(page: Page) -> Iterator[Finding]:
    """The only HTML is a foldable hint."""
    for cell in page.text:
        for token in cell.tokens:
            for leaf in [token, *(token.children or [])]:
                if leaf.type not in ("html_block", "html_inline"):
                    continue
                for tag in HTML_TAG.findall(leaf.content):
                    if tag and tag.lower() not in ALLOWED_HTML:
                        yield Finding(cell.number, f"HTML <{tag}>; write plain Markdown")


def attachments(page: Page) -> Iterator[Finding]:
    """No picture hides in a cell."""
    for cell in page.cells:
        if cell.raw.get("attachments"):
            yield Finding(cell.number, "a cell attachment; keep the drawing in figures/*.svg")


def image_sources(page: Page) -> Iterator[Finding]:
    """Every image is a file of the book and says what it shows."""
    for cell, token in page.references():
        if token.type != "image":
            continue
        if not token.content.strip():
            yield Finding(cell.number, f"image {target(token)!r} has no alternative text")
        if urlsplit(target(token)).scheme or target(token).startswith("//"):
            yield Finding(cell.number, f"image {target(token)!r} is no file of the book")


def remote_resources(page: Page) -> Iterator[Finding]:
    """Nothing that a page shows is loaded from another host."""
    for cell in page.text:
        if REMOTE_RESOURCE.search(cell.source):
            yield Finding(cell.number, "HTML that loads from another host; keep the file here")
    for cell in page.code:
        strings = [node.value for node in cell.nodes() if isinstance(node, ast.Constant)]
        shown = [out.get("data", {}).get("text/html", "") for out in cell.outputs]
        for text in [*strings, *shown]:
            if isinstance(text, str) and REMOTE_RESOURCE.search(text):
                yield Finding(cell.number, "HTML that loads from another host; keep the file here")
        for node in cell.nodes():
            if isinstance(node, ast.Call) and _loads_remotely(node):
                yield Finding(cell.number, f"{ast.unparse(node)} loads from another host")


def _loads_remotely(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return name in ("VimeoVideo", "YouTubeVideo") or (
        name in LOADERS
        and any(
            isinstance(value, ast.Constant) and re.match(r"(https?:)?//", str(value.value))
            for value in values
        )
    )


def links(page: Page) -> Iterator[Finding]:
    """Relative links lead to files of the book, and to headings that exist."""
    for cell, token in page.references():
        parts = urlsplit(target(token))
        if parts.scheme in ("http", "https", "mailto"):
            continue
        path = (page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            yield Finding(cell.number, f"link {target(token)!r} must be relative or https")
        elif not path.is_relative_to(page.root) or not path.is_file():
            yield Finding(cell.number, f"link {target(token)!r} leads to no file of the book")
        elif parts.fragment and unquote(parts.fragment) not in anchors(path):
            yield Finding(cell.number, f"link {target(token)!r} leads to no heading there")


@cache
def anchors(path: Path) -> frozenset[str]:
    """Return the anchors of a page's headings, as GitHub and the website make them."""
    if path.suffix == ".ipynb":
        cells = [cell for cell in read_notebook(path).cells if cell.cell_type == "markdown"]
        text = "\n\n".join(cell.source for cell in cells)
    else:
        text = path.read_text(encoding="utf-8")
    return frozenset(
        str(token.attrGet("id")) for token in MARKDOWN.parse(text) if token.type == "heading_open"
    )
