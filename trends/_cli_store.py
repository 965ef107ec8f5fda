"""`trends store`: argument handling only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from trends._cli_reading import echo

# pandas is imported inside the commands: `trends --help` answers at once

_where = click.option(
    "--store",
    "where",
    metavar="PATH|URL",
    default=None,
    help="A file, or postgresql://... [default: a file in your data folder].",
)
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def store() -> None:
    """Keep what was known when, and see what revisions overturn."""


@store.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--source",
    default="auto",
    show_default=True,
    help="What the files are: launches, territory, table, ...; auto tells it by their columns.",
)
@click.option(
    "--weapons",
    multiple=True,
    help="Of launches: drones, missiles or a model. Can be repeated; each is a series.",
)
@click.option(
    "--definition", help="Of launches: overnight or all. Of others: what was counted, a sentence."
)
@click.option("--name", help="What to call the series of a territory file or a table.")
@click.option("--unit", help="Unit of a file that does not tell it.")
@click.option(
    "--as-of", metavar="DATE", help="The day on which it was known [default: the last in the file]."
)
@_where
@_as_json
def add(files: tuple[Path, ...], where: str | None, as_json: bool, **reading: Any) -> None:
    """Add vintages of FILES; what is already there is not added again."""
    from trends.vintages import Store

    done = []
    with Store.open(where) as opened:
        for file in files:
            for panel in _panels(file, **reading):
                added = opened.add(panel, as_of=reading["as_of"])
                done.append({"file": str(file), **_plain(added)})
                if not as_json:
                    echo(f"{file.name}: {added}")
        if as_json:
            echo(_json({"store": opened.address, "added": done}))


def _panels(file: Path, source: str, weapons: tuple[str, ...], **reading: Any) -> list[Any]:
    """The panels of one file: one for each of the weapons asked for."""
    from trends.errors import UnknownOption
    from trends.loaders import LOADERS, load_file
    from trends.vintages import as_day

    if source not in ("auto", *LOADERS):
        raise UnknownOption("trends store add", source=source, known=("auto", *LOADERS))
    options = {key: value for key, value in reading.items() if value is not None}
    if "as_of" in options:
        options["as_of"] = as_day(options["as_of"], "trends store add", "--as-of")
    known = LOADERS if source == "auto" else {source: LOADERS[source]}
    each = [{"weapons": weapon} for weapon in weapons] or [{}]
    return [load_file(file, known, **options, **one) for one in each]


@store.command()
@_where
@_as_json
def log(where: str | None, as_json: bool) -> None:
    """List the vintages in the store."""
    from trends.vintages import Store

    with Store.open(where, read_only=True) as opened:
        frame = opened.log()
        if as_json:
            echo(_json({"store": opened.address, "vintages": _rows(frame)}))
            return
    for row in frame.itertuples():
        echo(
            f"{row.as_of}  {row.series}  {row.first} to {row.last}, {row.months} months  "
            f"{row.definition}"
        )


@store.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--series", help="Only this series.")
@click.option("--definition", help="Words that only one of its definitions has.")
@_where
@_as_json
def diff(
    before: str,
    after: str,
    series: str | None,
    definition: str | None,
    where: str | None,
    as_json: bool,
) -> None:
    """Show what moved between what was known on day A and on day B.

    The months that moved and by how much, and which records, streaks and since-statements that were
    true on A are not true on B. Of a stock also those of its monthly change.
    """
    import pandas as pd

    from trends.overturns import find_overturns
    from trends.vintages import Store

    with Store.open(where, read_only=True) as opened:
        moved = opened.diff(before, after, series=series, definition=definition)
        pairs = opened.pairs(before, after, series=series, definition=definition)
    n_series = len({(a.names[0], a.definition) for a, _ in pairs})  # a stock and its flow are one
    results = [find_overturns(a, b) for a, b in pairs]
    overturned = pd.concat([result.frame() for result in results]) if results else pd.DataFrame()
    n_checked = sum(result.n_checked for result in results)
    if as_json:
        facts = {"before": before, "after": after, "series": n_series, "moved": _rows(moved)}
        said = {"checked": n_checked, "overturned": _rows(overturned)}
        echo(_json({**facts, **said}))
        return
    _print_moved(moved, n_series)
    _print_overturned(overturned, n_checked)


def _print_moved(moved: Any, n_series: int) -> None:
    from trends.wording import amount

    months = len(moved[["series", "definition", "month"]].drop_duplicates())
    echo(
        f"{n_series} series {'was' if n_series == 1 else 'were'} known on both days; "
        f"{months} month{' was' if months == 1 else 's were'} revised."
    )
    for (series, definition), rows in moved.groupby(["series", "definition"], sort=False):
        echo(f"{series}: {definition}")
        for row in rows.itertuples():
            sign = "+" if row.change > 0 else ""
            echo(
                f"  {row.month}  {row.quantity or row.series} ({row.kind}): {amount(row.before)} "
                f"-> {amount(row.after, row.unit)} ({sign}{amount(row.change)})"
            )


def _print_overturned(overturned: Any, n_checked: int) -> None:
    echo(
        f"{len(overturned)} of {n_checked} records, streaks and since-statements are not true now."
    )
    for row in overturned.itertuples():
        echo(f"Then: {row.then}")
        echo(f"Now, {row.outcome}: {row.reason}")
        if row.now:
            echo(f"True instead: {row.now}")


def _plain(added: Any) -> dict[str, Any]:
    return {
        "series": list(added.series),
        "as_of": str(added.as_of),
        "new": added.new,
        "unchanged": added.unchanged,
    }


def _rows(frame: Any) -> list[dict[str, Any]]:
    plain = (int, float, str, type(None))
    return [
        {
            key: value if isinstance(value, plain) else str(value)
            for key, value in zip(frame.columns, row, strict=True)
        }
        for row in frame.astype(object).itertuples(index=False, name=None)
    ]


def _json(facts: dict[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False, indent=2)
