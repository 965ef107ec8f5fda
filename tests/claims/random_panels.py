"""Random panels with everything that real ones have, and their plain rows."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from trends.panel import Anomaly, Panel

START = pd.Period("2023-01", "M")

# whole numbers from a short range tie often; the others have decimals
VALUES = st.one_of(
    st.integers(-3, 12).map(float),
    st.integers(0, 100_000).map(float),
    st.integers(-9_999, 99_999).map(lambda tenths: tenths / 10),
)
NOTES = "Something of this month must be known."


@st.composite
def anomalies(draw: st.DrawFn, length: int) -> tuple[Anomaly, ...]:
    found = []
    for _ in range(draw(st.integers(0, 2))):
        first = draw(st.integers(0, length - 1))
        last = draw(st.integers(first, min(first + 3, length - 1)))
        kind = draw(st.sampled_from(["method break", "splice", "one-off"]))
        left_out = draw(st.sets(st.sampled_from(["records", "ranks", "streaks"])))
        purposes = tuple(sorted(left_out)) if kind == "one-off" else ()
        found.append(Anomaly(START + first, START + last, kind, NOTES, "", purposes))
    return tuple(found)


@st.composite
def panels(draw: st.DrawFn, least: int = 2, most: int = 40) -> Panel:
    """Panels with gaps, ties, partial months, breaks, splices, months left out, whole numbers."""
    length = draw(st.integers(least, most))
    cells = st.one_of(VALUES, VALUES, VALUES, VALUES, st.none())
    row = draw(st.lists(cells, min_size=length, max_size=length))
    if draw(st.booleans()):  # a trend, so that records and streaks are not rare
        row = [None if x is None else x + 40.0 * t for t, x in enumerate(row)]
    months = pd.period_range(START, periods=length, freq="M")
    days = np.asarray(months.days_in_month).copy()
    for t in draw(st.lists(st.integers(0, length - 1), max_size=2)):
        days[t] = draw(st.integers(1, 27))
    values = np.array([[np.nan if x is None else x for x in row]])
    days[np.isnan(values[0])] = 0
    return Panel(
        values,
        months,
        ["x"],
        unit=draw(st.sampled_from(["", "drones", "km2"])),
        kind=draw(st.sampled_from(["flow", "stock", "rate"])),
        quantity=draw(st.sampled_from(["", "drones launched"])),
        adds_up_to=draw(st.sampled_from(["", "territory held"])),
        observed_days=days,
        anomalies=draw(anomalies(length)),
    )


@st.composite
def panels_and_months(draw: st.DrawFn, least: int = 2) -> tuple[Panel, pd.Period]:
    """A panel, and a month of it up to which at least something is known."""
    panel = draw(panels(least))
    last = draw(st.one_of(st.just(panel.n_time - 1), st.integers(1, panel.n_time - 1)))
    if np.isnan(panel.known()[0, : last + 1]).all():
        values, days = panel.values.copy(), panel.observed_days.copy()
        values[0, last], days[last] = 7.0, panel.months[last].days_in_month
        panel = dataclasses.replace(panel, values=values, observed_days=days)
    return panel, panel.months[last]


@st.composite
def nights_and_months(draw: st.DrawFn, least: int = 2) -> tuple[Panel, pd.Period]:
    """A panel of nights without an attack, few of them none, and a month of it."""
    panel, month = draw(panels_and_months(least))
    count = st.one_of(st.just(0), st.integers(0, 28))
    values = np.array([[draw(count) for _ in range(panel.n_time)]], dtype=np.float64)
    values[np.isnan(panel.values)] = np.nan
    nights = {"unit": "nights", "kind": "flow", "metric": "drones_nights_without"}
    return dataclasses.replace(panel, values=values, adds_up_to="", **nights), month


def plain_row(panel: Panel, month: pd.Period, purpose: str = "") -> list[float | None]:
    """The complete months up to `month` that it can be compared with, None where unknown."""
    row: list[float | None] = []
    for t, each in enumerate(panel.months):
        if each > month:
            break
        if any(a.kind == "method break" and a.first == each for a in panel.anomalies):
            row = []
        value = float(panel.values[0, t])
        known = value == value and panel.observed_days[t] == each.days_in_month
        out = any(purpose in a.excluded_from and a.first <= each <= a.last for a in panel.anomalies)
        row.append(value if known and not out else None)
    return row


def with_value(panel: Panel, month: pd.Period, value: float) -> Panel:
    """The panel with another value in one month."""
    values = panel.values.copy()
    values[0, panel.position(month)] = value
    return dataclasses.replace(panel, values=values)
