"""`trends data`: the bundled data sets, their definitions and what is odd about them."""

from __future__ import annotations

import json
from typing import Any

import click

from trends._cli_reading import echo, panel_of


@click.group()
def data() -> None:
    """Look at the bundled data sets."""


@data.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def list_(as_json: bool) -> None:
    """List the bundled data sets."""
    from trends.loaders import data_sets

    cards = data_sets().values()
    if as_json:
        echo(json.dumps([_card(card) for card in cards], ensure_ascii=False, indent=2))
        return
    width = max(len(card.name) for card in cards)
    for card in cards:
        echo(f"{card.name:{width}}  {card.first} to {card.last}  {card.unit:8}  {card.title}")


@data.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the card and the values as JSON.")
def show(name: str, as_json: bool) -> None:
    """Show the card and the values of the data set NAME."""
    from trends.loaders import data_sets, load

    values = load(name)
    card = _card(data_sets()[name])
    if as_json:
        rows = json.loads(_frame(values).to_json(orient="records", date_format="iso"))
        echo(json.dumps({**card, "values": rows}, ensure_ascii=False, indent=2))
        return
    for key, value in card.items():
        if value and key != "anomalies":
            shown = "; ".join(value) if isinstance(value, list) else value
            echo(f"{key:12} {shown}")
    for anomaly in card["anomalies"]:
        echo(f"{anomaly['kind']:12} {anomaly['first']}: {anomaly['note']}")
    echo(_frame(values).to_string(index=False))


def _card(card: Any) -> dict[str, Any]:
    import dataclasses

    plain = {f.name: getattr(card, f.name) for f in dataclasses.fields(card)}
    plain |= {key: str(plain[key]) for key in ("first", "last", "as_of")}
    plain["sources"] = list(plain["sources"])
    plain["definition"] = str(plain["definition"])
    plain["anomalies"] = [_anomaly(a) for a in plain["anomalies"]]
    return plain


def _anomaly(anomaly: Any) -> dict[str, Any]:
    return {
        "first": str(anomaly.first),
        "last": str(anomaly.last),
        "kind": anomaly.kind,
        "note": anomaly.note,
        "source": anomaly.source,
        "excluded_from": list(anomaly.excluded_from),
    }


def _frame(values: Any) -> Any:
    import pandas as pd

    if isinstance(values, pd.DataFrame):
        day = values.index.name
        return values if day is None else values.reset_index().astype({day: str})
    frame = values.frame().reset_index(names="month")
    frame["month"] = frame["month"].astype(str)
    frame["observed_days"] = values.observed_days
    return frame


@data.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def definitions(name: str, as_json: bool) -> None:
    """List the definitions of what the data set NAME measures."""
    from trends.errors import UnknownName
    from trends.loaders import data_sets
    from trends.loaders import definitions as definitions_of

    cards = data_sets()
    if name not in cards:
        raise UnknownName("trends data definitions", name, cards)
    rules = definitions_of(cards[name].metric)
    if as_json:
        facts = [{"sentence": str(rule), **rule.facts()} for rule in rules]
        echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str))
        return
    for rule in rules:
        used = " (this data set)" if rule.name == cards[name].definition.name else ""
        echo(f"{rule.name}{used}: {rule}")
        words = (("from", rule.first), ("to", rule.last))
        span = " ".join(f"{word} {month}" for word, month in words if month is not None)
        for label, value in (("mirrors", rule.mirrors), ("measured", rule.error), ("valid", span)):
            if value:
                echo(f"    {label}: {value}")


@data.command()
@click.argument("name")
@click.option("--anomalies", "path", help="A table of further anomalies.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def anomalies(name: str, path: str | None, as_json: bool) -> None:
    """List what is odd about the data set NAME: breaks, splices, outages, one-offs."""
    panel = panel_of(name, anomalies=path)
    rows = [_anomaly(a) for a in panel.anomalies]
    if as_json:
        echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        out = f", left out of {' and '.join(row['excluded_from'])}" if row["excluded_from"] else ""
        span = row["first"] if row["first"] == row["last"] else f"{row['first']} to {row['last']}"
        echo(f"{span}  {row['kind']}{out}: {row['note']}")
    if not rows:
        echo(f"Nothing odd is known about {name}.")


@data.command()
@click.argument("path")
@click.option("--weapons", default="drones", show_default=True, help="A class or a model.")
@click.option("--definition", type=click.Choice(["overnight", "all"]), default="overnight")
@click.option("--attribution", type=click.Choice(["end", "start", "split"]), default="end")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
def explain(path: str, as_json: bool, **options: Any) -> None:
    """Say which rows of the file PATH are used, and which are left out and why.

    An attack-level file is accounted for row by row; of any other the loader's notes are given.
    """
    from trends.errors import MissingColumns
    from trends.loaders import explain_launches

    try:
        table = explain_launches(path, **options)
    except MissingColumns:
        panel = panel_of(path)
        facts = {"panel": repr(panel), "definition": panel.definition, "notes": list(panel.notes)}
        lines = [facts["panel"], facts["definition"], *(facts["notes"] or ["Every row is used."])]
        said = json.dumps(facts, ensure_ascii=False, indent=2) if as_json else "\n".join(lines)
    else:
        said = (
            table.to_json(orient="records", indent=2) if as_json else table.to_string(index=False)
        )
    echo(said)
