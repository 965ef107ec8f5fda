"""Files of sources written by another than their readers: exact totals, or the fault named."""

from __future__ import annotations

import itertools
import re
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hardening.corpus_blind_areas import POLYGONS, TERRITORY
from hardening.corpus_blind_events import ACLED, ANOMALIES, DAYS, FIRE, UCDP
from hardening.corpus_blind_posts import REPORTS
from hardening.corpus_blind_sources import LAUNCHES, ROWS, Case, Cell, table

import trends
from trends.errors import BadOption, BadTable, BadValue, TrendsError, TrendsWarning, UnreadableFile
from trends.loaders import Limits, load_anomalies

CASES = [*LAUNCHES, *TERRITORY, *ACLED, *UCDP, *FIRE, *DAYS, *ANOMALIES, *POLYGONS, *REPORTS]


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def found_in(read: Any) -> tuple[dict[str, dict[str, float]], str]:
    """Every known value by series and month, and the notes."""
    if isinstance(read, Mapping):
        return {name: dict(months) for name, months in read.items()}, ""
    if isinstance(read, pd.Series):
        return {"*": {str(month): float(v) for month, v in read.dropna().items()}}, ""
    values = {
        name: {str(month): float(v) for month, v in read[name].dropna().items()}
        for name in read.names
    }
    return values, "\n".join(read.notes)


def lacking(case: Case, message: str) -> list[str]:
    """What an error does not say."""
    if isinstance(case.refused, Cell):
        row = re.search(rf"\brow {case.refused.row}\b", message)
        words = [case.refused.column, repr(case.refused.value)[1:-1]]
        return [word for word in words if word not in message] + ([] if row else ["row"])
    assert case.refused is not None, message
    return [word for word in case.refused.words if word not in message]


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case.name))
def test_case(case: Case, folder: Path) -> None:
    if "polygons" in case.name:
        pytest.importorskip("pyproj")
    path = case.make(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TrendsWarning)
        if case.good is None:
            with pytest.raises(TrendsError) as caught:
                case.read(path)
            assert not lacking(case, str(caught.value)), str(caught.value)
            return
        try:
            read = case.read(path)
        except TrendsError as error:
            if lacking(case, str(error)):
                raise
            return
    values, notes = found_in(read)
    if list(case.good) == ["*"] and len(values) == 1:
        values = {"*": next(iter(values.values()))}
    assert values == {
        name: {month: pytest.approx(value, rel=1e-6) for month, value in months.items()}
        for name, months in case.good.items()
    }
    assert case.note in notes, notes


def test_the_corpus_is_of_both_kinds() -> None:
    assert len(CASES) > 300
    assert sum(case.good is None for case in CASES) > 120
    assert sum(case.refused is None for case in CASES) > 90


REAL = Path(__file__).parents[3] / "shared" / "data" / "raw" / "massive_missile_attacks"


@pytest.mark.skipif(not REAL.is_dir(), reason="the raw files are not here")
class TestDamagedCopiesOfTheRealFile:
    """Two copies of other days, put together and cut, as people do it."""

    def rows(self, name: str) -> list[str]:
        return (REAL / name).read_text("utf-8").splitlines()

    def test_rows_pasted_twice_count_once(self, folder: Path) -> None:
        lines = self.rows("missile_attacks_daily.csv")
        once, twice = folder / "once.csv", folder / "twice.csv"
        once.write_text("\n".join(lines[:200]))
        twice.write_text("\n".join([*lines[:200], *lines[3:9]]))
        with pytest.warns(TrendsWarning, match="repeat another report"):
            found = trends.load_launches(twice, definition="all")
        alone = trends.load_launches(once, definition="all")
        assert found["drones"].equals(alone["drones"])

    def test_two_copies_put_together_are_refused(self, folder: Path) -> None:
        copies = [*sorted(REAL.glob("vintages/*.csv")), REAL / "missile_attacks_daily.csv"]
        frames = [pd.read_csv(copy, dtype=str) for copy in copies]
        path = folder / "both.csv"
        for older, newer in itertools.combinations(frames, 2):
            pd.concat([newer, older]).to_csv(path, index=False)
            with pytest.raises(BadTable, match=r"are one report|two copies of the file"):
                trends.load_launches(path, definition="all")

    def test_no_real_copy_repeats_a_report(self) -> None:
        for path in [REAL / "missile_attacks_daily.csv", *sorted(REAL.glob("vintages/*.csv"))]:
            table = pd.read_csv(path, dtype=str)
            keys = ["time_start", "time_end", "model", "launch_place", "target", "source"]
            assert not table.duplicated(keys).any()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", TrendsWarning)
                fates = trends.explain_launches(path, definition="all")
            assert not fates["reason"].str.contains("another row").any()


class TestLimits:
    """Every loader of a source takes the limits of `load_table`."""

    files: Mapping[str, tuple[str, dict[str, Any]]] = {
        "load_launches": (table(), {"definition": "all"}),
        "load_territory": ("date,area\n2025-05-31,1\n2025-06-30,2\n", {}),
        "load_acled": (
            "event_id_cnty,event_date\nA1,2025-05-31\nA2,2025-06-01\n",
            {"by": ()},
        ),
        "load_ucdp": (
            "id,date_start,date_end,best\n1,2025-05-31,2025-05-31,4\n2,2025-06-01,2025-06-01,1\n",
            {"by": ()},
        ),
        "load_fires": (
            "date,war_fires_per_day\n2025-05-31,4\n2025-06-01,1\n",
            {"side": "all"},
        ),
    }

    @pytest.mark.parametrize("name", files)
    @pytest.mark.parametrize("limit", ["max_rows", "max_bytes", "max_cells"])
    def test_limits_are_kept(self, name: str, limit: str, folder: Path) -> None:
        text, options = self.files[name]
        path = folder / "f.csv"
        path.write_text(text)
        load = getattr(trends, name)
        assert load(path, **options).n_time == 2
        with pytest.raises(UnreadableFile, match=f"{limit}=1.*limits=Limits"):
            load(path, **options, limits=Limits(**{limit: 1}))
        with pytest.raises(BadOption, match="limits"):
            load(path, **options, limits={limit: 1})

    def test_of_anomalies(self, folder: Path) -> None:
        path = folder / "f.csv"
        path.write_text("first,kind,note\n2026-05,outage,a\n2026-06,outage,b\n")
        with pytest.raises(UnreadableFile, match="max_rows=1"):
            load_anomalies(path, limits=Limits(max_rows=1))

    def test_of_long_cells(self, folder: Path) -> None:
        path = folder / "f.csv"
        path.write_text(table([*ROWS[:3], (*ROWS[3][:2], "X" * 50, *ROWS[3][3:])]))
        with pytest.raises(BadValue, match="row 4, column 'model'"):
            trends.load_launches(path, definition="all", limits=Limits(max_cell=40))
