"""The data sets that come with the library."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeAlias, overload

import numpy as np
import pandas as pd

from trends.errors import UnknownName, UnreadableFile
from trends.loaders._numbers import read_numbers
from trends.loaders._reading import Table
from trends.loaders._whole import read_table
from trends.panel import Anomaly, Definition, Kind, Panel, as_month

PUBLISHED = "published-monthly"
TableName: TypeAlias = Literal[
    "published-monthly", "drones-launched-daily", "missiles-launched-daily"
]


@dataclass(frozen=True, slots=True)
class DataSet:
    """The card of one bundled data set: what it is, from whom, under which definition.

    Data sets with the same `metric` measure the same thing under different definitions.
    """

    name: str
    title: str
    description: str
    metric: str
    quantity: str
    unit: str
    kind: Kind | Literal["table"]
    series: str
    adds_up_to: str
    definition: Definition
    sources: tuple[str, ...]
    licence: str
    first: pd.Period
    last: pd.Period
    as_of: dt.date
    anomalies: tuple[Anomaly, ...]


def data_sets() -> dict[str, DataSet]:
    """List the bundled data sets: their cards by name.

    Returns
    -------
    dict of str to DataSet

    Examples
    --------
    >>> data_sets()["drones-launched"].unit
    'drones'
    """
    return {card["name"]: _card(card) for card in _package()["resources"]}


@overload
def load(name: TableName) -> pd.DataFrame: ...  # type: ignore[overload-overlap]


@overload
def load(name: str) -> Panel: ...


def load(name: str) -> Panel | pd.DataFrame:
    """Load a bundled data set.

    Parameters
    ----------
    name : str
        One of `data_sets`.

    Returns
    -------
    Panel or DataFrame
        A panel of one series; "published-monthly" is a table of printed figures, one a row, in
        which several publishers can name different values for one month. The sets in "-daily" are
        tables with a column ``value`` on a daily PeriodIndex, for `nowcast`.

    Raises
    ------
    UnknownName
        If there is no such data set.

    Examples
    --------
    >>> load("drones-launched")["drones"]["2025-06"]
    np.float64(5438.0)
    >>> load("territory-gain-afp")["territory"]["2025-03":"2025-06"].tolist()
    [240.0, 379.0, 507.0, 588.0]
    """
    cards = {card["name"]: card for card in _package()["resources"]}
    if not isinstance(name, str) or name not in cards:
        raise UnknownName("load", name, cards)
    card, table = _card(cards[name]), read_table(_folder() / cards[name]["path"])
    if name == PUBLISHED:
        return _published(table)
    return _daily(table, card) if card.kind == "table" else _panel(table, card)


def _panel(table: Table, card: DataSet) -> Panel:
    table.need("month", "value", "observed_days")
    months = pd.PeriodIndex([as_month(str(cell), table.name) for cell in table.columns["month"]])
    days = read_numbers(table, "observed_days", counts=True)
    assert card.kind != "table"  # which _daily takes
    return Panel(
        read_numbers(table, "value")[None, :],
        months,
        (card.series,),
        unit=card.unit,
        kind=card.kind,
        observed_days=days.astype(np.int32),
        quantity=card.quantity,
        definition=card.definition,
        source=card.sources[0],
        as_of=card.as_of,
        adds_up_to=card.adds_up_to,
        metric=card.metric,
        anomalies=card.anomalies,
    )


def _published(table: Table) -> pd.DataFrame:
    frame = pd.DataFrame(table.columns)
    frame["value"] = read_numbers(table, "value")
    frame["published_date"] = pd.to_datetime(frame["published_date"], format="%Y-%m-%d")
    return frame


def _daily(table: Table, card: DataSet) -> pd.DataFrame:
    table.need("day", "value")
    days = pd.PeriodIndex(table.columns["day"], freq="D", name="day")
    frame = pd.DataFrame({"value": read_numbers(table, "value")}, index=days)
    frame.attrs = {"unit": card.unit, "quantity": card.quantity, "definition": card.definition}
    return frame


def days_of(panel: Panel) -> pd.DataFrame | None:
    """The bundled days that the months of a panel are the sums of; None where there are none.

    Every month that both know, the last, partial one too, must have the same value in both. Days
    after the last that the panel has observed are left out.

    Examples
    --------
    >>> days_of(load("drones-launched")).tail(1)["value"]
    day
    2026-06-07    236.0
    Freq: D, Name: value, dtype: float64
    """
    for name, card in data_sets().items():
        if card.kind == "table" and card.metric == panel.metric and panel.metric:
            days = load(name)
            assert isinstance(days, pd.DataFrame)
            last = panel.months[-1].asfreq("D", "start") + int(panel.observed_days[-1]) - 1
            days = days[days.index <= last]
            if card.definition == panel.definition and _sums_to(days["value"], panel):
                return days
    return None


def _sums_to(days: pd.Series[float], panel: Panel) -> bool:
    """Whether the months of a panel are the sums of days."""
    groups = days.groupby(pd.PeriodIndex(days.index).asfreq("M"))
    sums, counts = groups.sum(), groups.count()
    values = pd.Series(panel.values[0].astype(np.float64), panel.months).dropna()
    observed = pd.Series(panel.observed_days, panel.months)[values.index]
    return (
        panel.n_series == 1
        and bool(len(values))
        and bool((sums.reindex(values.index) == values).all())
        and bool((counts.reindex(values.index) == observed).all())
    )


def _folder() -> Path:
    """Find the folder of the data: in an installed library, or beside it in a checkout."""
    inside = Path(str(files("trends"))) / "_data"
    beside = Path(__file__).resolve().parents[2] / "datasets"
    for folder in (inside, beside):
        if (folder / "datapackage.json").is_file():
            return folder
    raise UnreadableFile(
        inside, "the bundled data are not there", "Install attack-trends again: pip install ."
    )


@cache
def _package() -> Any:
    return json.loads((_folder() / "datapackage.json").read_text(encoding="utf-8"))


def definitions(metric: str) -> tuple[Definition, ...]:
    """List the definitions of a metric: those of the bundled sets, and others that were measured.

    Parameters
    ----------
    metric : str
        As `DataSet.metric` gives it: ``"drones_launched"``.

    Returns
    -------
    tuple of Definition
        Each with the publisher that it mirrors and the measured error, where there are any.

    Examples
    --------
    >>> [rule.name for rule in definitions("drones_launched")]
    ['spliced', 'spliced-start', 'overnight', 'all', 'overnight-start', 'nights']
    """
    return tuple(
        Definition(
            row["sentence"],
            name=row["name"],
            parameters=row["parameters"],
            mirrors=row.get("mirrors", ""),
            error=row.get("error", ""),
            first=as_month(row["first"]) if "first" in row else None,
            last=as_month(row["last"]) if "last" in row else None,
        )
        for row in _package()["definitions"]
        if row["metric"] == metric
    )


def _definition(metric: str, name: str) -> Definition:
    """The definition of that name; a table of printed figures has only a sentence."""
    named = (rule for rule in definitions(metric) if rule.name == name)
    return next(named, Definition(name))


def _card(resource: dict[str, Any]) -> DataSet:
    about = resource["trends"]
    return DataSet(
        name=resource["name"],
        title=resource["title"],
        description=resource["description"],
        metric=about["metric"],
        quantity=about["quantity"],
        unit=about["unit"],
        kind=about["kind"],
        series=about["series"],
        adds_up_to=about.get("adds_up_to", ""),
        definition=_definition(about["metric"], about["definition"]),
        sources=tuple(source["title"] for source in resource["sources"]),
        licence=about["licence"],
        first=as_month(about["first"]),
        last=as_month(about["last"]),
        as_of=dt.date.fromisoformat(about["as_of"]),
        anomalies=tuple(
            Anomaly(
                as_month(anomaly["first"]),
                as_month(anomaly["last"]),
                anomaly["kind"],
                anomaly["note"],
                anomaly["source"],
                tuple(anomaly["excluded_from"]),
            )
            for anomaly in about["anomalies"]
        ),
    )
