"""`trends scan`: argument handling only."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from trends._cli_reading import echo

# pandas and pyarrow are imported inside the command: `trends --help` answers at once

INTERRUPTED = 130  # what a shell reports of a program that Ctrl-C ended


@click.command()
@click.argument("panel", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The Parquet file to write."
)
@click.option("--month", help="The month that the facts are about [default: the last known].")
@click.option(
    "--least",
    type=click.IntRange(min=1),
    default=12,
    show_default=True,
    help="How many earlier months a record needs.",
)
@click.option(
    "--block-rows",
    type=click.IntRange(min=1),
    default=16_384,
    show_default=True,
    help="How many series are worked together: more memory, less overhead.",
)
@click.option("--threads", type=click.IntRange(1, 1024), help="[default: one a processor]")
@click.option("--restart", is_flag=True, help="Begin anew even if a scan was stopped.")
@click.option("--quiet", is_flag=True, help="Print nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print a summary as JSON.")
@click.pass_context
def scan(
    context: click.Context,
    /,
    panel: Path,
    out: Path,
    threads: int | None,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Write the facts of the latest month of every series of PANEL, a Parquet file of any size.

    PANEL is wide (unique_id and one column a month, 2025-06) or long (unique_id, ds, y), sorted by
    unique_id. It is read in blocks, with the same memory however long it is. If the scan is stopped
    or killed, the same command goes on where it was.

    \b
    trends scan panel.parquet --out facts.parquet
    """  # noqa: D301
    if threads is not None:
        os.environ["NUMBA_NUM_THREADS"] = str(threads)  # read when numba is first imported
    from trends.scale import scan_parquet

    if threads is not None:
        import pyarrow as pa

        pa.set_cpu_count(threads)
    start = time.perf_counter()
    hidden = quiet or not sys.stderr.isatty()
    try:
        with _bar(hidden) as step:
            done = scan_parquet(panel, out, progress=step, **options)
    except KeyboardInterrupt:
        if not quiet:
            echo(
                f"Stopped. Finished blocks are kept in {out}.parts; "
                "the same command goes on from there.",
                err=True,
            )
        context.exit(INTERRUPTED)
    if as_json:
        echo(json.dumps(_summary(done, time.perf_counter() - start), indent=2))
    elif not quiet:
        kept = f", {done.n_kept} of them from before" if done.n_kept else ""
        echo(
            f"{done.n_series:,} series of {done.month} in {done.n_blocks:,} "
            f"block{'s' if done.n_blocks != 1 else ''}{kept}. Written: {done.out}"
        )


@contextlib.contextmanager
def _bar(hidden: bool) -> Iterator[Callable[[int, int], None]]:
    with click.progressbar(length=1, label="Scanning", file=sys.stderr, hidden=hidden) as bar:

        def step(rows: int, of: int) -> None:
            bar.length = of
            bar.update(rows - bar.pos)

        yield step


def _summary(done: Any, seconds: float) -> dict[str, Any]:
    return {
        "source": str(done.source),
        "out": str(done.out),
        "shape": done.shape,
        "month": str(done.month),
        "series": done.n_series,
        "blocks": done.n_blocks,
        "blocks_kept": done.n_kept,
        "seconds": round(seconds, 3),
    }
