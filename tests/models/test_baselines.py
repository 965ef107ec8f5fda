"""The baseline of one month: params against truth, words, and that it looks at no future."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import trends
from trends.detect.alarms import find_alarms
from trends.errors import BadOption, MonthOutside, NoValues
from trends.models.baselines import fit_baseline

MONTHS = pd.period_range("2018-01", periods=84, freq="M")


def grown(noise: float = 0.0) -> pd.Series[float]:
    t = np.arange(84)
    days = MONTHS.days_in_month.to_numpy(float)
    mean = 100 * days * np.exp(0.02 * t + 0.4 * np.cos(2 * np.pi * (t - 83) / 12))
    rng = np.random.default_rng(1)
    return pd.Series(rng.poisson(mean).astype(float), MONTHS, name="drones")


def test_params_are_the_truth() -> None:
    found = fit_baseline(grown())
    assert found.params["trend"] == pytest.approx(0.02, abs=0.0005)
    assert found.params["season"] == pytest.approx(np.exp(0.4), rel=0.01)
    assert found.params["level"] == pytest.approx(100 * np.exp(0.02 * 83), rel=0.02)
    assert found.params["memory"] == pytest.approx(1.0, abs=0.02)
    assert found.dispersion == pytest.approx(1.0, abs=1.0)
    assert found.nobs == 83
    product = found.params[["level", "season", "memory"]].prod() * 31
    assert found.expected == pytest.approx(product, rel=1e-9)


def test_numbers_add_up() -> None:
    t = np.arange(84)
    rng = np.random.default_rng(2)
    row = -20 + 0.5 * t + 10 * np.cos(2 * np.pi * (t - 83) / 12) + rng.normal(0, 2, 84)
    found = fit_baseline(row)
    assert found.params["trend"] == pytest.approx(0.5, abs=0.05)
    assert found.params["season"] == pytest.approx(10, abs=1.5)
    assert found.expected == pytest.approx(found.params[["level", "season", "memory"]].sum())
    assert found.dispersion == pytest.approx(4, rel=0.4)
    assert not found.counts


def test_the_same_as_the_alarms() -> None:
    drones = trends.load("drones-launched")
    frame = fit_baseline(drones, "2026-05", alpha=0.02).frame()
    alarms = find_alarms(drones.until("2026-05"), alpha=0.01)
    np.testing.assert_array_equal(frame["expected"], alarms.expected[0])
    np.testing.assert_array_equal(frame["upper"], np.floor(alarms.upper[0]))
    np.testing.assert_array_equal(frame["p"], alarms.p_values[0])
    np.testing.assert_array_equal(frame["above"], alarms.alarms[0])


@pytest.mark.parametrize("name", ["drones-launched", "missiles-launched", "territory-gain-isw"])
def test_no_future(name: str) -> None:
    panel = trends.load(name)
    here, cut = fit_baseline(panel, "2025-06"), fit_baseline(panel.until("2025-06"))
    assert here.summary() == cut.summary()
    assert here.expected == cut.expected
    assert here.conf_int(0.2) == cut.conf_int(0.2)
    pd.testing.assert_frame_equal(here.frame(), cut.frame())
    pd.testing.assert_series_equal(here.params, cut.params)


def test_june_2025_in_words() -> None:
    found = fit_baseline(trends.load("drones-launched"), "2025-06")
    assert found.summary().startswith(
        "June 2025: 181 drones a day against 134 expected (95% prediction interval "
    )
    assert "within the expected range" in found.summary()
    low, high = found.conf_int()
    wide = found.conf_int(0.01)
    assert wide[0] < low < found.expected < high < wide[1]
    assert found.predict()["expected"] == found.expected
    gain = fit_baseline(trends.load("territory-gain-isw"), "2025-06").summary()
    assert gain.startswith("June 2025: 481.8 km² against")


def test_past_outbreaks_are_named() -> None:
    row = grown()
    row[MONTHS[40]] *= 4
    found = fit_baseline(row)
    assert MONTHS[40] in found.down_weighted
    assert "2021-05 count" in found.summary() or "2021-05," in found.summary()
    assert abs(found.expected / fit_baseline(grown()).expected - 1) < 0.05
    assert 40 in fit_baseline(row.to_numpy()).down_weighted


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([0.0] * 30, "0 against 0.017 expected"),
        ([2.5] * 30, "do not vary"),
        ([3.0], "insufficient, 0 known months"),
        ([4.0, np.nan] * 11, "insufficient, 11 known months"),
        ([7.0] * 30, "within the expected range"),
        ([-3.0, 2.0, 1.0] * 10, "within the expected range"),
        ([9.0, 8.0, 7.0, 6.0] * 6 + [90.0], "above the expected range"),
        ([9.0, 8.0, 7.0, 6.0] * 6 + [np.nan], "unknown, against"),
        ([90.0, 80.0, 85.0, 88.0] * 6 + [3.0], "below the expected range"),
    ],
)
def test_odd_rows(row: list[float], said: str) -> None:
    found = fit_baseline(row)
    assert said in found.summary()
    assert len(found.frame()) == len(row)
    if "insufficient" in said or "vary" in said:
        assert found.insufficient
        assert np.isnan(found.conf_int(0.1)).all()


def test_refused_options() -> None:
    row = grown()
    for wrong in ({"alpha": 0.0}, {"alpha": 1.0}, {"period": 0}, {"month": 5}):
        with pytest.raises(BadOption):
            fit_baseline(row, **wrong)
    with pytest.raises(BadOption):
        fit_baseline(row.to_numpy(), month=84)
    with pytest.raises(MonthOutside):
        fit_baseline(row, "2030-01")
    with pytest.raises(NoValues):
        fit_baseline([np.nan] * 20)
    with pytest.raises(BadOption):
        fit_baseline(row).conf_int(2.0)
