"""Fetching from servers that misbehave: clear errors, and nothing half-written."""

import errno
import io
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from faulty_server import (
    PACKED,
    PAYLOAD,
    TIMEOUT,
    archive,
    closed_url,
    files_below,
    gz_source,
    source,
)

from utils.data import download, transfer
from utils.data.download import fetch
from utils.data.transfer import DownloadError
from utils.data.unpack import unpack

pytestmark = [pytest.mark.network, pytest.mark.usefixtures("plain_environment")]

WHOLE = {"Set/raw/images", "Set/raw/images.gz"}
PART = {"Set/raw/.partial/images.gz.part"}


def test_a_set_is_fetched_verified_and_unpacked(server, tmp_path):
    wanted = gz_source(server.publish("images.gz", PACKED))
    assert fetch(wanted, cache=tmp_path) == tmp_path
    assert (tmp_path / "Set/raw/images").read_bytes() == PAYLOAD
    assert files_below(tmp_path) == WHOLE
    assert not (tmp_path / "Set/raw/.partial").exists()


def test_a_set_in_place_needs_no_server(server, tmp_path):
    fetch(gz_source(server.publish("images.gz", PACKED)), cache=tmp_path)
    assert fetch(gz_source(closed_url("images.gz")), cache=tmp_path) == tmp_path


@pytest.mark.parametrize(
    ("fault", "reason", "left"),
    [
        ("truncate", r"broke off after \d+ of \d+ bytes", PART),
        ("shorter", r"broke off after \d+ of \d+ bytes", PART),
        ("stall", r"sent nothing more for 0.3 s after \d+ of \d+ bytes", PART),
        ("silent", r"sent nothing more for 0.3 s after 0 of \d+ bytes", set()),
        ("corrupt", r"sent a wrong file \(SHA256 .* expected \S+ but got \w{64}", set()),
        ("headers only", r"broke off after 0 of \d+ bytes", set()),
        ("endless", r"sent more than the expected \d+ bytes", set()),
        ("other file", r"offers 25 bytes instead of \d+", set()),
        ("404", "answered 404 Not Found", set()),
        ("503", "answered 503", set()),
        ("416", "answered with another piece", set()),
    ],
)
def test_a_fault_is_one_sentence_and_leaves_at_most_a_part(server, tmp_path, fault, reason, left):
    url = server.publish("images.gz", PACKED, fault, fault)
    with pytest.raises(DownloadError, match=reason) as failure:
        fetch(gz_source(url), cache=tmp_path, timeout=TIMEOUT if "0.3 s" in reason else (10, 30))
    message = str(failure.value)
    assert url in message
    assert f"put images.gz into {tmp_path / 'Set' / 'raw'}" in message
    assert "BOOK_DATA" in message
    assert ("bytes kept" in message) == bool(left)
    assert files_below(tmp_path) == left


@pytest.mark.parametrize("fault", ["silent", "stall"])
def test_a_server_that_stops_is_given_up_in_time(server, tmp_path, fault):
    url = server.publish("images.gz", PACKED, fault)
    with pytest.raises(DownloadError):
        fetch(gz_source(url), cache=tmp_path, timeout=TIMEOUT)
    assert not server.outwaited


def test_an_endless_answer_is_cut_off(server, tmp_path):
    with pytest.raises(DownloadError):
        fetch(gz_source(server.publish("images.gz", PACKED, "endless")), cache=tmp_path)
    assert server.sent < 150 * len(PACKED), "300 pieces would have come to the end"


def test_a_refused_connection_names_the_address(tmp_path):
    url = closed_url("images.gz")
    with pytest.raises(DownloadError, match=re.escape(f"{url} cannot be reached")):
        fetch(gz_source(url), cache=tmp_path)
    assert files_below(tmp_path) == set()


def test_mirrors_are_tried_in_order(server, tmp_path):
    urls = [
        closed_url("first.gz"),
        server.publish("second.gz", PACKED, "404"),
        server.publish("third.gz", PACKED, "corrupt"),
        server.publish("fourth.gz", PACKED),
        server.publish("fifth.gz", PACKED),
    ]
    fetch(gz_source(*urls), cache=tmp_path)
    assert [name for name, _ in server.requests] == ["second.gz", "third.gz", "fourth.gz"]
    assert files_below(tmp_path) == WHOLE


def test_when_every_mirror_fails_each_is_named_with_its_reason(server, tmp_path):
    urls = [closed_url("first.gz"), server.publish("second.gz", PACKED, "404")]
    with pytest.raises(DownloadError) as failure:
        fetch(gz_source(*urls), cache=tmp_path)
    assert f"{urls[0]} cannot be reached; {urls[1]} answered 404" in str(failure.value)


def test_a_full_disk_gets_its_space_back(server, tmp_path, monkeypatch):
    class FullDisk(io.BufferedWriter):
        def write(self, data):
            if self.tell() > 100_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(data)

    def on_full_disk(path, mode):
        return FullDisk(io.FileIO(path, mode))

    monkeypatch.setattr(transfer, "open", on_full_disk, raising=False)
    urls = [server.publish("images.gz", PACKED), server.publish("mirror.gz", PACKED)]
    with pytest.raises(OSError, match=r"disk of .* is full: the data set takes 0\.5 MB"):
        fetch(gz_source(*urls), cache=tmp_path)
    assert files_below(tmp_path) == set()
    assert len(server.requests) == 1, "another mirror cannot help a full disk"


def test_a_failed_fetch_leaves_good_files_alone(server, tmp_path):
    first = archive("Set/a.gz", PACKED, [server.publish("a.gz", PACKED)], {"Set/a": PAYLOAD})
    second = archive(
        "Set/b.gz", PACKED, [server.publish("b.gz", PACKED, "corrupt")], {"Set/b": PAYLOAD}
    )
    with pytest.raises(DownloadError):
        fetch(source(first, second), cache=tmp_path)
    assert files_below(tmp_path) == {"Set/a", "Set/a.gz"}
    before = (tmp_path / "Set/a").stat()
    fetch(source(first, second), cache=tmp_path)
    assert (tmp_path / "Set/a").stat().st_ino == before.st_ino
    assert [name for name, _ in server.requests] == ["a.gz", "b.gz", "b.gz"]


def test_a_damaged_file_is_replaced_at_once_or_not_at_all(server, tmp_path):
    final = tmp_path / "Set/raw/images"
    final.parent.mkdir(parents=True)
    final.write_bytes(b"damaged")
    url = server.publish("images.gz", PACKED, "truncate", "slow")
    with pytest.raises(DownloadError):
        fetch(gz_source(url), cache=tmp_path)
    assert final.read_bytes() == b"damaged"

    seen, done = set(), threading.Event()

    def watch():
        while not done.is_set():
            seen.add(final.read_bytes())

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        fetch(gz_source(url), cache=tmp_path)
    finally:
        done.set()
        watcher.join()
    assert final.read_bytes() == PAYLOAD
    assert seen <= {b"damaged", PAYLOAD}


def test_of_two_that_ask_at_once_one_does_the_work(server, tmp_path, monkeypatch):
    unpacked = []

    def noted(wanted, *args, **options):
        unpacked.append(wanted.name)
        unpack(wanted, *args, **options)

    monkeypatch.setattr(download, "unpack", noted)
    wanted = gz_source(server.publish("images.gz", PACKED, "slow", "slow"))
    with ThreadPoolExecutor(2) as pool:
        folders = list(pool.map(lambda _: fetch(wanted, cache=tmp_path), range(2)))
    assert folders == [tmp_path, tmp_path]
    assert (len(server.requests), unpacked) == (1, ["images.gz"])
    assert files_below(tmp_path) == WHOLE
