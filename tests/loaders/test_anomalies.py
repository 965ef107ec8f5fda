"""A reader's own anomalies, from the file to the claims."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from trends.cli import app
from trends.errors import BadValue, MissingColumns
from trends.loaders import load_anomalies

TABLE = """first,last,kind,note,source,excluded_from,series
2025-06,2025-06,double count,Two reports overlap.,me,records;ranks,drones
2025-01,,outage,Nothing came.,,,
"""


def written(folder: Path, text: str = TABLE) -> Path:
    path = folder / "odd.csv"
    path.write_text(text)
    return path


def test_the_table(tmp_path: Path) -> None:
    found = load_anomalies(written(tmp_path))
    (own,), (every,) = found["drones"], found[""]
    assert (str(own.first), own.kind, own.excluded_from) == (
        "2025-06", "double count", ("records", "ranks"),
    )  # fmt: skip
    assert (str(every.last), every.kind) == ("2025-01", "outage")


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("first,kind\n2025-06,outage\n", MissingColumns, "note"),
        ("first,kind,note\n2025-13,outage,x\n", BadValue, "row 1"),
        ("first,kind,note\n2025-06,outage,x\n2025-06,miracle,x\n", BadValue, "row 2.*miracle"),
        ("first,last,kind,note\n2025-06,2025-05,outage,x\n", BadValue, "row 1"),
        ("first,kind,note,excluded_from\n2025-06,outage,x,news\n", BadValue, "news"),
    ],
)
def test_bad_tables(tmp_path: Path, text: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        load_anomalies(written(tmp_path, text))


def test_claims_and_commands_honour_it(tmp_path: Path) -> None:
    odd = str(written(tmp_path))
    arguments = ["check", "--data", "drones-launched", "--month", "2025-06", "--record"]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    with_odd = CliRunner().invoke(app, [*arguments, "--anomalies", odd])
    assert "Two reports overlap." in with_odd.output
    report = CliRunner().invoke(
        app, ["report", "2025-06", "--data", "drones-launched", "--anomalies", odd, "--json"]
    )
    types = [claim["type"] for claim in json.loads(report.output)["claims"]]
    assert "record" not in types  # June 2025 is left out of records now
    listed = CliRunner().invoke(app, ["data", "anomalies", "drones-launched", "--anomalies", odd])
    assert "2025-06  double count, left out of records and ranks" in listed.output
    assert "splice" in listed.output


def test_definitions_are_listed() -> None:
    done = CliRunner().invoke(app, ["data", "definitions", "territory-gain-isw"])
    assert "isw-control-advances (this data set)" in done.output
    assert "mirrors: AFP" in done.output
    rows = json.loads(
        CliRunner().invoke(app, ["data", "definitions", "drones-launched", "--json"]).output
    )
    names = ["spliced", "spliced-start", "overnight", "all", "overnight-start", "nights"]
    assert [row["name"] for row in rows] == names
    with pytest.raises(ValueError, match="nothing is named"):
        CliRunner().invoke(app, ["data", "definitions", "x"], catch_exceptions=False)
