"""The files beside the page: tables for spreadsheets and chart tools."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from trends.report._words import Words
from trends.wording import unit_words

FORMULA = "=+-@\t\r"  # how a cell begins that a spreadsheet would run


def file_names(series: Sequence[dict[str, Any]]) -> list[str]:
    """A short name a series, fit for a file, no two the same."""
    taken: list[str] = []
    for each in series:
        name = re.sub(r"[^a-z0-9]+", "-", each["series"].lower()).strip("-")[:40] or "series"
        copies = [k for k in range(2, len(taken) + 2) if f"{name}-{k}" not in taken]
        taken.append(f"{name}-{copies[0]}" if name in taken else name)
    return taken


def claims_csv(facts: dict[str, Any], words: Words) -> str:
    """One row a claim."""
    head = [words(f"columns.{key}") for key in ("sentence", "type", "outcome")]
    rows = [[c["sentence"], c["type"], words(f"outcomes.{c['outcome']}")] for c in facts["claims"]]
    return _csv(head, rows)


def table_csv(series: dict[str, Any], words: Words) -> str:
    """The last 13 months, changes in percent."""
    keys = ("change", "per_day_change", "year_on_year")
    head = [
        words("table.month"),
        _value_head(series, words),
        *(f"{words(f'table.{key}')} (%)" for key in keys),
        words("table.rank"),
        words("table.flags"),
    ]
    rows = [
        [
            row["month"],
            _number(row["value"]),
            *("" if row[key] is None else f"{100 * row[key]:.1f}" for key in keys),
            "" if row["rank"] is None else str(row["rank"]),
            ", ".join(row["flags"]),
        ]
        for row in series["months"]
    ]
    return _csv(head, rows)


def chart_csv(series: dict[str, Any], streak: tuple[str, str] | None, words: Words) -> str:
    """Every month with the group that its bar's colour stands for.

    Months are ``2025-06`` and numbers have a decimal point and no thousands marks, which is what
    Datawrapper and Flourish read as dates and numbers whatever the language of the account.
    """
    head = [
        words("table.month"),
        _value_head(series, words),
        words("columns.group"),
        words("columns.observed_days"),
        words("columns.status"),
    ]
    last = series["history"][-1]["month"]
    rows = []
    for row in series["history"]:
        group = "before"
        if streak is not None and streak[0] <= row["month"] <= streak[1]:
            group = "streak"
        group = "this_month" if row["month"] == last else group
        group = "partial" if row["status"] == "partial" else group
        days = str(row["observed_days"])
        cells = [row["month"], _number(row["value"]), words(f"columns.{group}"), days]
        rows.append([*cells, row["status"]])
    return _csv(head, rows)


def _value_head(series: dict[str, Any], words: Words) -> str:
    unit = unit_words(series["unit"])
    return f"{series['name']} ({unit})" if unit else series["name"]


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if float(value).is_integer() else repr(value)


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_text(cell) for cell in head])
    writer.writerows([[_cell(cell) for cell in row] for row in rows])
    return out.getvalue()


def _cell(cell: str) -> str:
    return cell if re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?", cell) else _text(cell)


def _text(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(tuple(FORMULA)) else flat
