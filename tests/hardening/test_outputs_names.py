"""Where output goes: slugs, links, names that no file can have."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from hardening.hostile_texts import MONTH, TEXTS, panel
from hypothesis import given
from hypothesis import strategies as st

from trends.errors import TrendsError, UnreadableFile
from trends.report import _publishing, publish, report
from trends.report._downloads import file_names
from trends.scale import scan_parquet
from trends.writing import write_files

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}
NAMES = (
    "../../etc/passwd", "..", ".", "/etc/passwd", "C:\\x", "\\\\host\\share", "a/b", "a\0b", "",
    "CON", "con", "NUL", "aux.txt", "COM1", "LPT1.csv", "x. ", "x...", " x ", "-", "--help",
    "n" * 300, "n" * 300 + "x", "Stra\u00dfe", "STRASSE", "caf\u00e9", "cafe\u0301", "A", "a",
    "a-2", "A 2", "\u0430", "\U0001f680", "index", "report", "claims", "latest", "~", "$HOME", "*?",
)  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from([*NAMES, *TEXTS]), st.text()), max_size=14))
def test_names_are_slugs_and_no_two_the_same(series: list[str]) -> None:
    names = file_names([{"series": name} for name in series])
    assert len(set(names)) == len(series)
    for name in names:
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,49}", name)
        assert f"{name}-table".partition(".")[0] not in RESERVED


def test_files_of_series_with_such_names_stay_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "deep"
    names = ["../../etc/passwd", "CON", "caf\u00e9", "cafe\u0301"]
    panels = [panel(series=name, quantity=f"quantity {k}") for k, name in enumerate(names)]
    report(panels, MONTH).save(folder, formats=("csv", "json"))
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_dir()) == ["deep", "out"]
    written = [path.name for path in folder.iterdir()]
    assert len(written) == 2 * len(names) + 3
    assert len({name.lower() for name in written}) == len(written)


def test_a_link_in_the_folder_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "out" / "a.html").symlink_to(tmp_path / "mine.txt")
    (tmp_path / "out" / "b.html").symlink_to(tmp_path / "absent.txt")
    write_files(tmp_path / "out", {"a.html": "new", "b.html": "new"})
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert not (tmp_path / "absent.txt").exists()
    for name in ("a.html", "b.html"):
        assert not (tmp_path / "out" / name).is_symlink()
        assert (tmp_path / "out" / name).read_text() == "new"


@pytest.mark.parametrize("exchanging", [True, False])
def test_a_link_in_place_of_an_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanging: bool
) -> None:
    if not exchanging:
        monkeypatch.setattr(_publishing, "_exchange", lambda a, b: False)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MONTH).symlink_to(mine, target_is_directory=True)
    publish(tmp_path / "out", MONTH, {"index.html": "new"})
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]
    assert (tmp_path / "out" / MONTH / "index.html").read_text() == "new"
    assert not (tmp_path / "out" / MONTH).is_symlink()


def test_a_link_named_latest_to_elsewhere_is_only_a_link(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "latest").symlink_to(tmp_path / "mine")
    publish(tmp_path / "out", MONTH, {"index.html": "new"})
    assert list((tmp_path / "mine").iterdir()) == []


def test_the_longest_name_that_a_file_can_have(tmp_path: Path) -> None:
    name = "n" * 250 + ".html"
    write_files(tmp_path, {name: "x"})
    assert [path.name for path in tmp_path.iterdir()] == [name]
    wide = "\u0436" * 125 + ".html"  # 255 bytes
    write_files(tmp_path, {wide: "x"})
    assert (tmp_path / wide).read_text() == "x"


@pytest.mark.parametrize("name", ["n" * 300, "a\0b", "a\ud800b" * 90])
def test_a_name_that_no_file_can_have_is_an_error_of_ours(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be written"):
        write_files(tmp_path, {f"{name}.html": "x"})
    with pytest.raises(UnreadableFile, match="cannot be written"):
        write_files(tmp_path / name, {"x.html": "x"})
    with pytest.raises(UnreadableFile, match="cannot be written"):
        publish(tmp_path / name, MONTH, {"x.html": "x"})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["n" * 300, "a\0b"])
def test_a_scan_of_or_to_such_a_name(name: str, tmp_path: Path) -> None:
    import pandas as pd

    source = tmp_path / "panel.parquet"
    pd.DataFrame({"unique_id": ["a"], "2025-05": [3.0], "2025-06": [5.0]}).to_parquet(source)
    with pytest.raises(TrendsError):
        scan_parquet(source, tmp_path / name)
    with pytest.raises(TrendsError):
        scan_parquet(tmp_path / name, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["panel.parquet"]


@pytest.mark.skipif(sys.platform == "win32", reason="no permissions of this kind")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    place = Path("/proc/self") if os.geteuid() == 0 else tmp_path
    if place == tmp_path:
        tmp_path.chmod(0o500)
    with pytest.raises(UnreadableFile, match="cannot be written"):
        write_files(place, {"x.html": "x"})
