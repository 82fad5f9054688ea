"""Serve the dozen icons that the pages use, not the theme's script with thousands."""

import json
import re
from pathlib import Path

from sphinx.application import Sphinx

THEME = Path("_static/styles/pydata-sphinx-theme.css")
# The letters of the icon font in the theme's style sheet, a third of what it weighs.
LETTERS = re.compile(r"(?:\.fa-[\w-]+(?:::?before)?,?)+\{(?:--fa|content):[^}]*\}")
SCRIPT = Path("_static/scripts/fontawesome.js")
TAG = re.compile(r'\s*<script[^>]*src="[^"]*scripts/fontawesome\.js[^"]*"[^>]*></script>')
PRELOAD = re.compile(r'\s*<link[^>]*href="[^"]*scripts/fontawesome\.js[^"]*"[^>]*/?>')
CLASSES = re.compile(r'class="([^"]*\bfa-[^"]*)"')
# Size and style of an icon, not its name.
MODIFIERS = {"fa-solid", "fa-brands", "fa-regular", "fa-lg", "fa-fw", "fa-sm", "fa-xl"}


def drawing(script: str, name: str) -> str:
    """Return an icon as SVG, taken from the theme's script.

    Raises:
        ValueError: if the script has no icon of that name.
    """
    # The script lists icons as  name:[width,height,[aliases],"unicode","path"].  Several styles
    # share a name; the solid style, which the theme uses, is the last of them but for brands.
    key = re.escape(json.dumps(name)) if "-" in name else re.escape(name)
    found = re.findall(
        rf'[{{,]"?{key.strip(chr(34))}"?:\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","([^"]+)"\]', script
    )
    if not found:
        raise ValueError(f"the theme has no icon called {name!r}")
    width, height, path = found[-1]
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'>"
        f"<path d='{path}'/></svg>"
    )


def style_sheet(script: str, names: set[str]) -> str:
    """Return CSS that draws each named icon in the colour of the text around it."""
    icon = ":is(.fa-solid,.fa-brands,.fa-regular,.fas,.fab,.far)"
    rules = [
        f"{icon}{{display:inline-block;width:1em;height:1em;background:currentColor;"
        "mask:var(--icon) center/contain no-repeat;vertical-align:-.125em}",
        # Without the letters of the icon font the browser has no reason to fetch it.
        f"{icon}::before{{content:none !important}}",
        ".fa-lg{font-size:1.25em}",
        f"@media (forced-colors:active){{{icon}{{background:ButtonText}}}}",
    ]
    for name in sorted(names):
        image = drawing(script, name).replace("<", "%3C").replace(">", "%3E")
        rules.append(f'.fa-{name}{{--icon:url("data:image/svg+xml,{image}")}}')
    return "\n".join(rules) + "\n"


def replace_icons(app: Sphinx, exception: Exception | None) -> None:
    """Write the style sheet and take the script out of every page."""
    if exception is not None or app.builder.name != "html":
        return
    out = Path(app.outdir)
    names: set[str] = set()
    for page in out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for classes in CLASSES.findall(text):
            used = {name for name in classes.split() if name.startswith("fa-")} - MODIFIERS
            names |= {name.removeprefix("fa-") for name in used}
        page.write_text(PRELOAD.sub("", TAG.sub("", text)), encoding="utf-8")
    sheet = style_sheet((out / SCRIPT).read_text(encoding="utf-8"), names)
    (out / "_static" / "icons.css").write_text(sheet, encoding="utf-8")
    theme = (out / THEME).read_text(encoding="utf-8")
    (out / THEME).write_text(LETTERS.sub("", theme), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_css_file("icons.css")
    app.connect("build-finished", replace_icons)
