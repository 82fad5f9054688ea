"""Which folder a data set comes from, and what is said when none will do."""

import errno
import os
from pathlib import Path

import pytest
from faulty_server import PACKED, PAYLOAD, closed_url, files_below, gz_source

from utils.data import __main__ as fetch_all
from utils.data import folders, registry
from utils.data.download import fetch

pytestmark = pytest.mark.usefixtures("plain_environment")

WANTED = gz_source(closed_url("images.gz"))


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def own(tmp_path, monkeypatch):
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.setenv("BOOK_DATA", str(folder))
    return folder


def put(folder, data, name="images"):
    place = folder / "Set/raw" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return place


def test_the_readers_folder_comes_first_and_stays_untouched(own, cache):
    place = put(own, PAYLOAD)
    put(cache, PAYLOAD)
    before = place.stat()
    assert fetch(WANTED, cache=cache) == own
    assert (place.stat().st_ino, place.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert files_below(own) == {"Set/raw/images"}


def test_a_readers_folder_without_the_set_is_passed_over(own, cache):
    put(cache, PAYLOAD)
    assert fetch(WANTED, cache=cache) == cache
    assert files_below(own) == set()


def test_wrong_bytes_in_the_readers_folder_are_an_error(own, cache):
    place = put(own, PAYLOAD[:-1] + b"\0")
    put(cache, PAYLOAD)
    with pytest.raises(ValueError, match=r"SHA-256 \w{64}, expected \w{64}") as refusal:
        fetch(WANTED, cache=cache)
    assert str(place) in str(refusal.value)
    assert place.exists()


def test_a_readers_folder_that_does_not_exist_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv("BOOK_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match=r"BOOK_DATA='.*nowhere' is not a folder"):
        fetch(WANTED, cache=tmp_path)


def test_a_relative_folder_is_found_from_a_chapter_too(tmp_path, monkeypatch):
    (tmp_path / "book/chapters").mkdir(parents=True)
    (tmp_path / "shared").mkdir()
    monkeypatch.setattr(folders, "CHECKOUT", tmp_path / "book")
    monkeypatch.chdir(tmp_path / "book/chapters")
    monkeypatch.setenv("BOOK_DATA", "../shared")
    assert folders.own_folder() == tmp_path / "shared"


def test_offline_a_missing_set_is_named_with_its_place(cache, monkeypatch):
    monkeypatch.setenv("BOOK_OFFLINE", "1")
    with pytest.raises(FileNotFoundError) as refusal:
        fetch(WANTED, cache=cache)
    for part in ("Set/raw/images;", "put Set/raw/images.gz", f"into {cache}", WANTED.home):
        assert part in str(refusal.value)
    assert not cache.exists()


def test_offline_an_archive_put_there_by_hand_is_enough(cache, monkeypatch):
    monkeypatch.setenv("BOOK_OFFLINE", "1")
    put(cache, PACKED, "images.gz")
    fetch(WANTED, cache=cache)
    assert (cache / "Set/raw/images").read_bytes() == PAYLOAD


def test_offline_a_damaged_archive_counts_as_missing(cache, monkeypatch):
    monkeypatch.setenv("BOOK_OFFLINE", "1")
    put(cache, PACKED[:-1], "images.gz")
    with pytest.raises(FileNotFoundError, match="missing or damaged"):
        fetch(WANTED, cache=cache)


@pytest.mark.parametrize(("value", "offline"), [("", False), ("0", False), ("1", True)])
def test_offline_is_asked_for_by_one_variable(value, offline, monkeypatch):
    monkeypatch.setenv("BOOK_OFFLINE", value)
    assert folders.is_offline() == offline


def test_a_checkout_caches_in_data_and_a_wheel_in_the_users_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "CHECKOUT", tmp_path)
    assert folders.cache_folder().name == "from-scratch-to-torch"
    (tmp_path / "_toc.yml").touch()
    assert folders.cache_folder() == tmp_path / "data"


def test_a_cache_that_is_no_folder_is_an_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(PermissionError, match=r"file cannot be written .*: make it a folder"):
        fetch(WANTED, cache=tmp_path / "file")


@pytest.mark.parametrize(
    ("number", "kind", "sentence"),
    [
        (errno.EACCES, PermissionError, "cannot be written"),
        (errno.EROFS, PermissionError, "read-only disk"),
        (errno.EDQUOT, OSError, "is full"),
    ],
)
def test_a_folder_that_cannot_be_written_is_an_error(number, kind, sentence):
    with (
        pytest.raises(kind, match=sentence),
        folders.writing_to(Path("/data"), 5),
    ):
        raise OSError(number, os.strerror(number))


def test_other_faults_of_the_system_pass_unchanged():
    fault = OSError(errno.EIO, "Input/output error")
    with pytest.raises(OSError) as passed, folders.writing_to(Path("/data"), 5):
        raise fault
    assert passed.value is fault


def test_make_data_prints_a_line_a_set_and_tells_failure(own, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BOOK_OFFLINE", "1")
    put(own, PAYLOAD)
    monkeypatch.setattr(folders, "CHECKOUT", tmp_path)
    monkeypatch.setattr(registry, "downloads", lambda: {"test": WANTED})
    assert fetch_all.main() == 0
    assert capsys.readouterr().out == f"test: 1 files, 0.3 MB, verified in {own}\n"

    monkeypatch.delenv("BOOK_DATA")
    monkeypatch.setattr(folders, "cache_folder", lambda: tmp_path / "cache")
    assert fetch_all.main() == 1
    assert capsys.readouterr().err.startswith("test: BOOK_OFFLINE forbids the network")
