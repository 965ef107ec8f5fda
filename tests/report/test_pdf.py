"""The PDF: tagged, with the words of the report, the same bytes each time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trends.errors import UnreadableFile
from trends.panel import Panel
from trends.report import Report, report

pytest.importorskip("typst", reason="the extra pdf is not installed")
Made = Callable[[str], Report]


@pytest.mark.parametrize("month", ["2025-06", "2026-06"])
def test_tagged_and_the_same_bytes(made: Made, month: str) -> None:
    pdf = made(month).to_pdf()
    assert pdf.startswith(b"%PDF-1.7")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang", b"pdfuaid", b"/Alt"):
        assert mark in pdf, mark
    assert pdf == made(month).to_pdf()


@pytest.mark.parametrize(
    "text",
    [
        "#panic(1) $x$ *b* _i_ ] } \\\\ // no comment",
        '"); #read("/etc/passwd")',
        "<label> @ref `raw` = head\r\n- item",
        "\u202e reversed \ud800",
    ],
)
def test_hostile_text_is_set_and_not_run(text: str) -> None:
    months = pd.period_range("2023-01", "2025-06", freq="M")
    about = dict.fromkeys(("unit", "quantity", "definition", "source"), text)
    hostile = Panel(np.arange(1.0, 31)[None, :], months, [text], notes=(text,), **about)  # type: ignore[arg-type]
    assert report(hostile, "2025-06").to_pdf().startswith(b"%PDF")


def test_save(made: Made, tmp_path: Path) -> None:
    path = made("2025-06").save(tmp_path / "june.pdf")
    assert path.read_bytes() == made("2025-06").files(["pdf"])["report.pdf"]


def test_without_the_extra(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UnreadableFile, match=r"pip install .attack-trends\[pdf\]"):
        made("2025-06").to_pdf()
