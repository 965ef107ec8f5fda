"""Which files a report has, what they are called, and what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from trends.report._charts import chart_png, chart_svg
from trends.report._downloads import chart_csv, claims_csv, file_names, table_csv
from trends.report._sections import Section
from trends.wording import Words

FORMATS = ("html", "md", "json", "csv", "svg", "png", "pdf")
DEFAULT = FORMATS[:-1]  # pdf needs an extra
PAGES = {"html": "index.html", "md": "report.md", "json": "report.json", "pdf": "report.pdf"}
SCHEMA_FILE = "report-schema.json"
CLAIMS = "claims.csv"
OF_SERIES = ("-table.csv", "-chart.csv", "-chart.svg", "-chart.png")  # after the series' name


def schema_text() -> str:
    """The JSON Schema of ``report.json``."""
    return (files("trends.report") / "schema.json").read_text("utf-8")


def downloads(facts: dict[str, Any], formats: Sequence[str], words: Words) -> list[dict[str, str]]:
    """What lies beside the page, with what it is."""
    listed = [
        {"name": PAGES[name], "words": words(f"downloads.{name}")}
        for name in ("pdf", "md", "json")
        if name in formats
    ]
    if "json" in formats:
        listed.append({"name": SCHEMA_FILE, "words": words("downloads.schema")})
    if "csv" in formats:
        listed.append({"name": CLAIMS, "words": words("downloads.claims")})
    for short, series in zip(file_names(facts["series"]), facts["series"], strict=True):
        name = series["name"]
        for kind, file in _of_series(short, formats):
            listed.append({"name": file, "words": words(f"downloads.{kind}", name=name)})
    return listed


def _of_series(short: str, formats: Sequence[str]) -> list[tuple[str, str]]:
    named = [
        ("csv", "table", f"{short}-table.csv"),
        ("csv", "chart", f"{short}-chart.csv"),
        ("svg", "svg", f"{short}-chart.svg"),
        ("png", "png", f"{short}-chart.png"),
    ]
    return [(kind, file) for name, kind, file in named if name in formats]


def contents(
    facts: dict[str, Any], sections: Sequence[Section], formats: Sequence[str], words: Words
) -> dict[str, str | bytes]:
    """The files beside the pages."""
    made: dict[str, str | bytes] = {}
    if "json" in formats:
        made[SCHEMA_FILE] = schema_text()
    if "csv" in formats:
        made[CLAIMS] = claims_csv(facts, words)
    for short, series, section in zip(
        file_names(facts["series"]), facts["series"], sections, strict=True
    ):
        for kind, file in _of_series(short, formats):
            made[file] = _made(kind, series, section, words)
    return made


def _made(kind: str, series: dict[str, Any], section: Section, words: Words) -> str | bytes:
    if kind == "table":
        return table_csv(series, words)
    if kind == "svg":
        return chart_svg(section, words.language)
    if kind == "png":
        return chart_png(section, words.language)
    streak = section.marks.streak
    return chart_csv(series, None if streak is None else (str(streak[0]), str(streak[1])), words)
