"""A transfer that broke off continues, and still ends in verified bytes."""

import os
import signal
import subprocess
import sys
import time
from email.utils import parsedate_to_datetime

import pytest
from faulty_server import PACKED, PAYLOAD, files_below, gz_source

from utils.data.download import fetch
from utils.data.registry import CHECKOUT
from utils.data.transfer import DownloadError

pytestmark = [pytest.mark.network, pytest.mark.usefixtures("plain_environment")]


@pytest.fixture
def part(tmp_path):
    return tmp_path / "Set/raw/.partial/images.gz.part"


def broken_off(server, folder, *later_faults):
    """Fetch half of the archive, and return the set for the next attempt."""
    wanted = gz_source(server.publish("images.gz", PACKED, "truncate", *later_faults))
    with pytest.raises(DownloadError, match="continues after the [1-9][0-9]* bytes kept"):
        fetch(wanted, cache=folder)
    return wanted


def assert_whole(folder):
    assert (folder / "Set/raw/images").read_bytes() == PAYLOAD
    assert files_below(folder) == {"Set/raw/images", "Set/raw/images.gz"}


def test_the_next_fetch_asks_only_for_the_rest(server, tmp_path, part):
    wanted = broken_off(server, tmp_path)
    kept = part.read_bytes()
    assert kept == PACKED[: len(PACKED) // 2]
    fetch(wanted, cache=tmp_path)
    headers = server.requests[-1][1]
    assert headers["Range"] == f"bytes={len(kept)}-"
    assert headers["If-Range"] == server.modified
    assert_whole(tmp_path)


def test_without_a_date_the_rest_is_asked_for_unconditionally(server, tmp_path):
    server.modified = None
    fetch(broken_off(server, tmp_path), cache=tmp_path)
    headers = server.requests[-1][1]
    assert "Range" in headers
    assert "If-Range" not in headers
    assert_whole(tmp_path)


def test_a_file_that_changed_on_the_server_is_fetched_from_its_start(server, tmp_path):
    wanted = broken_off(server, tmp_path)
    server.modified = "Tue, 02 Jan 2024 00:00:00 GMT"
    fetch(wanted, cache=tmp_path)
    assert len(server.requests) == 2, "the server answers If-Range with the whole file"
    assert_whole(tmp_path)


@pytest.mark.parametrize(("fault", "asked"), [("no ranges", 2), ("other piece", 3), ("416", 3)])
def test_a_server_that_does_not_continue_is_asked_for_everything(server, tmp_path, fault, asked):
    fetch(broken_off(server, tmp_path, fault), cache=tmp_path)
    assert len(server.requests) == asked
    assert_whole(tmp_path)


def test_a_wrong_part_is_noticed_and_fetched_again_from_its_start(server, tmp_path, part):
    wanted = broken_off(server, tmp_path)
    date = part.stat().st_mtime
    part.write_bytes(bytes(part.stat().st_size))
    os.utime(part, (date, date))
    fetch(wanted, cache=tmp_path)
    ranges = ["Range" in headers for _, headers in server.requests]
    assert ranges == [False, True, False]
    assert_whole(tmp_path)


def test_wrong_bytes_after_a_fresh_start_are_not_fetched_a_third_time(server, tmp_path):
    wanted = broken_off(server, tmp_path, "corrupt", "corrupt")
    with pytest.raises(DownloadError, match="sent a wrong file"):
        fetch(wanted, cache=tmp_path)
    assert len(server.requests) == 3
    assert files_below(tmp_path) == set()


@pytest.mark.parametrize("length", [len(PACKED), len(PACKED) + 1])
def test_a_part_of_full_length_is_checked_before_anything_is_asked(server, tmp_path, part, length):
    wanted = gz_source(server.publish("images.gz", PACKED))
    part.parent.mkdir(parents=True)
    part.write_bytes(PACKED.ljust(length, b"\0"))
    fetch(wanted, cache=tmp_path)
    assert len(server.requests) == length - len(PACKED)
    assert_whole(tmp_path)


def test_a_part_survives_a_mirror_that_has_another_file(server, tmp_path, part):
    wanted = broken_off(server, tmp_path, "other file")
    with pytest.raises(DownloadError, match="offers 25 bytes"):
        fetch(wanted, cache=tmp_path)
    assert part.read_bytes() == PACKED[: len(PACKED) // 2]


def test_a_killed_process_leaves_a_part_that_the_next_one_continues(server, tmp_path, part):
    url = server.publish("images.gz", PACKED, "stall")
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, 'tests/unit');"
        "from faulty_server import gz_source; from utils.data.download import fetch;"
        "fetch(gz_source(sys.argv[1]), cache=Path(sys.argv[2]))"
    )
    date = parsedate_to_datetime(server.modified).timestamp()
    child = subprocess.Popen([sys.executable, "-c", program, url, str(tmp_path)], cwd=CHECKOUT)
    try:
        while True:
            # Stopped first: between two looks it could write a chunk and not yet stamp it.
            child.send_signal(signal.SIGSTOP)
            _, status = os.waitpid(child.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status), "the child ended before it was killed"
            if part.exists():
                seen = part.stat()
                if seen.st_size > 50_000 and seen.st_mtime == date:
                    break
            child.send_signal(signal.SIGCONT)
            time.sleep(0.02)
    finally:
        child.kill()
        child.wait()
    fetch(gz_source(url), cache=tmp_path)
    headers = server.requests[-1][1]
    assert "Range" in headers
    assert headers["If-Range"] == server.modified
    assert_whole(tmp_path)
