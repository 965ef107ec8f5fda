"""`trends compare`: sources of one quantity side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from trends._cli_reading import echo, panel_of


@click.command()
@click.argument("data", nargs=-1, metavar="[NAME|PATH]...")
@click.option("--from", "first", metavar="MONTH", help="First month looked at.")
@click.option("--to", "last", metavar="MONTH", help="Last month looked at.")
@click.option("--unit", help="Unit of a file that does not tell it.")
@click.option(
    "--chart", type=click.Path(dir_okay=False, path_type=Path), help="Write a chart (.svg or .png)."
)
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
def compare(
    data: tuple[str, ...],
    first: str | None,
    last: str | None,
    unit: str | None,
    chart: Path | None,
    as_json: bool,
) -> None:
    """Compare sources of one quantity: the bundled territory sets, or those named.

    A stock is compared by its monthly flow.
    """
    from trends.comparisons import compare as make

    names = list(dict.fromkeys(data)) or [*_TERRITORY, "area-controlled"]
    panels = {Path(name).stem: panel_of(name, unit=unit) for name in names}
    panels = {k: p.flow() if p.kind == "stock" else p for k, p in panels.items()}
    found = make(panels, first=first, last=last)
    if chart is not None:
        _draw(found, chart)
    pairs, parted = found.pairs_frame(), found.disagreements_frame()
    if as_json:
        parted["month"] = parted["month"].astype(str)
        facts: dict[str, Any] = {
            "pairs": json.loads(pairs.to_json(orient="records")),
            "disagreements": json.loads(parted.to_json(orient="records")),
        }
        echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    echo(found.frame().round(1).to_string(na_rep="unknown"))
    echo()
    echo(pairs.round(2).to_string(index=False, na_rep=""))
    echo(f"\nClaims that are true in one source and false in another: {len(parted)}")
    for row in parted.to_dict("records"):
        echo(f"{row['source']}: {row['claim']} False in {row['false_in']}.")


_TERRITORY = (
    "territory-gain-afp",
    "territory-gain-isw",
    "territory-gain-deepstate",
    "territory-gain-deepstate-bom",
)


def _draw(found: Any, chart: Path) -> None:
    from trends.plots import plot_sources, png_bytes, svg_text
    from trends.writing import write_files

    panel = next(iter(found.panels.values()))
    title = (panel.quantity or "The sources compared").capitalize()
    ax = plot_sources(found.frame(), f"{title}, by source", panel.unit)
    writers = {".svg": lambda: svg_text(ax).encode(), ".png": lambda: png_bytes(ax)}
    if chart.suffix not in writers:
        raise click.UsageError(f"--chart {chart}: name it .svg or .png.")
    write_files(chart.parent, {chart.name: writers[chart.suffix]()})
