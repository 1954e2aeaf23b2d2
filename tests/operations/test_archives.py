"""The file that a backup is: whole or refused, for its owner alone, opened by the right key only."""

from __future__ import annotations

import io
import stat
import tarfile
from pathlib import Path

import pytest

from exchange.home.operations import archives
from exchange.home.operations.archives import Unusable

HEAD = b"IT HOLDS KEYS"
PICTURE = bytes(range(256)) * 5000


def make(folder: Path, recipient: str = "") -> Path:
    """An archive with two files."""
    (folder / "picture").write_bytes(PICTURE)
    file = folder / "copy.tar.gz"
    with archives.written(file, HEAD, {"form": 1}, recipient) as archive:
        assert archive.add_file("media/ü/picture.png", folder / "picture")
        assert not archive.add_file("media/gone", folder / "gone")
        archive.add_bytes("keys/one", b"secret")
    return file


def unpacked(file: Path, folder: Path, key: Path | None = None) -> dict[str, bytes]:
    """All files of an archive by name, without what it says of itself."""
    archives.unpack(file, folder, key)
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert found.pop("README.txt") == HEAD
    del found[archives.MANIFEST]
    return found


def test_what_goes_in_comes_out_and_nobody_else_reads_it(tmp_path):
    file = make(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert unpacked(file, tmp_path / "out") == {"media/ü/picture.png": PICTURE, "keys/one": b"secret"}


def test_its_first_words_say_what_it_is(tmp_path):
    with tarfile.open(make(tmp_path)) as tar:
        assert tar.next().name == "README.txt"


@pytest.mark.parametrize("part", [0.2, 0.9, 0.999])
def test_one_that_was_cut_off_is_refused(tmp_path, part):
    file = make(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(Unusable, match="is no whole backup"):
        archives.unpack(file, tmp_path / "out")


def test_one_whose_words_were_changed_is_refused(tmp_path):
    make(tmp_path)
    # Packed anew with one byte changed, so that every sum of gzip and tar fits.
    changed = tmp_path / "changed.tar.gz"
    with tarfile.open(tmp_path / "copy.tar.gz") as old, tarfile.open(changed, "w:gz") as new:
        for member in old:
            content = old.extractfile(member).read()
            if member.name == "keys/one":
                content = b"Secret"
            new.addfile(member, io.BytesIO(content))
    with pytest.raises(Unusable, match="is damaged: keys/one"):
        archives.unpack(changed, tmp_path / "out")


def test_one_that_leads_out_of_the_folder_is_refused(tmp_path):
    file = tmp_path / "copy.tar.gz"
    with archives.written(file, HEAD, {}) as archive:
        archive.add_bytes("../outside", b"!")
    with pytest.raises(Unusable, match=r"\.\./outside"):
        archives.unpack(file, tmp_path / "out" / "in")
    assert not (tmp_path / "out" / "outside").exists()


def test_where_writing_fails_there_is_no_file(tmp_path):
    def fail() -> None:
        with archives.written(tmp_path / "copy.tar.gz", HEAD, {}) as archive:
            archive.add_bytes("keys/one", b"secret")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_encrypted_it_opens_with_its_key_alone(tmp_path):
    secret, public = archives.new_key()
    file = make(tmp_path, public)
    assert b"IT HOLDS KEYS" not in file.read_bytes()
    with pytest.raises(Unusable, match="It is encrypted: name the file with the secret key"):
        archives.unpack(file, tmp_path / "without")
    (tmp_path / "other").write_text(archives.new_key()[0])
    with pytest.raises(Unusable, match="cannot be opened with the key in"):
        archives.unpack(file, tmp_path / "wrong", tmp_path / "other")
    (tmp_path / "key").write_text(f"# my key\n{secret}\n")
    assert unpacked(file, tmp_path / "out", tmp_path / "key")["media/ü/picture.png"] == PICTURE


def test_what_is_no_public_key_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(Unusable, match="is no public key"):
        make(tmp_path, "age1me")
    assert not (tmp_path / "copy.tar.gz").exists()
