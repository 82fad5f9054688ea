"""Archives that are damaged or hostile are refused, and nothing of them stays."""

import errno
import gzip
import shutil
import tarfile

import pytest
from faulty_server import PACKED, PAYLOAD, archive, files_below, tar_of

from utils.data.unpack import unpack

NAMES = {"batches/one": b"first", "batches/two": b"second"}
GOOD = tar_of(*NAMES.items())


def link(name, target, kind):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


def device(name):
    info = tarfile.TarInfo(name)
    info.type, info.devmajor, info.devminor = tarfile.CHRTYPE, 1, 3
    return info, b""


@pytest.fixture
def cache(tmp_path):
    """A data folder one level down, so that an escape from it can be seen."""
    folder = tmp_path / "cache"
    (folder / "scratch").mkdir(parents=True)
    return folder


def unpack_in(cache, path, packed, files):
    place = cache / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(packed)
    unpack(archive(path, packed, [], files), cache, scratch=cache / "scratch")


def assert_refused(cache, path, packed, files, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        unpack_in(cache, path, packed, files)
    assert str(cache / path) in str(refusal.value)
    assert "run this again" in str(refusal.value)
    assert files_below(cache.parent) == set()


def test_a_single_file_is_unpacked_beside_its_archive(cache):
    unpack_in(cache, "Set/raw/images.gz", PACKED, {"Set/raw/images": PAYLOAD})
    assert (cache / "Set/raw/images").read_bytes() == PAYLOAD
    assert files_below(cache) == {"Set/raw/images", "Set/raw/images.gz"}


def test_a_tar_archive_gives_the_registered_files_and_no_others(cache):
    unpack_in(cache, "set.tar.gz", tar_of(*NAMES.items(), ("batches/readme", b"hello")), NAMES)
    assert files_below(cache) == {"set.tar.gz", *NAMES}
    assert (cache / "batches/two").read_bytes() == b"second"


def test_unpacking_again_replaces_what_is_there(cache):
    (cache / "batches").mkdir()
    (cache / "batches/one").write_bytes(b"damaged")
    unpack_in(cache, "set.tar.gz", GOOD, NAMES)
    assert (cache / "batches/one").read_bytes() == b"first"


@pytest.mark.parametrize(
    "member",
    [
        ("../escaped", b"bad"),
        ("batches/../../escaped", b"bad"),
        ("/tmp/book-test-escaped", b"bad"),
        link("batches/link", "../../escaped", tarfile.SYMTYPE),
        link("batches/link", "/etc/passwd", tarfile.SYMTYPE),
        link("batches/link", "../escaped", tarfile.LNKTYPE),
        device("batches/device"),
    ],
    ids=["parent", "hidden-parent", "absolute", "symlink", "absolute-link", "hardlink", "device"],
)
def test_an_entry_that_leaves_the_folder_is_refused(cache, member):
    hostile = tar_of(*NAMES.items(), member)
    assert_refused(cache, "set.tar.gz", hostile, NAMES, "wants to write outside its folder")


@pytest.mark.parametrize("keep", [0.5, 0.98])
def test_a_truncated_tar_archive_is_refused(cache, keep):
    whole = tar_of(("batches/one", PAYLOAD))
    files = {"batches/one": PAYLOAD}
    assert_refused(cache, "set.tar.gz", whole[: int(keep * len(whole))], files, "is truncated")


@pytest.mark.parametrize("packed", [PACKED[:-20], PACKED[:100_000], b"not an archive", b""])
def test_a_truncated_gz_archive_is_refused(cache, packed):
    reason = "is truncated or damaged|holds images with SHA-256"
    assert_refused(cache, "Set/images.gz", packed, {"Set/images": PAYLOAD}, reason)


def test_a_file_that_is_no_tar_archive_is_refused(cache):
    assert_refused(cache, "set.tar.gz", gzip.compress(b"hello"), NAMES, "truncated or damaged")


def test_an_archive_without_an_expected_file_is_refused(cache):
    assert_refused(cache, "set.tar.gz", tar_of(("batches/one", b"first")), NAMES, "lacks .* two")


def test_a_link_in_place_of_an_expected_file_is_refused(cache):
    packed = tar_of(("batches/one", b"first"), link("batches/two", "one", tarfile.SYMTYPE))
    files = {"batches/one": b"first", "batches/two": b"first"}
    assert_refused(cache, "set.tar.gz", packed, files, "lacks the file two")


def test_an_archive_with_other_bytes_is_refused_before_any_file_is_moved(cache):
    packed = tar_of(("batches/one", b"first"), ("batches/two", b"other"))
    assert_refused(cache, "set.tar.gz", packed, NAMES, r"holds two with SHA-256 \w{64}, expected")


def test_a_disk_that_fills_up_keeps_only_the_archive(cache, monkeypatch):
    def fill(_source, target):
        target.write(PAYLOAD[:1000])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfileobj", fill)
    with pytest.raises(OSError, match="No space left"):
        unpack_in(cache, "Set/images.gz", PACKED, {"Set/images": PAYLOAD})
    assert files_below(cache) == {"Set/images.gz"}
