"""README and `make` tell what the book has."""

import re
import subprocess

from tools.files import ROOT, repository
from tools.repo_url import slug_of

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_opens_with_the_website_and_the_film():
    owner, name = slug_of(repository()[0]).split("/")
    film = README.index("](_static/demo.webp)")
    assert README.index(f"https://{owner}.github.io/{name}/") < film < README.index("## ")


def test_readme_lists_the_chapters_in_order():
    wanted = [
        (path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# "), path.parent.name)
        for path in sorted((ROOT / "chapters").glob("*/index.md"))
    ]
    assert re.findall(r"^\d+\. \[(.+)\]\(chapters/(.+)/index\.md\)$", README, re.M) == wanted


def test_files_that_readme_shows_or_links_are_there():
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert len(links) > 15
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_make_lists_each_target_once_in_groups():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    command = ["make", "--no-print-directory", "help"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    groups = re.findall(r"^(\w+)$", listed, re.MULTILINE)
    assert groups == ["Read", "Write", "Check", "Maintain"]
    targets = re.findall(r"^  ([a-z-]+) +\S", listed, re.MULTILINE)
    phony = re.search(r"^\.PHONY:(.*?)\n\n", makefile, re.DOTALL | re.MULTILINE)[1]
    assert sorted(targets) == sorted(phony.replace("\\", "").split())
    assert all(len(line) < 100 and "##" not in line for line in listed.splitlines())
