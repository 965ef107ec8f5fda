"""`trends report --config`, `trends init` and `trends diff`, as a scheduled job runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trends._cli_report import diff, init, report
from trends.errors import TrendsError

SMALL = """
months = ["2025-05", "2025-06"]
[output]
formats = ["html", "json"]
[[series]]
data = "territory-gain-afp"
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command: object, *arguments: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments])  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_init_and_report(here: Path) -> None:
    ended = run(init)
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert "Next: trends report --config report.toml" in ended.stdout
    text = (
        (here / "report.toml").read_text().replace('months = "last complete"', 'months = "2025-06"')
    )
    (here / "report.toml").write_text(text)
    ended = run(report, "--config", "report.toml")
    assert ended.exit_code == 0, ended.output
    assert ended.stdout == "reports/2025-06\n"
    assert ended.stderr.startswith("2025-06: 13 claims; Drones launched in June 2025: 5,438")
    assert (here / "reports" / "latest").readlink() == Path("2025-06")
    assert (here / "reports" / "latest" / "index.html").is_file()


def test_init_replaces_nothing_unasked(here: Path) -> None:
    (here / "report.toml").write_text("mine")
    ended = run(init)
    assert ended.exit_code == 2
    assert "there already" in ended.stderr
    assert (here / "report.toml").read_text() == "mine"
    assert run(init, "--force").exit_code == 0
    assert (here / "report.toml").read_text() != "mine"
    assert run(init, here / "other.toml").exit_code == 0


def test_a_second_run_is_the_first(here: Path) -> None:
    (here / "report.toml").write_text(SMALL)
    assert run(report, "--config", "report.toml").exit_code == 0
    first = files(here / "reports")
    ended = run(report, "--config", "report.toml", "--quiet")
    assert (ended.exit_code, ended.stdout, ended.stderr) == (0, "", "")
    assert files(here / "reports") == first
    june = json.loads(first["2025-06/report.json"])
    assert june["revisions"]["month"] == "2025-05"
    assert json.loads(first["2025-05/report.json"])["revisions"] is None


def test_a_month_on_the_command_line_goes_before_those_of_the_file(here: Path) -> None:
    (here / "report.toml").write_text(SMALL)
    assert run(report, "2025-07", "--config", "report.toml").stdout == "reports/2025-07\n"
    assert {path.name for path in (here / "reports").iterdir()} == {"2025-07", "latest"}


def test_paths_begin_where_the_file_lies(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "desk").mkdir()
    (here / "desk" / "own.csv").write_text(
        "month,value\n" + "".join(f"2024-{m:02},{m}\n" for m in range(1, 13))
    )
    (here / "desk" / "report.toml").write_text(
        'months = "last complete"\n[output]\nformats = ["json"]\n[[series]]\ndata = "own.csv"\n'
        'unit = "incidents"\nquantity = "incidents"\ndefinition = "By day."\nsource = "Our desk"\n'
    )
    ended = run(report, "--config", here / "desk" / "report.toml")
    assert ended.exit_code == 0, ended.output
    (series,) = json.loads(
        (here / "desk" / "reports" / "2024-12" / "report.json").read_text("utf-8")
    )["series"]
    assert (series["definition"], series["source"]) == ("By day.", "Our desk")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "Name a month"),
        (["--config", "report.toml", "--out", "x"], "found --out"),
        (["--config", "report.toml", "--data", "x", "--json"], "found --data, --json"),
    ],
)
def test_what_cannot_be_meant_is_refused(here: Path, arguments: list[str], problem: str) -> None:
    (here / "report.toml").write_text(SMALL)
    ended = run(report, *arguments)
    assert ended.exit_code == 2
    assert problem in ended.stderr
    assert not (here / "reports").exists()


def test_a_failure_leaves_the_editions_that_were_there(here: Path) -> None:
    (here / "report.toml").write_text(SMALL)
    run(report, "--config", "report.toml")
    before = files(here / "reports")
    (here / "report.toml").write_text(SMALL + '[[series]]\ndata = "absent.csv"\n')
    ended = run(report, "--config", "report.toml")
    assert isinstance(ended.exception, TrendsError)  # the program prints it, and ends with 2
    assert files(here / "reports") == before


def test_previous_of_one_report(here: Path) -> None:
    data = ("--data", "territory-gain-afp", "--format", "json", "-q")
    assert run(report, "2025-05", *data, "--out", "old").stdout == ""
    run(report, "2025-06", *data, "--out", "new", "--previous", "old", "--title", "Desk")
    facts = json.loads((here / "new" / "report.json").read_text("utf-8"))
    assert facts["revisions"]["month"] == "2025-05"
    assert facts["title"] == "Desk"


def test_diff(here: Path) -> None:
    (here / "own.csv").write_text(table(507))
    run(report, "2024-04", "--data", "own.csv", "--format", "json", "--out", "old")
    (here / "own.csv").write_text(table(600))
    run(report, "2024-04", "--data", "own.csv", "--format", "json", "--out", "new")
    same = run(diff, "old", "old")
    assert (same.exit_code, same.stdout) == (0, "0 of 4 monthly values revised.\n")
    ended = run(diff, "old", here / "new" / "report.json")
    assert ended.exit_code == 1
    assert "- Headline: " in ended.stdout
    assert "third consecutive monthly rise" in ended.stdout
    assert ended.stdout.endswith("1 of 4 monthly values revised.\n")
    told = json.loads(run(diff, "old", "new", "--json").stdout)
    assert set(told) == {"headline", "gone", "new", "overturned", "revisions"}


def table(third: int) -> str:
    values = (240, 379, third, 588)
    return "month,value\n" + "".join(f"2024-{m:02},{v}\n" for m, v in enumerate(values, 1))


def test_terms_of_ones_own_and_the_language_of_the_file(here: Path) -> None:
    pytest.importorskip("babel")
    (here / "own.csv").write_text(
        "month,value\n" + "".join(f"2024-{m:02},{m * m}\n" for m in range(1, 13))
    )
    (here / "report.toml").write_text(
        'language = "fr"\n[output]\nformats = ["json", "md"]\n[[series]]\ndata = "own.csv"\n'
        'quantity = "incidents"\nlicence = "CC BY 4.0"\ncitation = "Notre fichier, 2024"\n'
        '[[series]]\ndata = "drones-launched"\n'
    )
    ended = run(report, "--config", "report.toml")
    assert ended.exit_code == 0, ended.output
    text = (here / "reports" / "2024-12" / "report.md").read_text("utf-8").replace("\xa0", " ")
    assert "Licence : CC BY 4.0" in text
    assert "Citation : Notre fichier, 2024" in text
    facts = json.loads((here / "reports" / "2024-12" / "report.json").read_text("utf-8"))
    own, bundled = facts["series"]
    assert (own["licence"], own["citation"]) == ("CC BY 4.0", "Notre fichier, 2024")
    assert "CC BY-NC-SA" in bundled["licence"]
    assert facts["language"] == "fr"
    assert facts["headline"].startswith("Incidents en décembre 2024")


def test_the_command_line_speaks_the_language_of_the_report() -> None:
    pytest.importorskip("babel")
    ended = run(report, "2025-06", "--data", "territory-gain-afp", "--language", "uk")
    assert ended.stdout.startswith("1. Чистий приріст території в червні 2025 року: 588")
    assert "(залежить від визначення)" in ended.stdout
    ended = run(report, "2025-06", "--language", "xx")
    assert isinstance(ended.exception, TrendsError)
    assert "language='xx'" in str(ended.exception)
