"""The files beside the page: tables for spreadsheets and chart tools."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from trends.wording import Words, unit_words
from trends.writing import csv_text


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
    rows = [
        [c["sentence"], words(f"types.{c['type']}"), words(f"outcomes.{c['outcome']}")]
        for c in facts["claims"]
    ]
    return csv_text([head, *rows])


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
            row["value"],
            *(None if row[key] is None else Decimal(f"{100 * row[key]:.1f}") for key in keys),
            row["rank"],
            ", ".join(row["flags"]),
        ]
        for row in series["months"]
    ]
    return csv_text([head, *rows])


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
        cells = [row["month"], row["value"], words(f"columns.{group}"), row["observed_days"]]
        rows.append([*cells, words(f"statuses.{row['status']}")])
    return csv_text([head, *rows])


def _value_head(series: dict[str, Any], words: Words) -> str:
    unit = unit_words(series["unit"], words.language)
    return f"{series['name']} ({unit})" if unit else series["name"]
