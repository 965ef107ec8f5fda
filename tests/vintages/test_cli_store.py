"""`trends store`: what is printed, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trends import cli
from trends._cli_store import store as group

SENTENCE = "As the ministry counts."


@pytest.fixture(autouse=True)
def with_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.app.commands, "store", group)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["trends", "store", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run


def table(path: Path, values: list[float]) -> Path:
    rows = [f"{2024 + k // 12}-{k % 12 + 1:02},{value}" for k, value in enumerate(values)]
    path.write_text("\n".join(["month,value", *rows, ""]))
    return path


@pytest.fixture
def filled(tmp_path: Path, run) -> Path:
    place = tmp_path / "s"
    rising = [float(k) for k in range(1, 16)]
    for day, values in (("2025-04-02", rising), ("2025-06-02", [*rising[:-1], 13.5, 20, 21])):
        file = table(tmp_path / "a.csv", values)
        code, out, err = run(
            "add", file, "--store", place, "--as-of", day, "--definition", SENTENCE,
            "--unit", "strikes", "--name", "strikes",
        )  # fmt: skip
        assert (code, err) == (0, "")
        assert f"strikes as of {day}: {len(values)} months added, 0 already there." in out
    return place


def test_add_again_and_log(filled: Path, tmp_path: Path, run) -> None:
    options = ["--store", filled, "--as-of", "2025-06-02", "--definition", SENTENCE]
    file = tmp_path / "a.csv"
    again = ["--unit", "strikes", "--name", "strikes", "--source", "table", "--json"]
    code, out, _ = run("add", file, *options, *again)
    assert code == 0
    assert json.loads(out)["added"][0]["new"] == 0
    code, out, _ = run("log", "--store", filled)
    assert code == 0
    assert out.splitlines() == [
        f"2025-04-02  strikes  2024-01 to 2025-03, 15 months  {SENTENCE}",
        f"2025-06-02  strikes  2024-01 to 2025-05, 17 months  {SENTENCE}",
    ]
    code, out, _ = run("log", "--store", filled, "--json")
    assert json.loads(out)["vintages"][0]["last"] == "2025-03"


def test_diff(filled: Path, run) -> None:
    code, out, err = run("diff", "2025-05-01", "2025-07-01", "--store", filled)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:3] == [
        "1 series was known on both days; 1 month was revised.",
        f"strikes: {SENTENCE}",
        "  2025-03  strikes (flow): 15 -> 13.5 strikes (\N{MINUS SIGN}1.5)",
    ]
    assert "2 of " in lines[3]
    assert "the highest of any month on record" in out
    assert "the 14th consecutive monthly rise" in out


def test_diff_as_json(filled: Path, run) -> None:
    found = json.loads(run("diff", "2025-05-01", "2025-07-01", "--store", filled, "--json")[1])
    assert (found["series"], found["moved"][0]["change"]) == (1, -1.5)
    assert {row["type"]: row["outcome"] for row in found["overturned"]} == {
        "record": "false",
        "streak": "false",
    }
    assert found["checked"] > 10


def test_diff_of_nothing(filled: Path, run) -> None:
    code, out, _ = run("diff", "2020-01-01", "2025-07-01", "--store", filled)
    assert code == 0
    assert out.splitlines() == [
        "0 series were known on both days; 0 months were revised.",
        "0 of 0 records, streaks and since-statements are not true now.",
    ]


def test_bad_input_exits_with_2_and_one_line(filled: Path, tmp_path: Path, run) -> None:
    file, store = tmp_path / "a.csv", ["--store", filled]
    wrong = [
        (["add", tmp_path / "no.csv", *store], "no.csv"),
        (["add", file, *store], "a day, which the panel does not name"),
        (["add", file, *store, "--as-of", "2025-06-31"], "a day such as 2025-07-01"),
        (["add", file, *store, "--as-of", "2025-06-02"], "apart by their definition"),
        (["add", file, *store, "--source", "launches"], "no column"),
        (["add", file, *store, "--source", "x"], "Choose one of 'auto', 'launches'"),
        (["add", file, *store, "--weapons", "drones"], "option='weapons' is not an option"),
        (["log", "--store", tmp_path / "none"], "there is no store"),
        (["log", "--store", file], "is not a store"),
        (["diff", "yesterday", "2025-06-01", *store], "before='yesterday'"),
        (["diff", "2025-06-01", "2025-06-02", "--series", "x", *store], "Choose one of 'strikes'"),
    ]
    for arguments, said in wrong:
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert said in err
        assert err.startswith("Error: ")
        assert len(err.splitlines()) == 1


def test_launch_files(shared: Path, tmp_path: Path, run) -> None:
    folder = shared / "data" / "raw" / "massive_missile_attacks" / "vintages"
    files = sorted(folder.glob("*2024-1*.csv"))
    weapons = ["--weapons", "drones", "--weapons", "missiles"]
    options = ["--source", "launches", *weapons, "--definition", "all", "--store", tmp_path / "s"]
    code, out, _ = run("add", *files, *options)
    assert (code, len(out.splitlines())) == (0, 4)
    code, _, err = run("add", *files, "--store", tmp_path / "s")  # overnight: too early
    assert code == 2
    assert "definition='all'" in err
