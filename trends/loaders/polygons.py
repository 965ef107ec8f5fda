"""Polygons of control, one file a day: the area held, and the areas gained and lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Literal, get_args

import numpy as np
import pandas as pd

from trends.errors import BadOption, BadTable, TooShort, UnknownOption
from trends.loaders._closings import Closing, Reckoning, closings, late_readings
from trends.loaders._geodesy import taken
from trends.loaders._given import known_on
from trends.loaders._reading import PathLike
from trends.loaders._regions import Regions
from trends.loaders._snapshots import Snapshots, read_snapshots
from trends.panel import FloatArray, Panel

Steps = Literal["readings", "months"]

NAMES = ("gained", "lost", "net")
_SOURCES = {"deepstatemap_data": "DeepStateMap, by way of cyterat/deepstate-map-data"}


def recognise(columns: Collection[str]) -> dict[str, object] | None:
    """Tell whether these are the members of a GeoJSON file: the options to load it, or None."""
    return {} if {"type", "features"} <= set(columns) else None


def load_polygons(
    path: PathLike | Iterable[PathLike],
    *,
    layers: Sequence[str] | None = None,
    layer_property: str | None = None,
    regions: PathLike | None = None,
    region_name: str = "name",
    reckoning: Reckoning = "month-end",
    late: int = 3,
    dates: Mapping[str, dt.date | None] | None = None,
    name: str = "territory",
    definition: str = "",
    source: str = "",
    as_of: dt.date | str | None = None,
) -> Panel:
    """Load polygons of control as a stock at the end of each month, in km2.

    Areas are geodesic, on the ellipsoid WGS84, of edges that are straight in longitude and
    latitude, as GeoJSON has them. Needs pyproj and shapely: ``pip install 'attack-trends[geo]'``.

    Parameters
    ----------
    path : path or iterable of paths
        A folder, a file or several, each with the polygons of one day, which its name holds as
        ``20250630`` or ``2025-06-30``: GeoJSON; GeoPackage and Shapefile where pyogrio is
        installed. A file in another system of coordinates that says so is converted.
    layers : sequence of str, optional
        The layers whose union counts, such as ``("control", "advances")``; a day that lacks one is
        left out. Needed if there are several. The layer of a polygon is the one of its GeoPackage,
        or else the name of its file without the day.
    layer_property : str, optional
        The property of a feature that names its layer.
    regions : path, optional
        A file of regions, each a series of its own.
    region_name : str
        The property that names a region.
    reckoning : {'month-end', 'month-start'}
        Whether a month is closed by its own last reading, or by the first of the month after.
    late : int
        With ``'month-start'``, how many days after the first that reading may lie. A later one
        closes no month.
    dates : mapping of str to date, optional
        The day of each file (by its name, without folder) whose name has none or a wrong one; None
        leaves the file out.
    name : str
        Name of the series, without regions.
    definition, source : str, optional
        As for `Panel`; a definition made from the options is the default.
    as_of : date or str, optional
        The day on which the files were made; by default the last reading.

    Returns
    -------
    Panel
        `notes` count what was left out, closed, repaired or read late.

    Raises
    ------
    UnreadableFile, EmptyTable, BadTable
        If a file is not one of polygons, holds no day, or contradicts another. Also if a polygon
        crosses the 180th meridian, or if the edges of a file cross too often or are more than
        20,000 degrees long in all: such a file would exhaust the machine.
    BadValue
        If a place is not in degrees; `row` is the number of the feature.

    Examples
    --------
    >>> load_polygons("deepstate/", reckoning="month-start")  # doctest: +SKIP
    <Panel: territory (km2, stock), 2024-07 to 2026-07, 25 months>
    """
    _check("load_polygons", reckoning, late)
    read = read_snapshots(path, layers=layers, layer_property=layer_property, dates=dates)
    notes = list(read.notes)
    known = Regions.read(regions, region_name)
    closed = closings(read, reckoning, late, notes)
    months = pd.period_range(min(closed), max(closed), freq="M")
    values = np.full((len(known.names) or 1, len(months)), np.nan)
    days = np.zeros(len(months), dtype=np.int32)
    for at, month in enumerate(months):
        if month in closed:
            values[:, at] = known.areas(read.days[closed[month].at].held)
            days[at] = closed[month].days
    known.say_outside([read.days[close.at].held for close in closed.values()], notes)
    _say_gaps(months, days, notes)
    last = read.days[-1].day
    return Panel(
        values,
        months,
        known.names or (name,),
        unit="km2",
        kind="stock",
        observed_days=days,
        quantity=_quantity(read),
        definition=definition or f"{_area(read)}, {_when(reckoning)}.",
        source=source or _SOURCES.get(read.layers[0], ""),
        as_of=known_on("load_polygons", as_of, last, "last reading"),
        anomalies=late_readings(read, closed),
        notes=tuple(notes),
    )


def load_territory_changes(
    path: PathLike | Iterable[PathLike],
    *,
    steps: Steps = "readings",
    layers: Sequence[str] | None = None,
    layer_property: str | None = None,
    regions: PathLike | None = None,
    region_name: str = "name",
    reckoning: Reckoning = "month-end",
    late: int = 3,
    dates: Mapping[str, dt.date | None] | None = None,
    definition: str = "",
    source: str = "",
    as_of: dt.date | str | None = None,
) -> Panel:
    """Load the areas gained and lost each month, gross and net, from polygons of control.

    Gained is what the later polygons hold and the earlier ones do not, lost the reverse, and net
    the first minus the second: the change of what `load_polygons` gives. A month is unknown where
    its beginning or its end was not read.

    Parameters
    ----------
    path
        As for `load_polygons`.
    steps : {'readings', 'months'}
        Whether each reading is compared with the one before and the month adds the differences up,
        so that ground taken and given up again within it counts twice; or whether only the ends of
        months are compared. Gross figures of different steps are not comparable; net is the same.
    layers, layer_property, regions, region_name, reckoning, late, dates, definition, source, as_of
        As for `load_polygons`. With regions, the series are ``"Donetsk: gained"`` and so on.

    Returns
    -------
    Panel
        The series ``gained``, ``lost`` and ``net``, flows in km2. A month that begins with a late
        reading is short by those days.

    Raises
    ------
    TooShort
        If the files do not hold the ends of two months.
    UnreadableFile, EmptyTable, BadTable, BadValue
        As for `load_polygons`.

    Examples
    --------
    >>> load_territory_changes("deepstate/", reckoning="month-start")  # doctest: +SKIP
    <Panel: gained, lost, net (km2, flow), 2024-08 to 2026-07, 24 months>
    """
    _check("load_territory_changes", reckoning, late)
    if steps not in get_args(Steps):
        raise UnknownOption("load_territory_changes", steps=steps, known=get_args(Steps))
    read = read_snapshots(path, layers=layers, layer_property=layer_property, dates=dates)
    notes = list(read.notes)
    known = Regions.read(regions, region_name)
    closed = closings(read, reckoning, late, notes)
    if len(closed) < 2:
        raise TooShort(read.name, len(closed), 2)
    months = pd.period_range(min(closed) + 1, max(closed), freq="M")
    values, days = _changes(read, known, closed, months, steps)
    if np.isnan(values).all():
        raise BadTable(
            read.name,
            "no month was read both at its beginning and at its end",
            "With files of the first of each month, use reckoning='month-start'.",
        )
    _say_gaps(months, days, notes)
    return Panel(
        values,
        months,
        tuple(f"{n}: {c}" for n in known.names for c in NAMES) or NAMES,
        unit="km2",
        kind="flow",
        observed_days=days,
        quantity=f"change of {_quantity(read)}",
        definition=definition or f"{_gross(read, steps)}; a month ends {_when(reckoning)}.",
        source=source or _SOURCES.get(read.layers[0], ""),
        as_of=known_on("load_territory_changes", as_of, read.days[-1].day, "last reading"),
        anomalies=late_readings(read, closed),
        notes=tuple(notes),
    )


def _changes(
    read: Snapshots,
    known: Regions,
    closed: dict[pd.Period, Closing],
    months: pd.PeriodIndex,
    steps: Steps,
) -> tuple[FloatArray, np.ndarray]:
    """Compare readings from the end of each month to the end of the next."""
    values = np.full((len(known.names) or 1, len(NAMES), len(months)), np.nan)
    days = np.zeros(len(months), dtype=np.int32)
    for at, month in enumerate(months):
        before, end = closed.get(month - 1), closed.get(month)
        if before is None or end is None or not before.whole:
            continue
        path = [before.at, end.at] if steps == "months" else list(range(before.at, end.at + 1))
        gained = np.zeros(len(values))
        lost = np.zeros(len(values))
        for a, b in pairwise(path):
            earlier, later = read.days[a].held, read.days[b].held
            gained += known.areas(taken(later, earlier))
            lost += known.areas(taken(earlier, later))
        values[:, :, at] = np.column_stack([gained, lost, gained - lost])
        days[at] = end.days - before.late
    return values.reshape(-1, len(months)), days


def _check(where: str, reckoning: str, late: int) -> None:
    if reckoning not in get_args(Reckoning):
        raise UnknownOption(where, reckoning=reckoning, known=get_args(Reckoning))
    if isinstance(late, bool) or not isinstance(late, int) or not 0 <= late <= 27:
        raise BadOption(where, "late", late, "a number of days, 0 to 27")


def _quantity(read: Snapshots) -> str:
    return "territory under Russian control" if read.layers[0] in _SOURCES else "territory"


def _area(read: Snapshots) -> str:
    what = f"layer {read.layers[0]}"
    if len(read.layers) > 1:
        what = f"layers {' + '.join(read.layers)}, their union"
    return f"Area on WGS84 of the polygons of {what}"


def _when(reckoning: str) -> str:
    if reckoning == "month-end":
        return "at the last reading of each month"
    return "at the first reading of the month after"


def _gross(read: Snapshots, steps: str) -> str:
    how = "from each reading to the next" if steps == "readings" else "from month to month"
    return f"{_area(read)}, gained and lost {how}, net = gained - lost"


def _say_gaps(months: pd.PeriodIndex, days: np.ndarray, notes: list[str]) -> None:
    gaps = [str(month) for month, covered in zip(months, days, strict=True) if covered == 0]
    if gaps:
        shown = ", ".join(gaps[:6]) + (" ..." if len(gaps) > 6 else ".")
        notes.append(f"Months left unknown, for want of readings ({len(gaps):,}): {shown}")
