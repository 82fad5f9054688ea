"""A Content-Security-Policy in every page: nothing from other hosts, no unknown script."""

import base64
import hashlib
import html
import re
from pathlib import Path

from sphinx.application import Sphinx

INLINE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
HANDLER = re.compile(r'\son\w+="([^"]*)"')
META = '<meta charset="utf-8" />'


def digest(code: str) -> str:
    """Return the source expression that allows exactly this script."""
    hashed = hashlib.sha256(code.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(hashed).decode()}'"


def policy_for(page: str) -> str:
    """Return the policy of a finished page."""
    hashes = {
        digest(match["code"])
        for match in INLINE.finditer(page)
        if "src=" not in match["attributes"] and "type=" not in match["attributes"]
    }
    handlers = {digest(html.unescape(code)) for code in HANDLER.findall(page)}
    scripts = " ".join(sorted(hashes | handlers))
    if handlers:
        scripts += " 'unsafe-hashes'"  # the theme's buttons carry their code as attributes
    return "; ".join(
        [
            "default-src 'none'",
            # A demo's module is imported from a Blob, so that it runs from disk too.
            f"script-src 'self' blob: {scripts}",
            # MathJax and the theme set styles on elements.
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        ]
    )


def add_policy(app: Sphinx, exception: Exception | None) -> None:
    """Write the policy into the head of every page."""
    if exception is not None or app.builder.name != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        if META not in page or "Content-Security-Policy" in page:
            continue  # a redirect, or a page that this build did not write again
        content = html.escape(policy_for(page), quote=True)
        tag = f'{META}\n    <meta http-equiv="Content-Security-Policy" content="{content}" />'
        path.write_text(page.replace(META, tag, 1), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", add_policy)
