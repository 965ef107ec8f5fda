"""report.toml: read strictly, with an error that says where."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from trends.errors import TrendsError
from trends.loaders import load
from trends.report import DEFAULT, config_template, read_config

LEAST = '[[series]]\ndata = "drones-launched"\n'
PNG = b"\x89PNG\r\n\x1a\n"


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "report.toml"
    path.write_text(text)
    return path


def test_the_template_is_a_config(tmp_path: Path) -> None:
    config = read_config(written(tmp_path, config_template()))
    assert [source["data"] for source in config.series] == [
        "drones-launched",
        "missiles-launched",
        "territory-gain-afp",
    ]
    assert config.months == "last complete"
    assert config.formats == DEFAULT
    assert config.folder == tmp_path / "reports"


def test_what_the_template_comments_out_is_known(tmp_path: Path) -> None:
    lines = [line.removeprefix("# ") for line in config_template().splitlines()]
    keep = [line for line in lines if line.startswith("[") or " = " in line]
    text = "\n".join(line for line in keep if not line.startswith(("logo", "months = [")))
    (tmp_path / "incidents.csv").write_text("month,incidents\n")
    config = read_config(written(tmp_path, text))
    assert len(config.series) == 5
    own = config.series[3]
    assert own["data"] == str(tmp_path / "incidents.csv")
    assert own["anomalies"] == str(tmp_path / "anomalies.csv")
    assert own["select"] == ["north", "south"]


def test_the_least_that_is_needed(tmp_path: Path) -> None:
    config = read_config(written(tmp_path, LEAST))
    assert config.months_of([load("drones-launched")]) == (pd.Period("2026-05", "M"),)
    assert (config.title, config.logo, config.language) == ("", "", "en")


def test_months(tmp_path: Path) -> None:
    text = 'months = ["2025-05", "2025-06"]\n' + LEAST
    assert [str(m) for m in read_config(written(tmp_path, text)).months] == ["2025-05", "2025-06"]


def test_the_logo_is_put_into_the_page(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    config = read_config(written(tmp_path, 'logo = "logo.png"\n' + LEAST))
    assert config.logo.startswith("data:image/png;base64,iVBOR")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "at least one"),
        ("title = ", "it is no TOML"),
        ("titel = 'x'\n" + LEAST, r"nothing is named 'titel'.*'title'"),
        ("title = 3\n" + LEAST, "title=3, which is not text"),
        ("language = 'xx'\n" + LEAST, "language='xx'"),
        ("months = 'June'\n" + LEAST, "June"),
        ("months = []\n" + LEAST, "months"),
        ("logo = 'logo.gif'\n" + LEAST, "named .svg or .png"),
        ("logo = 'absent.svg'\n" + LEAST, "cannot be read"),
        ("series = ['drones-launched']\n", "a table"),
        ("[[series]]\nunit = 'x'\n", "data"),
        ("[[series]]\ndate = 'x'\n", r"\[\[series\]\] 1: nothing is named 'date'"),
        ("[output]\nformats = ['docx']\n" + LEAST, "format='docx'"),
        ("[output]\nfolders = 'x'\n" + LEAST, "nothing is named 'folders'"),
        ("output = 3\n" + LEAST, "output=3"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(TrendsError, match=problem):
        read_config(written(tmp_path, text))


def test_a_file_that_is_absent(tmp_path: Path) -> None:
    with pytest.raises(TrendsError, match=r"absent\.toml: it cannot be read .*trends init"):
        read_config(tmp_path / "absent.toml")


def test_a_logo_too_large_for_a_page(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG * 30_000)
    with pytest.raises(TrendsError, match="at most 200,000 bytes"):
        read_config(written(tmp_path, 'logo = "logo.png"\n' + LEAST))
