"""Which data a command reads, and how."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from trends.errors import spelled

LARGE = 20 * 2**20  # bytes from which a read can take a second
DEFAULT_DATA = ("drones-launched", "missiles-launched", "territory-gain-afp")

READING = (
    "data",
    "month_column",
    "value_column",
    "series_column",
    "unit",
    "quantity",
    "anomalies",
    "as_of",
    "store",
)


def data_options(command: Any) -> Any:
    """Give a command the options that say which data to read, and how."""
    for option in (
        click.option("--store", default=None, metavar="PATH|URL", help="A store of vintages."),
        click.option("--as-of", default=None, metavar="DATE", help="Data as known on that day."),
        click.option("--anomalies", default=None, help="A table of what is odd about the series."),
        click.option("--unit", default=None, help="Unit of a file that does not tell it."),
        click.option("--quantity", default=None, help="What a file measures, in words."),
        click.option("--series-column", default=None, help="Column with the names of the series."),
        click.option("--value-column", default=None, help="Column with the values."),
        click.option("--month-column", default=None, help="Column with the months."),
        click.option(
            "--data",
            multiple=True,
            metavar="NAME|PATH",
            help="A bundled data set (see `trends data list`) or a file. Can be repeated.",
        ),
    ):
        command = option(command)
    return command


def panels(data: Iterable[str], **reading: Any) -> list[Any]:
    """Load every data set and file that was named."""
    from trends.panel import Panel

    named = list(dict.fromkeys(data)) or list(DEFAULT_DATA)
    read = []
    quiet = not sys.stderr.isatty() or len(named) < 2
    with click.progressbar(named, label="Loading", file=sys.stderr, hidden=quiet) as bar:
        for name in bar:
            panel = panel_of(name, **reading)
            if not isinstance(panel, Panel):
                raise click.UsageError(
                    f"{spelled(name)} is a table of printed figures, not a series."
                )
            read.append(panel)
    return read


def panel_of(name: str, **reading: Any) -> Any:
    """Load one bundled data set, or one file."""
    from trends.loaders import load_anomalies

    with _said(Path(name)):
        panel = _bare(name, **reading)
    path = reading.get("anomalies")
    if path is None:
        return panel
    own = load_anomalies(path)
    more = [a for series in ("", *panel.names) for a in own.get(series, ())]
    return dataclasses.replace(panel, anomalies=(*panel.anomalies, *more))


@contextlib.contextmanager
def _said(path: Path) -> Iterator[None]:
    """Say on a terminal that a large file is being read, and when it is."""
    size = path.stat().st_size if path.is_file() else 0
    if size < LARGE or not sys.stderr.isatty():
        yield
        return
    echo(f"Reading {path.name}, {size / 2**20:,.0f} MiB ... ", err=True, nl=False)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        echo("stopped", err=True)
        raise
    echo(f"{time.monotonic() - start:.1f} s", err=True)


def _bare(name: str, **reading: Any) -> Any:
    from trends.errors import UnknownName
    from trends.loaders import LOADERS, data_sets, load_file, load_table

    known = {key: value for key in ("as_of", "store") if (value := reading.get(key))}
    if name in data_sets() or "store" in known:
        from trends.editions import load

        return load(name, **known)
    if known:
        raise click.UsageError(
            f"{spelled(name)} is a file: --as-of reads bundled data sets and stores."
        )
    if not Path(name).exists() and not Path(name).suffix:
        raise UnknownName("--data", name, [*data_sets(), "the path of a file"])
    words = {key: value for key in ("unit", "quantity") if (value := reading.get(key))}
    columns = {
        key: value
        for key in ("month", "value", "series")
        if (value := reading.get(f"{key}_column")) is not None
    }
    if columns:
        for key in ("month", "value"):
            columns.setdefault(key, key)
        return load_table(name, **{"unit": "", **words, **columns})
    return load_file(name, LOADERS, **words)


def echo(said: object = "", *, err: bool = False, nl: bool = True) -> None:
    """Print text, in which what would move the cursor or turn the writing round is spelled out.

    Of JSON that is the same JSON: the escapes are its own.
    """
    click.echo(spelled(str(said)), err=err, nl=nl)
