"""Sources side by side, against figures recomputed by hand."""

from __future__ import annotations

import csv
import json
import statistics
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from trends.cli import app
from trends.comparisons import compare
from trends.errors import BadOption, NoValues
from trends.loaders import load
from trends.panel import Panel, as_panel

ROOT = Path(__file__).resolve().parents[1]
TERRITORY = ("afp", "isw", "deepstate")


def printed(name: str) -> dict[str, float]:
    """The complete months of a bundled set, with nothing but the csv module."""
    with (ROOT / "datasets" / f"territory-gain-{name}.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    return {
        row["month"]: float(row["value"])
        for row in rows
        if row["value"] and int(row["observed_days"]) >= pd.Period(row["month"]).days_in_month
    }


@pytest.fixture(scope="module")
def territory():
    return compare({name: load(f"territory-gain-{name}") for name in TERRITORY})


def test_pairs_equal_a_plain_recomputation(territory) -> None:
    assert [(p.a, p.b) for p in territory.pairs] == [
        ("afp", "isw"), ("afp", "deepstate"), ("isw", "deepstate"),
    ]  # fmt: skip
    for pair in territory.pairs:
        a, b = printed(pair.a), printed(pair.b)
        both = sorted(a.keys() & b.keys())
        assert pair.months == len(both)
        gaps = [a[m] - b[m] for m in both]
        assert pair.mean_difference == pytest.approx(statistics.fmean(gaps))
        assert pair.mean_absolute_difference == pytest.approx(statistics.fmean(map(abs, gaps)))
        before = {m: str(pd.Period(m) - 1) for m in both}
        steps = [m for m in both if before[m] in a and before[m] in b]
        same = [(a[m] - a[before[m]]) * (b[m] - b[before[m]]) > 0 for m in steps]
        assert pair.same_direction == pytest.approx(statistics.fmean(same))


def test_the_june_streak_parts_the_sources(territory) -> None:
    june = [
        d for d in territory.disagreements
        if str(d.claim.month) == "2025-06" and d.claim.type == "streak" and d.source == "afp"
    ]  # fmt: skip
    (found,) = june
    assert found.false_in == ("isw",)
    assert found.true_in == ("deepstate",)


def test_the_frame_keeps_gaps_and_leaves_partial_months_out(territory) -> None:
    frame = territory.frame()
    assert frame.loc["2025-06", "afp"] == 588.0
    assert np.isnan(frame.loc["2023-02", "afp"])
    assert np.isnan(frame.loc["2026-01", "isw"])  # 24 days of it


def test_a_series_against_itself_agrees_wholly() -> None:
    panel = load("drones-launched")
    found = compare({"one": panel, "two": panel})
    (pair,) = found.pairs
    assert (pair.same_sign, pair.same_direction, pair.mean_absolute_difference) == (1.0, 1.0, 0.0)
    assert found.disagreements == ()
    assert found.disagreements_frame().empty


def small(values: list[float], start: str = "2025-01", unit: str = "km2", **more: object) -> Panel:
    months = pd.period_range(start, periods=len(values), freq="M")
    return as_panel(pd.Series(values, months, name="x"), unit=unit, **more)


def test_too_few_months_have_no_correlation() -> None:
    (pair,) = compare({"a": small([1, 2, 3]), "b": small([1, -2, 4])}).pairs
    assert pair.correlation is None
    assert pair.same_sign == pytest.approx(2 / 3)


def test_refusals() -> None:
    one = small([1, 2, 3])
    with pytest.raises(BadOption, match="two or more"):
        compare({"a": one})
    with pytest.raises(BadOption, match="km2"):
        compare({"a": one, "b": small([1, 2, 3], unit="drones")})
    with pytest.raises(BadOption, match="one source"):
        compare([small([1, 2], source="ISW"), small([1, 2], source="ISW")])
    with pytest.raises(BadOption, match="one series"):
        compare({"a": one, "b": Panel([[1.0], [2.0]], one.months[:1], ["x", "y"], unit="km2")})
    with pytest.raises(NoValues, match="no month is complete in two"):
        compare({"a": one, "b": small([1, 2, 3], start="2026-01")})
    with pytest.raises(NoValues, match="has no month"):
        compare({"a": one, "b": one}, first="2030-01")


def test_the_command(tmp_path: Path) -> None:
    chart = tmp_path / "sources.svg"
    names = ("territory-gain-afp", "territory-gain-isw")
    done = CliRunner().invoke(app, ["compare", *names, "--json", "--chart", str(chart)])
    assert done.exit_code == 0, done.output
    facts = json.loads(done.output)
    assert facts["pairs"][0]["months"] == 22
    assert any(row["month"] == "2025-06" for row in facts["disagreements"])
    assert chart.read_text().startswith("<svg")
    text = CliRunner().invoke(app, ["compare", *names]).output
    assert "third consecutive month of acceleration" in text
    assert CliRunner().invoke(app, ["compare", *names, "--chart", "x.gif"]).exit_code == 2
