"""Workbooks, frames, files, databases and polygons, made by one who had not read the readers."""

from __future__ import annotations

import math
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hardening import (
    corpus_blind_arrow,
    corpus_blind_columns,
    corpus_blind_databases,
    corpus_blind_formats,
    corpus_blind_packets,
    corpus_blind_parquet,
    corpus_blind_places,
    corpus_blind_polygons,
    corpus_blind_records,
)
from hardening.corpus_blind_formats import Cell, Either, Input, Refused

import trends
from trends.errors import BadValue, TrendsError, TrendsWarning

GROUPS = {
    "book": corpus_blind_formats.BOOKS,
    "packet": corpus_blind_packets.BY_HAND,
    "frame": corpus_blind_columns.FRAMES,
    "parquet": corpus_blind_parquet.PARQUET,
    "arrow": corpus_blind_arrow.ARROW,
    "json": corpus_blind_records.JSON,
    "sql": corpus_blind_databases.SQL,
    "mistake": corpus_blind_places.MISTAKES,
    "place": corpus_blind_places.PLACES,
    "loaders": corpus_blind_places.TERRITORY,
    "polygons": corpus_blind_polygons.POLYGONS,
}
CASES = [(f"{group}: {case.name}", case) for group, cases in GROUPS.items() for case in cases]
_TABLE = {"month": "month", "value": "value", "unit": "attacks"}
_STATUS, _PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_MIB = 500


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own, which is the working one and the home, too."""
    with tempfile.TemporaryDirectory() as name:
        monkeypatch.chdir(name)
        monkeypatch.setenv("HOME", name)
        yield Path(name)
        while corpus_blind_databases.OPEN:
            corpus_blind_databases.OPEN.pop().close()


def memory(kind: str) -> int:
    """The memory of this process in MiB, now or at most."""
    found = next(line for line in _STATUS.read_text().splitlines() if line.startswith(kind))
    return int(found.split()[1]) // 1024


def load(case: Input, given: object) -> Any:
    options = {**_TABLE, **case.options} if case.reader == "load_table" else case.options
    if "endless" in case.name:
        options = {**options, "limits": trends.Limits(max_seconds=0.5)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TrendsWarning)
        return getattr(trends, case.reader)(given, **options)


def values(found: Any) -> dict[str, float]:
    if isinstance(found, pd.Series):
        return {str(day): float(value) for day, value in found.items()}
    if len(found.names) > 1:
        return dict(zip(found.names, np.nansum(found.values, axis=1).tolist(), strict=True))
    return dict(zip(map(str, found.months), found.values[0].tolist(), strict=True))


def check_values(case: Input, expected: Mapping[str, float | None], found: Any) -> None:
    got = values(found)
    assert list(got) == list(expected)
    exact = 1e-4 if case.reader == "load_polygons" else 0  # areas by another way
    for month, value in expected.items():
        same = (
            math.isnan(got[month])
            if value is None
            else math.isclose(got[month], value, rel_tol=exact)
        )
        assert same, (month, value, got[month])


def check_error(case: Input, error: TrendsError) -> None:
    said, expected = str(error), case.expect
    assert type(error).__module__ == "trends.errors"
    assert len(said) < 3000
    assert "S3cret" not in said
    if case.reader != "load_table":
        assert "load_table(..., limits" not in said
    if isinstance(expected, Cell):
        assert isinstance(error, BadValue)
        assert (error.row, error.column) == (expected.row, expected.column)
        assert expected.found in said
    elif isinstance(expected, Refused):
        assert expected.words in said
    else:
        assert isinstance(expected, Either), said


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=name.encode("ascii", "replace").decode()) for name, case in CASES],
)
def test_input(case: Input, folder: Path) -> None:
    given = case.make(folder)
    there = sorted(found.name for found in folder.iterdir())
    if _PEAK.exists():
        _PEAK.write_text("5")
    begun, held = time.process_time(), memory("VmRSS") if _PEAK.exists() else 0
    try:
        found = load(case, given)
    except TrendsError as error:
        check_error(case, error)
    else:
        if isinstance(case.expect, Either):
            assert not case.expect.values or check_values(case, case.expect.values, found) is None
        else:
            assert isinstance(case.expect, Mapping), found
            check_values(case, case.expect, found)
    assert time.process_time() - begun < 10
    assert not _PEAK.exists() or memory("VmHWM") - held < _MIB
    now = sorted(found.name for found in folder.iterdir())
    assert set(now) - set(there) <= case.leaves, "reading writes nothing"


def test_the_corpus_is_broad() -> None:
    names = [name for name, _ in CASES]
    assert len(set(names)) == len(names)
    assert sum(isinstance(case.expect, Mapping) for _, case in CASES) > 180
