import subprocess

import pytest
from sample import COLAB, NAME, REPOSITORY, good_page, write_book

from tools.notebook_lint import main as lint
from tools.repo_url import check, main, slug_of

NEW = "https://github.com/someone-else/deep.book"
SITE = "https://reader.github.io/small-book/"
README = f"""# A small book

[![Open in Colab](_static/colab.svg)]({COLAB})
[![tests]({REPOSITORY}/actions/workflows/ci.yml/badge.svg)]({REPOSITORY}/actions)

git clone {REPOSITORY}.git
[Its website]({SITE}), not [another](https://other.github.io/tool/)

Not ours: https://reader.github.io/small-book-2, https://github.com/reader/small-book-2, https://github.com/other/tools/blob/main/x.py
and https://github.com/reader/small-book.io.
"""


@pytest.fixture
def book(tmp_path):
    """A book in a git repository, every place naming the same repository."""
    write_book(tmp_path, good_page())
    (tmp_path / "pyproject.toml").write_text(f'[project.urls]\nSource = "{REPOSITORY}"\n', "utf-8")
    (tmp_path / "CITATION.cff").write_text(f"repository-code: {REPOSITORY}\n", "utf-8")
    (tmp_path / "README.md").write_text(README, "utf-8")
    (tmp_path / "picture.bin").write_bytes(b"\xff\x00" + REPOSITORY.encode())
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    (tmp_path / "untracked.md").write_text(REPOSITORY, "utf-8")
    return tmp_path


def git(folder, *arguments):
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_consistent_book_passes(book):
    assert main(["--check"], root=book) == 0


def test_rewriting_changes_every_tracked_text_file_and_nothing_else(book, capsys):
    binary = (book / "picture.bin").read_bytes()
    assert main([NEW], root=book) == 0
    names = ["CITATION.cff", "README.md", "_config.yml", NAME, "pyproject.toml"]
    assert capsys.readouterr().out == "".join(f"{name}: rewritten\n" for name in names)
    assert (book / "picture.bin").read_bytes() == binary
    assert (book / "untracked.md").read_text("utf-8") == REPOSITORY
    assert lint([], root=book) == 0


def test_rewriting_leaves_other_repositories_alone(book):
    main([NEW], root=book)
    text = (book / "README.md").read_text("utf-8")
    assert f"git clone {NEW}.git\n" in text
    assert f"]({NEW}/actions)" in text
    assert "[Its website](https://someone-else.github.io/deep.book/)" in text
    assert "https://colab.research.google.com/github/someone-else/deep.book/blob/main/" in text
    assert text.endswith(README[README.index("Not ours") :])


def test_rewriting_there_and_back_restores_every_byte(book):
    paths = [book / name for name in ("_config.yml", "pyproject.toml", "README.md", NAME)]
    before = [path.read_bytes() for path in paths]
    main([NEW], root=book)
    assert all(path.read_bytes() != old for path, old in zip(paths, before, strict=True))
    main([REPOSITORY], root=book)
    assert [path.read_bytes() for path in paths] == before


@pytest.mark.parametrize(
    ("name", "old", "place"),
    [
        ("_config.yml", REPOSITORY, "pyproject.toml: project.urls.Source"),
        ("pyproject.toml", REPOSITORY, "pyproject.toml: project.urls.Source"),
        ("CITATION.cff", REPOSITORY, "CITATION.cff: repository-code"),
        ("README.md", f"git clone {REPOSITORY}", "README.md: line 6"),
        ("README.md", COLAB, "README.md: line 3"),
        ("README.md", SITE, "README.md: line 7"),
        ("README.md", f"{REPOSITORY}/actions)", "README.md: line 4"),
        (NAME, COLAB, NAME),
        (NAME, f"git+{REPOSITORY}", NAME),
    ],
)
def test_a_place_that_names_another_repository_is_found(name, old, place, book, capsys):
    edit(book / name, old, old.replace("small-book", "large-book"))
    assert main(["--check"], root=book) == 1
    assert f"{place} names reader/" in capsys.readouterr().out


@pytest.mark.parametrize(
    "url",
    [
        f"{NEW}/",
        f"{NEW}.git",
        f"{NEW}/tree/main",
        "http://github.com/a/b",
        "https://gitlab.com/a/b",
        "https://github.com/a",
        "https://github.com/-a/b",
        "git@github.com:a/b.git",
        "a/b",
    ],
)
def test_other_urls_are_refused_before_anything_changes(url, book):
    before = (book / "_config.yml").read_bytes()
    with pytest.raises(ValueError, match=r"must be https://github\.com/owner/name"):
        main([url], root=book)
    assert (book / "_config.yml").read_bytes() == before


def test_a_slug_is_owner_and_name():
    assert slug_of(NEW) == "someone-else/deep.book"


def test_a_check_that_finds_nothing_to_compare_fails(book):
    git(book, "rm", "--quiet", "--cached", "-r", ".")
    with pytest.raises(ValueError, match="no tracked file names the repository"):
        check(book)


def test_a_folder_outside_git_is_refused(tmp_path):
    write_book(tmp_path, good_page())
    with pytest.raises(ValueError, match="is no git repository"):
        main(["--check"], root=tmp_path)
