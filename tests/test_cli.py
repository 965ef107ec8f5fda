"""The program: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from trends import cli
from trends.loaders import data_sets

ROOT = Path(__file__).resolve().parents[1]
DRONES = ("check", "--data", "drones-launched", "--month", "2025-06")
GAIN = ("check", "--data", "territory-gain-afp", "--month", "2025-06")


@dataclass
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture
def trends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run the program here, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["trends", *map(str, arguments)])
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            with pytest.raises(SystemExit) as caught:
                cli.main()
        out, err = capsys.readouterr()
        return Ended(int(caught.value.code or 0), out, err)

    return run


def process(*arguments: object, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "trends", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", errors="surrogateescape", **more,  # type: ignore[call-overload]
    )  # fmt: skip


def refused(ended: Ended) -> str:
    """Bad input: exit code 2, nothing on stdout, one clear line that begins with Error."""
    assert ended.code == 2, ended
    assert ended.out == ""
    assert "Traceback" not in ended.err
    lines = [line for line in ended.err.splitlines() if line]
    if lines[0].startswith("Usage: "):  # click says how to call it, then what is wrong
        lines = [line for line in lines if not line.startswith(("Usage: ", "Try '"))]
    (line,) = lines
    assert line.startswith("Error: ")
    return line


# --- report -------------------------------------------------------------------------------------
def test_report_writes_a_folder(trends, tmp_path: Path) -> None:
    ended = trends("report", "2025-06")
    folder = tmp_path / "reports" / "2025-06"
    assert (ended.code, ended.err) == (0, "")
    assert {"index.html", "report.json", "report.md"} <= {p.name for p in folder.iterdir()}
    kinds = {p.suffix for p in folder.rglob("*") if p.is_file()}
    assert kinds == {".html", ".json", ".md", ".csv", ".svg", ".png"}
    lines = ended.out.splitlines()
    assert lines[0].startswith("1. Drones launched in June 2025: 5,438, the highest of any month")
    assert lines[-1] == f"Written: {Path('reports', '2025-06', 'index.html')}"
    facts = json.loads((folder / "report.json").read_text("utf-8"))
    assert len(lines) == len(facts["claims"]) + 1


def test_report_options(trends, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("when,who,km\n2025-04,a,1\n2025-05,a,2\n2025-06,a,5\n")
    ended = trends(
        "report", "2025-06", "--data", file, "--month-column", "when", "--value-column", "km",
        "--series-column", "who", "--unit", "km2", "--quantity", "ground taken", "--out", "here",
    )  # fmt: skip
    assert (ended.code, ended.err) == (0, "")
    (series,) = json.loads(Path("here/report.json").read_text("utf-8"))["series"]
    assert (series["name"], series["series"], series["unit"]) == ("ground taken", "a", "km2")


def test_report_of_several_data(trends) -> None:
    ended = trends("report", "2026-05", "--data", "drones-launched", "--data", "territory-gain-afp",
                   "--out", "x")  # fmt: skip
    assert ended.code == 0
    assert "Note: Net territorial gain (AFP" in ended.out


def test_report_json_writes_nothing(trends, tmp_path: Path) -> None:
    ended = trends("report", "2025-06", "--data", "drones-launched", "--json")
    assert json.loads(ended.out)["claims"][0]["type"] == "record"
    assert (ended.code, ended.err, list(tmp_path.iterdir())) == (0, "", [])
    both = trends("report", "2025-06", "--data", "drones-launched", "--json", "--out", "o")
    assert both.out == ended.out == Path("o/report.json").read_text("utf-8")


def test_report_out_is_a_file(trends) -> None:
    Path("taken").write_text("mine")
    assert "taken" in refused(trends("report", "2025-06", "--out", "taken"))
    assert "cannot be written" in refused(trends("report", "2025-06", "--out", "taken/x"))
    assert Path("taken").read_text() == "mine"


# --- bad input ----------------------------------------------------------------------------------
LAUNCHES = "time_start,time_end,model,launched\n2025-06-01 20:00,2025-06-02 08:00,"
BAD = {
    "missing column": (b"month,number\n2025-05,1\n2025-06,2\n", "no column 'month', 'value'"),
    "unparseable date": (b"month,value\n2025-05,1\nyesterday,2\n", "row 2, column 'month'"),
    "negative count": (f"{LAUNCHES}Shahed-136/131,-5\n".encode(), "column 'launched'"),
    "duplicate month": (b"month,value\n2025-06,1\n2025-06,2\n", "more than one value"),
    "text in a number": (b"month,value\n2025-05,1\n2025-06,many\n", "row 2, column 'value'"),
    "empty file": (b"", "empty file"),
    "only a header": (b"month,value\n", "a header and no rows"),
    "wrong encoding": ("month,value,é\n2025-06,1,x\n".encode("latin-1"), "not utf-8 text"),
    "utf-16 without its mark": ("month,value\n2025-06,1\n".encode("utf-16-le"), "another encoding"),
    "binary file": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text"),
    "all NaN": (b"month,value\n2025-05,\n2025-06,\n", "no known value"),
    "one month": (b"month,value\n2025-06,5\n", "too short"),
    "month outside": (b"month,value\n2020-05,5\n2020-06,6\n", "outside the data"),
    "ragged row": (b"month,value\n2025-05,1,2\n2025-06,2\n", "row 1 has 3 cells"),
}


@pytest.mark.parametrize("command", ["report", "check"])
@pytest.mark.parametrize("case", BAD)
def test_bad_file(trends, tmp_path: Path, case: str, command: str) -> None:
    data, words = BAD[case]
    Path("bad.csv").write_bytes(data)
    arguments = {
        "report": ("report", "2025-06", "--data", "bad.csv", "--out", "out"),
        "check": ("check", "--data", "bad.csv", "--month", "2025-06", "--record"),
    }
    line = refused(trends(*arguments[command]))
    assert words in line
    assert [path.name for path in tmp_path.iterdir()] == ["bad.csv"]


@pytest.mark.parametrize(
    ("data", "words"),
    [("none.csv", "no such file"), (".", "folder"), ("nosuch", "nothing is named 'nosuch'"),
     ("", "folder"), ("published-monthly", "not a series"), ("a.docx", "no such file")],
)  # fmt: skip
def test_no_such_data(trends, tmp_path: Path, data: str, words: str) -> None:
    assert words in refused(trends("report", "2025-06", "--data", data))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("month", ["June", "2025-13", "2025", "", "2025-06-31", "0000-00"])
def test_unknown_month(trends, tmp_path: Path, month: str) -> None:
    assert "does not name a month" in refused(trends("report", month))
    assert "does not name a month" in refused(trends(*DRONES[:-1], month, "--record"))
    assert "does not name a month" in refused(trends(*DRONES, "--since", month))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("month", ["2001-01", "2040-01"])
def test_month_outside(trends, month: str) -> None:
    assert "outside the data" in refused(trends("report", month))
    assert "outside the data" in refused(trends(*DRONES[:-1], month, "--record"))


# --- check --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((*DRONES, "--record"), 0, "TRUE: 5,438"),
        ((*DRONES, "--record", "--value", "5438"), 0, "TRUE"),
        ((*DRONES, "--record", "--value", "5337"), 1, "not 5,337"),
        ((*DRONES, "--record", "--low"), 1, "FALSE"),
        ((*DRONES, "--record", "--start", "2024-01"), 0, "TRUE"),
        ((*DRONES, "--record", "--start", "2025-03"), 1, "CANNOT SAY"),
        ((*DRONES, "--rank", "1", "--series", "drones"), 0, "TRUE"),
        ((*DRONES, "--rank", "2"), 1, "FALSE"),
        ((*DRONES, "--streak", "2"), 0, "TRUE"),
        ((*DRONES, "--streak", "1", "--low"), 1, "FALSE"),
        ((*DRONES, "--change", "36", "--from", "2025-05"), 0, "AFP printed 3,974"),
        ((*DRONES, "--change", "35.8%", "--from", "2025-05"), 0, "TRUE"),
        ((*DRONES, "--change", "36.8", "--from", "2025-05"), 1, "LOOSE"),
        ((*DRONES, "--change", "40.4", "--from", "2025-05", "--per", "day"), 0, "TRUE"),
        ((*DRONES, "--change", "-37", "--from", "2025-05"), 1, "FALSE"),
        ((*DRONES, "--change", "37", "--from", "2025-05", "--hedge", "about"), 0, "TRUE"),
        ((*DRONES, "--multiple", "16.6", "--from", "2024-06"), 0, "TRUE"),
        ((*DRONES, "--multiple", "17", "--from", "2024-06", "--hedge", "almost"), 0, "TRUE"),
        ((*DRONES, "--change", "5", "--from", "2000-01"), 1, "CANNOT SAY"),
        ((*GAIN, "--since", "2024-11"), 0, "it depends on the definition"),
        ((*GAIN, "--streak", "3"), 0, "On territory-gain-isw: false"),
        ((*GAIN, "--rank", "3", "--start", "2023-01"), 0, "TRUE, and it depends"),
        ((*GAIN[:2], "territory-gain-isw", *GAIN[3:], "--streak", "3"), 1, "FALSE: 515.9 > 481.8"),
        ((*DRONES[:-1], "2026-06", "--record"), 1, "CANNOT SAY: June 2026 is not complete: 7 of"),
    ],
)
def test_check(trends, arguments: tuple[str, ...], code: int, words: str) -> None:
    ended = trends(*arguments)
    assert (ended.code, ended.err) == (code, "")
    assert words in ended.out
    told = trends(*arguments, "--json")
    assert told.code == code
    facts = json.loads(told.out)
    assert (facts["outcome"] in ("true", "depends")) == (code == 0)
    (claim,) = facts["claims"]
    assert {"type", "series", "month", "sentence", "reason", "support", "margin"} <= set(claim)


def test_check_across_the_method_break(trends) -> None:
    ended = trends("check", "--data", "territory-gain-afp", "--month", "2026-02", "--change", "-74",
                   "--from", "2026-01")  # fmt: skip
    assert ended.code == 1
    assert "CANNOT SAY: A method break in February 2026" in ended.out


def test_check_reads_a_sentence(trends) -> None:
    sentence = "Russia launched a record 5,438 drones <b>in June</b>"
    ended = trends("check", sentence, "--published", "2025-07-01")
    assert ended.code == 0
    assert ended.out.splitlines()[0] == sentence
    assert "TRUE: 5,438 drones in June 2025 is above every earlier month" in ended.out
    facts = json.loads(trends("check", sentence, "--month", "2025-06", "--json").out)
    assert (facts["text"], facts["claims"][0]["type"]) == (sentence, "record")
    wrong = trends("check", "Missiles fell 2% in November to 215", "--month", "2025-11")
    assert wrong.code == 1
    assert "down 21.9%" in wrong.out


def test_check_of_a_typed_claim_of_any_type(trends) -> None:
    claim = {"type": "threshold", "series": "drones_launched", "month": "2025-06", "bound": 5000}
    assert trends("check", "--claim", json.dumps(claim)).code == 0
    claim["bound"] = 6000
    assert trends("check", "--claim", json.dumps(claim), "--data", "drones-launched").code == 1
    assert "is not JSON" in refused(trends("check", "--claim", "{"))
    assert "no type of claim" in refused(trends("check", "--claim", '{"type": "guess"}'))
    assert "has no size" in refused(trends("check", "--claim", json.dumps({**claim, "size": 3})))
    assert "one of: a sentence" in refused(trends("check", "words", "--claim", "{}"))


def test_verify(trends) -> None:
    june = {"sentence": "A record 5,438 drones were launched in June 2025", "id": "AFP"}
    streak = {"type": "streak", "series": "territory_km2", "month": "2025-06", "length": 3}
    entries = [june, {"claim": streak, "outcome": "depends"}]
    Path("claims.json").write_text(json.dumps(entries), encoding="utf-8")
    ended = trends("verify", "claims.json")
    assert (ended.code, ended.out) == (0, "2 of 2 claims are as they were.\n")
    entries[1]["data"] = "territory-gain-isw"
    Path("claims.json").write_text(json.dumps(entries), encoding="utf-8")
    ended = trends("verify", "claims.json")
    assert ended.code == 1
    assert "- Territory in March" not in ended.out
    assert "+ " in ended.out
    assert "1 of 2 claims are as they were." in ended.out
    rows = json.loads(trends("verify", "claims.json", "--json").out)
    assert [row["holds"] for row in rows] == [True, False]
    Path("claims.json").write_text("{}", encoding="utf-8")
    assert "holds no list" in refused(trends("verify", "claims.json"))


@pytest.mark.parametrize("text", ["36", "36%", " 35.8 % ", "+35.8%", "35.9"])
def test_percent_texts(trends, text: str) -> None:
    assert trends(*DRONES, "--change", text, "--from", "2025-05").code in (0, 1)


def test_minus_signs_of_both_kinds(trends) -> None:
    july = ("check", "--data", "missiles-launched", "--month", "2025-07", "--from", "2025-06")
    for text in ("-17.5", "\N{MINUS SIGN}17.5%"):
        assert trends(*july, "--change", text).code == 0


@pytest.mark.parametrize(
    "text", ["abc", "nan", "inf", "-inf", "", "%", "3.6.8", "1e400", "1e-999999999", "36,8", "--"]
)
def test_no_percent_texts(trends, text: str) -> None:
    line = refused(trends(*DRONES, f"--change={text}", "--from", "2025-05"))
    assert "is not a number" in line
    assert "--change" in line


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "one of: a sentence"),
        (("--record", "--rank", "1"), "found --record and --rank"),
        (("--rank", "0"), "rank=0"),
        (("--streak", "0"), "length=0"),
        (("--streak", "-1"), "length=-1"),
        (("--streak", "three"), "'three' is not a valid integer"),
        (("--multiple", "0", "--from", "2025-05"), "not above 0"),
        (("--change", "5"), "--from MONTH"),
        (("--multiple", "5"), "--from MONTH"),
        (("--record", "--series", "none"), "nothing is named 'none'"),
        (("--record", "--value", "nan"), "finite number"),
        (("--change", "5", "--from", "2025-05", "--per", "week"), "'week'"),
        (("--change", "5", "--from", "2025-05", "--hedge", "maybe"), "'maybe'"),
        (("--record", "--nonsense"), "--nonsense"),
        (("--record", "--data", "missiles-launched"), "Name one data set"),
    ],
)
def test_check_options_that_do_not_fit(trends, options: tuple[str, ...], words: str) -> None:
    assert words in refused(trends(*DRONES, *options))


def test_check_needs_data_and_month(trends) -> None:
    assert "Name one data set" in refused(trends("check", "--month", "2025-06", "--record"))
    assert "--month" in refused(trends("check", "--data", "drones-launched", "--record"))


def test_check_of_a_file_with_several_series(trends) -> None:
    rows = [f"2025-{m:02d},{s},{m}" for m in range(1, 7) for s in "ab"]
    Path("two.csv").write_text("month,series,value\n" + "\n".join(rows) + "\n")
    two = ("check", "--data", "two.csv", "--month", "2025-06", "--streak", "5")
    assert "Name one series with --series: a, b" in refused(trends(*two))
    assert trends(*two, "--series", "b").code == 0


# --- data, doctor, help -------------------------------------------------------------------------
def test_data_list(trends) -> None:
    ended = trends("data", "list")
    assert (ended.code, ended.err) == (0, "")
    assert [line.split()[0] for line in ended.out.splitlines()] == list(data_sets())
    assert [card["name"] for card in json.loads(trends("data", "list", "--json").out)] == list(
        data_sets()
    )


@pytest.mark.parametrize("name", data_sets())
def test_data_show(trends, name: str) -> None:
    ended = trends("data", "show", name)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"name         {name}\n")
    assert "licence" in ended.out
    card = json.loads(trends("data", "show", name, "--json").out)
    assert len(card["values"]) >= 4


def test_data_show_of_nothing(trends) -> None:
    assert "nothing is named 'x'" in refused(trends("data", "show", "x"))


def test_doctor(trends) -> None:
    ended = trends("doctor")
    assert ended.code in (0, 2)
    assert ("WRONG" in ended.out) == (ended.code == 2)
    found = json.loads(trends("doctor", "--json").out)
    assert {"name", "ok", "found", "advice"} <= set(found[0])


def test_help_and_version_by_click() -> None:
    runner = CliRunner()
    for command in ([], ["report"], ["check"], ["data"], ["data", "list"], ["data", "show"],
                    ["doctor"]):  # fmt: skip
        shown = runner.invoke(cli.app, [*command, "--help"])
        assert shown.exit_code == 0
        assert shown.output.startswith("Usage: ")
    assert "0.1.0" in runner.invoke(cli.app, ["--version"]).output


# --- as a process -------------------------------------------------------------------------------
def test_silent_stderr_when_piped(tmp_path: Path) -> None:
    done = process("report", "2025-06", "--out", "x", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "\r" not in done.stdout


def test_a_reader_that_stops_early(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "trends", "data", "show", "published-monthly"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_behind_stdout() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "trends", "data", "show", "published-monthly"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes on POSIX only")
def test_an_argument_that_is_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("month,value\n2025-05,1\n2025-06,2\n")
    done = process("report", "2025-06", "--data", file, "--quantity", "\udcff", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0
    assert (tmp_path / "reports" / "2025-06" / "index.html").exists()


def test_the_launches_file_by_its_path(trends, shared: Path, tmp_path: Path) -> None:
    file = shared / "data" / "raw" / "massive_missile_attacks" / "missile_attacks_daily.csv"
    ended = trends("report", "2025-06", "--data", file, "--out", "launches")
    assert ended.code == 0
    assert "5,438" in ended.out
    (line,) = ended.err.splitlines()
    assert line.startswith("Warning: ")
    assert Path("launches/index.html").exists()
