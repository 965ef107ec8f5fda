"""Files are the old ones or the new ones, never half of one."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from trends.errors import TrendsError, UnreadableFile
from trends.report import Report
from trends.writing import write_files

FORMATS = ("html", "json", "md")
FILES = ("index.html", "report-schema.json", "report.json", "report.md")


@pytest.fixture
def june(made: Callable[[str], Report]) -> Report:
    return made("2025-06")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    for name in FILES:
        (folder / name).write_text(f"old {name}")
    return folder


def is_whole(folder: Path) -> bool:
    """The old files, and nothing besides."""
    return sorted(p.name for p in folder.iterdir()) == sorted(FILES) and all(
        (folder / name).read_text() == f"old {name}" for name in FILES
    )


def test_folder(june: Report, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "new" / "folder"
    assert june.save(folder, formats=FORMATS) == folder
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert (folder / "index.html").read_bytes() == june.to_html(formats=FORMATS).encode()
    assert (folder / "report.md").read_bytes() == june.to_markdown(formats=FORMATS).encode()
    assert json.loads((folder / "report.json").read_bytes())["month"] == "2025-06"


def test_other_files_in_the_folder_stay(june: Report, old: Path) -> None:
    (old / "mine.txt").write_text("mine")
    june.save(str(old), formats=FORMATS)
    assert (old / "mine.txt").read_text() == "mine"
    assert (old / "index.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("name", ["june.html", "june.md", "june.json"])
def test_single_file(june: Report, tmp_path: Path, name: str) -> None:
    assert june.save(tmp_path / name) == tmp_path / name
    assert [path.name for path in tmp_path.iterdir()] == [name]
    text = (tmp_path / name).read_text("utf-8")
    writers = {".html": june.to_html, ".md": june.to_markdown, ".json": june.to_json}
    assert text == writers[Path(name).suffix]()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_umask_is_respected(june: Report, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        june.save(tmp_path / "june.md")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "june.md").stat().st_mode) == 0o640


def test_a_failure_while_rendering_writes_nothing(
    june: Report, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Report, *, formats: object) -> str:
        raise RuntimeError("no page")

    monkeypatch.setattr(Report, "to_markdown", fail)
    with pytest.raises(RuntimeError, match="no page"):
        june.save(old, formats=FORMATS)
    assert is_whole(old)


def test_a_failure_before_anything_is_in_place(
    june: Report, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UnreadableFile, match=r"cannot be written \(No space left"):
        june.save(old, formats=FORMATS)
    assert is_whole(old)


def test_a_full_disk(june: Report, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) > 1:  # the first text fits, the second does not
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnreadableFile, match="No space left"):
        june.save(old, formats=FORMATS)
    assert len(calls) == 2
    assert is_whole(old)


def test_an_interruption_leaves_no_temporary_file(
    june: Report, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        june.save(old, formats=FORMATS)
    assert is_whole(old)


def test_a_folder_that_may_not_be_written(
    june: Report, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(old))

    if os.name == "posix" and os.geteuid() != 0:
        old.chmod(0o500)
    else:  # root may write anywhere
        monkeypatch.setattr("tempfile.mkstemp", refuse)
    try:
        with pytest.raises(UnreadableFile, match="Permission denied"):
            june.save(old, formats=FORMATS)
    finally:
        old.chmod(0o700)
    assert is_whole(old)


@pytest.mark.parametrize("below", ["", "folder"])
def test_a_file_where_the_folder_should_be(june: Report, tmp_path: Path, below: str) -> None:
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(UnreadableFile, match=r"taken.*cannot be written") as caught:
        june.save(tmp_path / "taken" / below)
    assert isinstance(caught.value, TrendsError)
    assert (tmp_path / "taken").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_folder_where_a_file_should_be(june: Report, tmp_path: Path) -> None:
    (tmp_path / "june.html").mkdir()
    with pytest.raises(UnreadableFile, match=r"june\.html"):
        june.save(tmp_path / "june.html")
    assert [path.name for path in tmp_path.iterdir()] == ["june.html"]


def test_one_target_that_is_a_folder_leaves_all_the_others_old(june: Report, old: Path) -> None:
    (old / "report.json").unlink()
    (old / "report.json").mkdir()
    with pytest.raises(UnreadableFile):
        june.save(old, formats=FORMATS)
    assert (old / "index.html").read_text() == "old index.html"
    assert (old / "report.md").read_text() == "old report.md"
    assert sorted(path.name for path in old.iterdir()) == sorted(FILES)


def test_half_a_character_is_written_as_its_number(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.json": json.dumps(["\udcff"], ensure_ascii=False)})
    assert (tmp_path / "a.json").read_bytes() == b'["\\udcff"]'
