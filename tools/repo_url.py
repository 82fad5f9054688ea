"""Keep one repository URL in the whole book: ``python -m tools.repo_url URL`` or ``--check``.

The URL has its home in ``_config.yml``, key ``repository.url``.
"""

import argparse
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

from tools.files import ROOT, repository, run_command, write_atomically

URL = re.compile(
    r"https://github\.com/(?P<slug>[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}/[\w.-]{1,100})", re.ASCII
)
# Hosts that name a repository as owner/name.
HOSTS = (
    r"github\.com[/:]|colab\.research\.google\.com/github/|raw\.githubusercontent\.com/"
    r"|mybinder\.org/v2/gh/"
)
SLUG = r"[A-Za-z0-9-]+/[\w-]+(?:\.(?!git\b)[\w-]+)*"
# Links that the book's front pages can only give to its own repository.
FRONT_PAGES = ("README.md", "CONTRIBUTING.md", "index.md")
OWN_LINK = re.compile(
    rf"(?:colab\.research\.google\.com/github/|mybinder\.org/v2/gh/|git\+https://github\.com/"
    rf"|git clone https://github\.com/|\[repository\]\(https://github\.com/)({SLUG})"
    rf"|github\.com/({SLUG})/(?:actions|issues)\b"
)
# Where GitHub Pages shows what is made of a repository, in a link that says so.
WEBSITE = re.compile(r"website\]\(https://([A-Za-z0-9-]+)\.github\.io/([\w-]+(?:\.[\w-]+)*)")
PAGE = re.compile(rf"(?:colab\.research\.google\.com/github/|git\+https://github\.com/)({SLUG})")
ANY = re.compile(rf"github\.com/({SLUG})")


def slug_of(url: str) -> str:
    """Return ``owner/name``.

    Raises:
        ValueError: if the URL is not of the form ``https://github.com/owner/name``.
    """
    match = URL.fullmatch(url)
    if not match or url.endswith(".git"):
        raise ValueError(f"{url!r} must be https://github.com/owner/name, with nothing behind it")
    return match["slug"]


def tracked_files(root: Path) -> list[Path]:
    """Return the files that git tracks and that exist."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z"], capture_output=True, text=True, check=False
    )
    if listed.returncode:
        raise ValueError(f"{root} is no git repository; run this in a clone of the book")
    paths = [root / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def read_text(path: Path) -> str | None:
    """Return a file's text, or None for a binary file."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def rewrite(root: Path, new: str) -> list[Path]:
    """Put ``new`` in the place of the present URL in every tracked file; return those changed."""
    old_slug, new_slug = slug_of(repository(root)[0]), slug_of(new)
    mention = re.compile(rf"({HOSTS}){re.escape(old_slug)}(?![\w-]|\.(?!git\b)\w)")
    old_site, new_site = (slug.replace("/", ".github.io/") for slug in (old_slug, new_slug))
    site = re.compile(rf"(https://){re.escape(old_site)}(?![\w-]|\.\w)")
    changed = []
    for path in tracked_files(root):
        text = read_text(path)
        replaced = mention.sub(rf"\g<1>{new_slug}", site.sub(rf"\g<1>{new_site}", text or ""))
        if text and replaced != text:
            write_atomically(path, replaced)
            changed.append(path)
    return changed


def mentions(root: Path) -> Iterator[tuple[str, str]]:
    """Yield (place, owner/name) for everything that has to name the book's repository."""
    for path in tracked_files(root):
        name = path.relative_to(root).as_posix()
        text = read_text(path) or ""
        if name == "pyproject.toml":
            for key, url in tomllib.loads(text).get("project", {}).get("urls", {}).items():
                yield from ((f"{name}: project.urls.{key}", slug) for slug in ANY.findall(url))
        elif name == "CITATION.cff":
            citation = yaml.safe_load(text) or {}
            for key in ("repository-code", "url"):
                found = ANY.findall(str(citation.get(key, "")))
                yield from ((f"{name}: {key}", slug) for slug in found)
        elif name in FRONT_PAGES:
            links = [(m.start(), m[1] or m[2]) for m in OWN_LINK.finditer(text)]
            links += [(m.start(), f"{m[1]}/{m[2]}") for m in WEBSITE.finditer(text)]
            for start, slug in sorted(links):
                yield f"{name}: line {text.count(chr(10), 0, start) + 1}", slug
        elif path.suffix == ".ipynb":
            yield from ((name, slug) for slug in PAGE.findall(text))


def check(root: Path) -> list[str]:
    """Return one line for every place that names another repository than ``_config.yml``.

    Raises:
        ValueError: if no place at all names a repository.
    """
    wanted = slug_of(repository(root)[0])
    found = list(mentions(root))
    if not found:
        raise ValueError("no tracked file names the repository; add it to pyproject.toml")
    return [
        f"{place} names {slug}, but _config.yml names {wanted}"
        for place, slug in found
        if slug != wanted
    ]


def main(arguments: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Rewrite the URL if one is given, then compare all places; return 1 if two differ."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.repo_url", description=__doc__.splitlines()[0]
    )
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("url", nargs="?", help="the new URL, https://github.com/owner/name")
    action.add_argument("--check", action="store_true", help="change nothing, compare only")
    options = parser.parse_args(arguments)
    if options.url:
        for path in rewrite(root, options.url):
            print(f"{path.relative_to(root)}: rewritten")
    differing = check(root)
    print(*differing, sep="\n", end="\n" if differing else "")
    return int(bool(differing))


if __name__ == "__main__":
    run_command(main)
