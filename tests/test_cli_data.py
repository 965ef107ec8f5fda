"""`trends data explain`, and data as they were known on a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from trends import _cli_reading
from trends.cli import app
from trends.errors import TrendsError
from trends.loaders import load
from trends.vintages import Store

LAUNCHES = """time_start,time_end,model,launched,destroyed,source
2025-06-01 20:00,2025-06-02 08:00,Shahed-136/131,100,90,a
2025-06-02,2025-06-02,Shahed-136/131,7,7,b
2025-06-02 20:00,2025-06-03 08:00,Kalibr,3,2,c
"""


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output
    return done.output


def test_an_attack_file_is_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "launches.csv"
    path.write_text(LAUNCHES)
    rows = json.loads(run("data", "explain", str(path), "--json"))
    by_fate = {
        fate: sum(r["rows"] for r in rows if r["fate"] == fate)
        for fate in ("in", "used", "left out")
    }
    assert by_fate == {"in": 3, "used": 1, "left out": 2}
    assert "cruise missiles" in run("data", "explain", str(path))


def test_another_file_gives_its_notes(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("month,value\n2025-06,5\n2025-04,3\n")
    said = run("data", "explain", str(path))
    assert "2025-04 to 2025-06" in said
    assert "2025-05" in said  # the month that is absent


def test_a_report_on_what_was_known(tmp_path: Path) -> None:
    store = str(tmp_path / "vintages.sqlite")
    now = load("missiles-launched")
    with Store.open(store) as vintages:
        vintages.add(now, as_of="2026-06-07")
    arguments = ("check", "--data", "missiles", "--store", store, "--month", "2025-06", "--since")
    assert "\nTRUE: 240 missiles" in run(*arguments, "2024-11", "--as-of", "2026-07-01")
    with pytest.raises(TrendsError, match="2026-06-07"):
        run(*arguments, "2024-11", "--as-of", "2025-07-01")


def test_a_bundled_set_has_one_vintage() -> None:
    with pytest.raises(TrendsError, match="drones-launched"):
        run("report", "2025-06", "--data", "drones-launched", "--as-of", "2025-07-01", "--json")


def test_a_file_has_no_vintages(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("month,value\n2025-05,3\n2025-06,5\n")
    done = CliRunner().invoke(
        app, ["report", "2025-06", "--data", str(path), "--as-of", "2025-07-01"]
    )
    assert done.exit_code == 2
    assert "is a file" in done.output


@pytest.mark.parametrize(("terminal", "said"), [(True, "Reading mine.csv"), (False, "")])
def test_a_long_read_is_said_on_a_terminal_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys, terminal: bool, said: str
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("month,value\n2025-05,3\n2025-06,5\n")
    monkeypatch.setattr(_cli_reading, "LARGE", 1)
    monkeypatch.setattr("sys.stderr.isatty", lambda: terminal)
    _cli_reading.panel_of(str(path))
    assert capsys.readouterr().err.startswith(said)
    path.write_text("month,value\n2025-05,x\n")
    with pytest.raises(TrendsError):
        _cli_reading.panel_of(str(path))
    assert ("stopped" in capsys.readouterr().err) is terminal
