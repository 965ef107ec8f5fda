"""October 2024 day by day on the daily areas: the table of the docs, made again."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import trends

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "methods" / "nowcasts.md"
AREAS = ROOT.parent / "shared/data/raw/economist_isw_area/area_assessed_as_controlled_by_russia.csv"
COLUMN = "area_assessed_as_russia_controlled"
ROW = re.compile(r"\| (\d+) October 2024 \| (\d+) \| (\d+) \| (\d+) to (\d+) \| ([\d.]+) \|")

pytestmark = pytest.mark.skipif(not AREAS.exists(), reason="no raw areas")


@pytest.fixture(scope="module")
def net() -> pd.Series:
    stock = pd.read_csv(AREAS, parse_dates=["date"]).drop_duplicates("date").set_index("date")
    return (stock[COLUMN] / 1e6).diff().loc["2022-03-01":"2026-07-31"]


def test_the_table_is_what_the_data_give(net: pd.Series) -> None:
    told = [tuple(map(float, row)) for row in ROW.findall(PAGE.read_text(encoding="utf-8"))]
    assert [int(day) for day, *_ in told] == [7, 14, 18, 21, 24, 25, 26, 27, 28, 29, 30]
    totals = net.groupby(net.index.to_period("M")).sum()
    most = totals["2022-07":"2024-09"].max()
    for day, so_far, point, low, high, chance in told:
        found = trends.fit_nowcast(net, "2024-10", as_of=f"2024-10-{int(day):02d}")
        assert found.observed_days == day
        assert round(found.observed) == so_far == round(net["2024-10-01":][: int(day)].sum())
        assert [round(found.point), *map(round, found.conf_int())] == [point, low, high]
        assert found.chance(above=most) == pytest.approx(chance, abs=0.0006)


def test_what_was_said_on_the_27th_came_true(net: pd.Series) -> None:
    found = trends.nowcast(net, "2024-10", as_of="2024-10-27")
    total = net["2024-10"].sum()
    low, high = found.conf_int()
    assert low < total < high
    assert round(total) == 554
    since = {
        each.claim.since: each.or_more for each in found.prospects if each.claim.type == "since"
    }
    assert since[pd.Period("2022-06")] == pytest.approx(0.939, abs=0.001)
    cut = trends.fit_nowcast(net[:"2024-10-27"], "2024-10")
    np.testing.assert_array_equal(cut.draws, found.draws)
