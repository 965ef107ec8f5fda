"""Text tables written blind: exact values, or an error that names line, row, column and value."""

from __future__ import annotations

import math
import string
import tempfile
import time
import unicodedata
import warnings
from collections.abc import Iterator
from pathlib import Path

import matplotlib
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hardening import corpus_blind_layouts, corpus_blind_neighbours, corpus_blind_programs
from hardening.corpus_blind_text import CASES, Blind

from trends.errors import MissingColumns, TrendsError, TrendsWarning
from trends.loaders import load_table
from trends.loaders._names import look
from trends.panel import Panel

PARTS = (corpus_blind_layouts, corpus_blind_programs, corpus_blind_neighbours)  # they add theirs
SECONDS = 10


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of its own, made and left faster than `tmp_path`."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def known(panel: Panel) -> dict[str, dict[str, float]]:
    months = [str(month) for month in panel.months]
    return {
        name: {m: v for m, v in zip(months, values, strict=True) if not math.isnan(v)}
        for name, values in zip(panel.names, panel.values.tolist(), strict=True)
    }


def lacking(case: Blind, error: TrendsError) -> list[str]:
    """What the error does not say of the fault."""
    message = str(error)
    said = list(case.says)
    if case.cell is not None:
        line, column, found = case.cell
        said += [f", line {line}: ", "row ", f"column {column!r}"]
        if not any(part in message for part in (found, repr(found)[1:-1])):
            said.append(found)
    return [part for part in said if part not in message]


@pytest.mark.parametrize(
    "case", CASES.values(), ids=lambda case: case.name.encode("ascii", "replace").decode()
)
def test_blind_case(case: Blind, folder: Path) -> None:
    path = folder / case.file
    path.write_bytes(case.data)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        begun, panel, error = time.monotonic(), None, None
        try:
            panel = load_table(path, **case.options)
        except TrendsError as found:
            error = found
        assert time.monotonic() - begun < SECONDS
    if panel is None:
        assert error is not None
        assert case.refusal, error
        assert not lacking(case, error), error
        assert len(str(error)) < 1500
        assert str(error).isprintable()
        return
    assert case.want is not None, f"{panel.frame()}, {panel.notes}"
    values = known(panel)
    assert list(values) == list(case.want)
    for name, months in case.want.items():
        expected = {month: value for month, value in months.items() if value is not None}
        assert values[name] == pytest.approx(expected, rel=1e-12, abs=0)
    days = dict(zip(map(str, panel.months), map(int, panel.observed_days), strict=True))
    assert {month: days[month] for month in case.days} == case.days
    said = [str(warning.message) for warning in caught]
    assert bool(said) == bool(case.warns), said
    assert all(case.warns in text for text in said)


def test_corpus_is_broad() -> None:
    assert len(CASES) > 500
    assert sum(case.want is not None for case in CASES.values()) > 250
    assert sum(case.cell is not None for case in CASES.values()) > 120


def _alike() -> dict[str, str]:
    """Letters of Greek, Cyrillic and Armenian that an upright font draws as a Latin letter."""
    found = {}
    for face in sorted(Path(matplotlib.get_data_path(), "fonts", "ttf").glob("DejaVuS*.ttf")):
        if "Display" in face.name or "Italic" in face.name:
            continue
        font = TTFont(face)
        glyphs, names = font.getGlyphSet(), font.getBestCmap()

        def drawn(letter: str, glyphs: object = glyphs, names: object = names) -> str:
            pen = DecomposingRecordingPen(glyphs)
            glyph = glyphs[names[ord(letter)]]  # type: ignore[index]
            glyph.draw(pen)
            return f"{glyph.width} {pen.value}"

        latin = {drawn(letter): letter for letter in string.ascii_letters}
        for code in range(0x370, 0x590):
            letter = chr(code)
            letters = code in names and unicodedata.category(letter) in ("Lu", "Ll", "Lo")
            if letters and drawn(letter) in latin:
                found[letter] = latin[drawn(letter)]
    return found


def test_letters_that_look_the_same_are_those_that_fonts_draw_the_same() -> None:
    drawn = _alike()
    assert len(drawn) > 50
    assert {letter: look(letter) for letter in drawn} == drawn
    for letter in {chr(code) for code in range(0x370, 0x590)} - set(drawn):
        if unicodedata.is_normalized("NFKC", letter):
            assert look(letter) not in set(string.ascii_letters), letter


def test_names_that_look_the_same_are_named_with_their_code_points(folder: Path) -> None:
    path = folder / "t.csv"
    names = ["Kharkiv", "Kh\u0430rkiv", "\u0425-101", "X-101", "Київ"]
    path.write_text("month,place,value\n" + "".join(f"2025-01,{name},1\n" for name in names))
    options = {"month": "month", "value": "value", "series": "place", "unit": "attacks"}
    with pytest.warns(TrendsWarning, match=r"t\.csv: Names that look the same") as caught:
        panel = load_table(path, **options)
    assert list(panel.names) == names
    message = str(caught[0].message)
    assert "'Kharkiv' (U+0061 LATIN SMALL LETTER A)" in message
    assert "(U+0430 CYRILLIC SMALL LETTER A)" in message
    assert "'X-101' (U+0058 LATIN CAPITAL LETTER X)" in message
    assert "Київ" not in message
    assert panel.notes[-1] in message
    assert Path(caught[0].filename).name == Path(__file__).name


def test_a_column_that_looks_like_the_one_named_is_told(folder: Path) -> None:
    path = folder / "t.csv"
    path.write_text("month,v\u0430lue\n2025-01,5\n")
    with pytest.raises(MissingColumns, match=r"U\+0061 LATIN SMALL LETTER A.*U\+0430 CYRILLIC"):
        load_table(path, month="month", value="value", unit="attacks")


def test_a_gap_by_number_is_one_in_every_kind_of_file(folder: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame({"month": ["2025-01", "2025-02"], "value": [-999.0, 5.0]})
    frame.to_csv(folder / "t.csv", index=False)
    frame.to_parquet(folder / "t.parquet")
    frame.to_excel(folder / "t.xlsx", index=False)
    frame.to_json(folder / "t.json", orient="records")
    whole = frame.astype({"value": int})
    for source in (
        frame,
        whole,
        *(folder / f"t.{end}" for end in ("csv", "parquet", "xlsx", "json")),
    ):
        panel = load_table(source, month="month", value="value", unit="km2", missing=("-999",))
        assert known(panel) == {"value": {"2025-02": 5.0}}


def test_points_before_three_digits_are_said_to_be_decimal(folder: Path) -> None:
    path = folder / "t.csv"
    options = {"month": "month", "value": "value", "unit": "km2"}
    path.write_text("month,value\n2025-01,1.234\n2025-02,7\n")
    assert "give thousands='.'" in load_table(path, **options).notes[0]
    assert known(load_table(path, thousands=".", **options))["value"]["2025-01"] == 1234
    path.write_text("month,value\n2025-01,1.234\n2025-02,7.5\n")
    assert load_table(path, **options).notes == ()
