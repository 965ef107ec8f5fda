"""The files beside the page: each that is named is there, and opens as what it is."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from trends.errors import UnknownOption
from trends.loaders import load
from trends.panel import Panel
from trends.report import DEFAULT, FORMATS, Report, report
from trends.report._charts import for_page
from trends.report._downloads import file_names

Made = Callable[[str], Report]
SVG = "{http://www.w3.org/2000/svg}"


def rows(text: str | bytes) -> list[list[str]]:
    assert isinstance(text, str)
    return list(csv.reader(io.StringIO(text)))


def test_every_file_that_the_page_names_is_there(made: Made) -> None:
    files = made("2025-06").files()
    page = files["index.html"]
    assert isinstance(page, str)
    named = set(re.findall(r'href="([^"#][^"]*)"', page))
    assert named == set(files) - {"index.html"}
    markdown = files["report.md"]
    assert isinstance(markdown, str)
    assert all(name in markdown for name in named)


@pytest.mark.parametrize("name", FORMATS[:-1])
def test_one_format_alone(made: Made, name: str) -> None:
    alone = made("2025-06").files([name])
    files = made("2025-06").files(["html", name])
    assert set(files) == set(alone) | {"index.html"}
    page = str(files["index.html"])
    assert set(re.findall(r'href="([^"#][^"]*)"', page)) == set(files) - {"index.html"}


def test_a_page_alone_names_no_file(made: Made) -> None:
    assert re.findall(r'href="([^"#][^"]*)"', made("2025-06").to_html()) == []


def test_unknown_format(made: Made) -> None:
    with pytest.raises(UnknownOption, match="format='docx'"):
        made("2025-06").files(["docx"])


def test_chart_table_is_the_series(made: Made) -> None:
    head, *body = rows(made("2025-06").files(["csv"])["territory-chart.csv"])
    assert head == ["Month", "net territorial gain (km²)", "Group", "Observed days", "Status"]
    panel = load("territory-gain-afp").until("2025-06")
    assert [row[0] for row in body] == [str(month) for month in panel.months]
    values = [float(row[1]) if row[1] else np.nan for row in body]
    np.testing.assert_array_equal(values, panel.values[0])
    groups = dict.fromkeys(row[2] for row in body)
    assert list(groups) == ["earlier", "streak", "this month"]
    assert [row[0] for row in body if row[2] == "streak"] == ["2025-03", "2025-04", "2025-05"]


def test_the_table_is_in_percent_and_plain_numbers(made: Made) -> None:
    head, *body = rows(made("2025-06").files(["csv"])["drones-table.csv"])
    assert len(body) == 13
    assert dict(zip(head, body[-1], strict=True)) == {
        "Month": "2025-06",
        "drones launched (drones)": "5438",
        "Change (%)": "35.8",
        "Change per day (%)": "40.4",
        "Year on year (%)": "1557.9",
        "Rank so far": "1",
        "Flags": "record high, rise 2",
    }


def test_a_partial_month_is_named_as_such(made: Made) -> None:
    *_, last = rows(made("2026-06").files(["csv"])["drones-chart.csv"])
    assert last[2:] == ["not complete", "7", "partial"]


def test_no_cell_is_a_formula() -> None:
    months = pd.period_range("2024-01", periods=14, freq="M")
    text = "=HYPERLINK(1)"
    panel = Panel(-np.arange(1.0, 15)[None, :], months, [text], unit="@x", quantity=text)
    made = report(panel, months[-1])
    for name, content in made.files(["csv"]).items():
        for row in rows(content):
            for cell in row:
                assert cell[:1] not in tuple("=+@"), (name, cell)
                assert cell[:1] != "-" or float(cell) < 0, (name, cell)


def test_names_of_files_are_told_apart() -> None:
    series = [{"series": name} for name in ("A b", "a-b", "../..", "", "ж", "x" * 99)]
    names = file_names(series)
    assert names[:5] == ["a-b", "a-b-2", "series", "series-2", "series-3"]
    assert len(names[5]) == 40
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)


def test_charts_are_pictures_with_words(made: Made) -> None:
    files = made("2025-06").files(["svg", "png"])
    for section, name in zip(
        made("2025-06").sections, ("drones", "missiles", "territory"), strict=True
    ):
        svg = files[f"{name}-chart.svg"]
        assert isinstance(svg, str)
        root = ET.fromstring(svg)
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert desc is not None
        assert (title.text, desc.text) == (section.marks.title, section.alt)
        png = files[f"{name}-chart.png"]
        assert isinstance(png, bytes)
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20], "big") >= 1200


@pytest.mark.parametrize("month", ["2025-06", "2026-02"])
def test_every_colour_of_a_chart_has_one_for_the_dark(made: Made, month: str) -> None:
    page = made(month).to_html()
    dark = re.search(r"prefers-color-scheme: dark\) \{(.*?)\n\}", page, re.S)
    assert dark is not None
    known = set(re.findall(r"--k-([0-9a-f]{6}):", dark[1]))
    used = set(re.findall(r"var\(--k-([0-9a-f]{6}), #", page))
    assert used
    assert used <= known
    assert not re.search(r'(fill|stroke)="#', page)


def test_a_style_becomes_attributes() -> None:
    svg = '<svg width="9pt" height="9pt"><path style="fill: #ffffff; stroke-width: 0.8"/></svg>'
    assert '<path fill="var(--k-ffffff, #ffffff)" stroke-width="0.8"/>' in for_page(svg)


def test_default_formats_need_no_extra() -> None:
    assert set(FORMATS) - set(DEFAULT) == {"pdf"}
