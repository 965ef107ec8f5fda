"""A fast part of the simulations behind the statistical promises."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks" / "validity"
NAMES = sorted(path.stem for path in FOLDER.glob("sim_*.py"))


@pytest.fixture(scope="module")
def validity():
    """The scripts, imported as they import each other; nothing of it is left behind."""
    before = set(sys.modules)
    sys.path.insert(0, str(FOLDER))
    try:
        yield {name: __import__(name) for name in (*NAMES, "promises", "run")}
    finally:
        sys.path.remove(str(FOLDER))
        for name in set(sys.modules) - before:
            if str(FOLDER) in str(getattr(sys.modules[name], "__file__", "")):
                sys.modules.pop(name)


def test_every_simulation_is_run(validity):
    assert sorted(validity["run"].SIMULATIONS) == NAMES


SLOW = ("sim_rampup_intervals", "sim_nowcasts")  # 16 to 70 s for a few replicates


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=pytest.mark.slow) if n in SLOW else n for n in NAMES]
)
def test_the_promises_hold_on_a_few_replicates(validity, name):
    # The full run says how well; here a method that broke is found out, four errors off.
    rows = validity[name].rows(0.02)
    assert rows or name == "sim_public_forecasts"  # of data that only some machines have
    for row in rows:
        assert math.isfinite(row.share), row
        assert 0 <= row.share <= 1, row
    known = KNOWN_MISSES.get(name, ())
    missed = [row for row in rows if row.verdict == "not met" and row.what not in known]
    assert not missed, missed


# Targets that the full table, docs/validity.md, shows as not met.
KNOWN_MISSES: dict[str, tuple[str, ...]] = {}


def test_a_verdict_goes_by_its_monte_carlo_error(validity):
    row = validity["promises"].Row
    assert row("m", "w", 0.05, 2000, 0.035, 0.065).verdict == "met"
    assert row("m", "w", 0.07, 2000, 0.035, 0.065).verdict == "met within 4 s.e."
    assert row("m", "w", 0.10, 2000, 0.035, 0.065).verdict == "not met"
    assert row("m", "w", 0.0, 2000, 0.9, 1.0).verdict == "not met"
    assert row("m", "w", 0.5, 2000, None, None).verdict == "told"


def test_a_database_of_public_series_is_read(validity, tmp_path, monkeypatch):
    public = sys.modules["public_series"]
    assert public.GRETL.name == "db"
    texts = ["# a database"]
    rows = {"aaa": np.arange(60.0), "quarter": np.arange(8.0), "bbb": np.arange(30.0, 0, -1)}
    rows["aaa"][3] = np.nan
    for name, row in rows.items():
        clock = "Q  1972.1 - 1973.4" if name == "quarter" else "M  2018.02 - 2023.01"
        texts += [f"{name}  Some words, SA", f"{clock}  n = {len(row)}"]
    (tmp_path / "fedstl.idx").write_text("\n".join(texts) + "\n", encoding="utf-8")
    every = np.concatenate(list(rows.values()))
    np.nan_to_num(every, nan=-999).astype("<f4").tofile(tmp_path / "fedstl.bin")
    monkeypatch.setattr(public, "GRETL", tmp_path)
    halves = [public.st_louis(kept_back=kept) for kept in (False, True)]
    assert sorted([*halves[0], *halves[1]]) == ["aaa", "bbb"]
    for name, row in (halves[0] | halves[1]).items():
        np.testing.assert_array_equal(row, rows[name])
    cut = public.st_louis(kept_back=False, until=2019) | public.st_louis(kept_back=True, until=2019)
    assert {len(row) for row in cut.values()} == {23}  # February 2018 to December 2019
    monkeypatch.setattr(public, "GRETL", tmp_path / "none")
    assert public.st_louis(kept_back=True) == {}


def test_stretches_are_known_whole_and_the_same_in_every_run(validity):
    public = sys.modules["public_series"]
    walk = np.cumsum(np.random.default_rng(1).standard_normal(300))
    walk[40] = np.nan
    found = public.windows("x", walk, 9)
    assert found
    for one, again in zip(found, public.windows("x", walk, 9), strict=True):
        np.testing.assert_array_equal(one, again)
        assert not np.isnan(one).any()
        assert len(one) - public.AHEAD in public.LENGTHS
    assert public.windows("x", walk[:53], 9) == []
    assert public.windows("x", np.ones(300), 9) == []
