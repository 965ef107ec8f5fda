"""The month that is not over and the ones to come, on the command line."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import click

from trends._cli_reading import READING, data_options, echo, panels

LEVEL = click.FloatRange(0, 1, min_open=True, max_open=True)


@click.command()
@click.argument("month")
@data_options
@click.option("--series", default=None, help="Which series, where the data have several.")
@click.option(
    "--days",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file of days: attack-level launches, or a CSV table with a day and a value a row.",
)
@click.option("--day-column", default="date", show_default=True, help="Column with the days.")
@click.option("--weapons", default="drones", show_default=True, help="Of attack-level launches.")
@click.option("--definition", type=click.Choice(["overnight", "all"]), default="overnight")
@click.option(
    "--kind", type=click.Choice(["flow", "stock"]), default="flow", help="What a day's value is."
)
@click.option("--level", type=LEVEL, default=0.9, show_default=True, help="Of the interval.")
@click.option("--json", "as_json", is_flag=True, help="Print the nowcast as JSON.")
def nowcast(
    month: str,
    series: str | None,
    days: Path | None,
    kind: str,
    level: float,
    as_json: bool,
    **options: Any,
) -> None:
    """Say what MONTH, which is not over, is on pace for, and the chance of each claim by its end.

    \b
    trends nowcast 2026-06 --data drones-launched
    trends nowcast 2026-06 --days missile_attacks_daily.csv --data drones-launched
    trends nowcast 2024-10 --days areas.csv --kind stock --value-column area --as-of 2024-10-27

    Of days, --as-of is the last one that is looked at. With days, --data are the whole months that
    the month is compared with; without --data these are the sums of the days.
    """  # noqa: D301
    from trends.loaders import days_of
    from trends.prospects import nowcast as make

    reading = {name: options.pop(name) for name in READING}
    if len(reading["data"]) != 1 and (days is None or reading["data"]):
        raise click.UsageError("Name one data set or file: --data NAME|PATH, or --days PATH.")
    last = None if days is None else reading.pop("as_of")
    months: Any = None
    if reading["data"]:
        (panel,) = panels(**reading)
        months = panel.select(_chosen(panel, series))
    if days is None:
        daily = days_of(months)  # what a bundled month is the sum of says more than the month
        data = months if daily is None else daily
        found = make(data, month, level=level, months=None if daily is None else months)
    else:
        daily = _daily(days, reading["value_column"], reading["unit"], **options)
        found = make(daily, month, level=level, as_of=last, kind=kind, months=months)  # type: ignore[arg-type]
    if as_json:
        echo(json.dumps(_facts(found), ensure_ascii=False, indent=2))
        return
    echo(found.summary())
    for note in found.fit.notes:
        echo(f"Note: {note}.")


def _chosen(panel: Any, series: str | None) -> str:
    """The series asked for, or the only one."""
    if series is None and panel.n_series > 1:
        raise click.UsageError(f"Name one series with --series: {', '.join(panel.names[:12])}.")
    return series or str(panel.names[0])


def _daily(
    path: Path, value: str | None, unit: str | None, day_column: str, weapons: str, definition: str
) -> Any:
    """Daily values of an attack-level file, or of a table."""
    from trends.errors import MissingColumns
    from trends.loaders import load_days, load_launches_daily

    if value is None:
        try:
            return load_launches_daily(path, weapons=weapons, definition=definition)  # type: ignore[arg-type]
        except MissingColumns:
            value = "value"
    daily = load_days(path, day=day_column, value=value, unit=unit or "")
    if daily.attrs["left_out"]:
        said = f"left out as said twice (same day, same value): {daily.attrs['left_out']}"
        echo(f"{path}: {said}.", err=True)
    return daily


def _facts(found: Any) -> dict[str, Any]:
    fit = found.fit
    low, high = found.conf_int()
    same = fit.like_for_like.tail(1)
    return {
        "month": str(fit.month),
        "series": fit.name,
        "unit": fit.unit,
        "observed": fit.observed,
        "observed_days": fit.observed_days,
        "days": fit.month.days_in_month,
        "insufficient": fit.insufficient,
        "point": _number(found.point),
        "level": fit.level,
        "low": _number(low),
        "high": _number(high),
        "same_days": {str(at): row.to_dict() for at, row in same.iterrows()},
        "prospects": found.frame().to_dict("records"),
        "notes": list(map(str, fit.notes)),
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


@click.command()
@data_options
@click.option(
    "--horizon", type=click.IntRange(1, 24), default=3, show_default=True, help="Months ahead."
)
@click.option("--level", type=LEVEL, default=0.95, show_default=True, help="Of the intervals.")
@click.option("--json", "as_json", is_flag=True, help="Print the forecasts as JSON.")
def forecast(horizon: int, level: float, as_json: bool, **reading: Any) -> None:
    """Say what to expect of the next months, with intervals as wide as past errors were.

    \b
    trends forecast --data drones-launched --horizon 3

    An expectation under "as until now"; months that are not over are left out.
    """  # noqa: D301
    from trends.models import Forecasts
    from trends.models import forecast as make

    if not reading["data"]:
        raise click.UsageError("Name a data set or file: --data NAME|PATH.")
    told: list[dict[str, Any]] = []
    for panel in panels(**reading):
        found = make(panel, horizon, level=level)
        many = found if isinstance(found, Forecasts) else Forecasts({panel.names[0]: found}, {})
        if not as_json:
            echo(found.summary())
        for name, result in many.results.items():
            told.append({"series": name, "unit": panel.unit, **_expected(result)})
        told += [{"series": name, "refused": why} for name, why in many.refused.items()]
    if as_json:
        echo(json.dumps(told, ensure_ascii=False, indent=2))


def _expected(result: Any) -> dict[str, Any]:
    rows = result.frame().assign(month=lambda frame: frame["month"].astype(str)).to_dict("records")
    if result.insufficient:
        rows = [{**row, "low": None, "high": None} for row in rows]
    return {
        "level": result.level,
        "insufficient": result.insufficient,
        "nobs": result.nobs,
        "months": rows,
        "notes": list(map(str, result.notes)),
    }
