"""report.toml: whatever stands in it, a report or an error that names key and value."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hardening.hostile_texts import TEXTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trends.cli import app
from trends.errors import TrendsError
from trends.report import config_template, read_config
from trends.report._config import _OUTPUT, _SERIES, _TOP, LARGEST, Config

LEAST = '[[series]]\ndata = "drones-launched"\n'
PATHS = ("../../x.csv", "/etc/passwd", "/dev/zero", "/dev/full", ".", "..", "", "~/x", "a\0b",
         "x" * 300, "x" * 5000, "CON", "nul.csv", "a\nb", "\\\\host\\x", "http://x/y")  # fmt: skip
texts = st.one_of(st.sampled_from([*PATHS, *TEXTS]), st.text(max_size=20))
plain = st.one_of(texts, st.integers(), st.floats(), st.booleans())
values = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def tables(known: Any) -> st.SearchStrategy[dict[str, Any]]:
    keys = st.one_of(st.sampled_from(sorted(known)), st.text(max_size=8))
    return st.dictionaries(keys, values, max_size=4)


def toml(value: Any) -> str:
    """A value as TOML writes it on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, float):
        return repr(value) if value == value else "nan"
    return json.dumps(value)


def tried(path: Path, data: bytes) -> str:
    """The error of a config, or '' where it is one."""
    path.write_bytes(data)
    try:
        assert isinstance(read_config(path), Config)
        return ""
    except TrendsError as error:
        said = str(error)
    assert len(said) < 3_000, "an error that nobody reads"
    assert "report.toml" in said or "logo" in said or "language" in said
    return said


fuzzed = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)


@fuzzed
@given(tables(_TOP), tables(_OUTPUT), st.lists(tables(_SERIES), max_size=2))
def test_values_of_any_kind(
    tmp_path: Path, top: dict[str, Any], output: dict[str, Any], series: list[dict[str, Any]]
) -> None:
    found = {"output": output, "series": [{"data": "drones-launched"} | s for s in series]} | top
    text = "".join(f"{json.dumps(key)} = {toml(value)}\n" for key, value in found.items())
    tried(tmp_path / "report.toml", text.encode("utf-8", "surrogatepass"))


@fuzzed
@given(st.data())
def test_a_template_with_bytes_changed(tmp_path: Path, data: st.DataObject) -> None:
    text = config_template().encode()
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        text = text[:start] + data.draw(st.binary(max_size=8)) + text[end:]
    tried(tmp_path / "report.toml", text)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe\x00", "it is no TOML"),
        (b"a = 1\na = 2\n", "it is no TOML"),
        (b"title = 'a'\n[output]\n[output]\n", "it is no TOML"),
        (b"title = " + b"[" * 10_000, "it is no TOML"),
        (b"title = " + b"{a = " * 5_000, "it is no TOML"),
        (b"title = " + b"9" * 20_000, "it is no TOML"),
        (b"title." + b"a." * 2_000 + b"a = 1", "title='a very deep dict'"),
        (b"[" + b"a." * 2_000 + b"a]", "nothing is named 'a'"),
        (b"title = '" + b"x" * LARGEST + b"'", "more than 30,000 bytes"),
        (b"#" * 10_000_000, "more than 30,000 bytes"),
        (b"k" * 20_000 + b" = 1", "nothing is named"),
        (b"title = [" + b"'x', " * 4_000 + b"]", "title="),
        (b"[output]\nfolder = 'a\\u0000b'\n" + LEAST.encode(), ""),
        (b'[output]\nfolder = "a\\u0000b"\n' + LEAST.encode(), "folder='a"),
        (b"months = [2025-06-01]\n" + LEAST.encode(), "months="),
        (b"months = ['" + b"9" * 9_000 + b"']\n" + LEAST.encode(), "months"),
        (b"[[series]]\ndata = 'drones-launched'\nselect = [[1]]", "select="),
        (b"logo = '../../../../etc/passwd'\n" + LEAST.encode(), "named .svg or .png"),
        (b"[output]\nformats = [['csv'], {a = 1}]\n" + LEAST.encode(), "format="),
        (b"language = '../../../etc/passwd'\n" + LEAST.encode(), "language"),
    ],
)
def test_what_is_wrong_is_said_at_once(tmp_path: Path, data: bytes, said: str) -> None:
    begun = time.process_time()
    assert said in tried(tmp_path / "report.toml", data)
    assert time.process_time() - begun < 5


def test_the_slowest_of_this_size_ends(tmp_path: Path) -> None:
    """Python's reader takes time by the square of the dots in one key."""
    begun = time.process_time()
    tried(tmp_path / "report.toml", b"a." * (LARGEST // 6) + b"a = 1")
    assert time.process_time() - begun < 10


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and devices that are files")
def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report.toml")
    (tmp_path / "logo.svg").symlink_to("/dev/zero")
    (tmp_path / "own.toml").write_text("logo = 'logo.svg'\n" + LEAST)
    (tmp_path / "loop.toml").symlink_to(tmp_path / "loop.toml")
    for name in ("report.toml", "/dev/zero", ".", "own.toml", "loop.toml", "a\0b", "x" * 300):
        with pytest.raises(TrendsError):
            read_config(tmp_path / name)


@pytest.mark.parametrize(
    "line",
    [
        "as_of = 'garbage'",
        "as_of = '2025-06-01'",
        "select = ['absent']",
        "select = []",
        "anomalies = '/etc/passwd'",
        "anomalies = '" + "x" * 300 + "'",
        "store = '/dev/null'",
        "store = 'report.toml'",
        "data = '/etc/passwd'",
        "data = '/dev/zero'",
        "data = '../own.csv'",
        "data = '" + "x" * 300 + "'",
        "data = '" + "x" * 300 + ".csv'",
        "data = 'own.csv'\nmonth_column = 'absent'",
        "data = 'own.csv'\nseries_column = 'value'\nunit = '=1'",
        "data = 'published-monthly'",
    ],
)
def test_the_command_ends_in_words(tmp_path: Path, line: str) -> None:
    path = tmp_path / "report.toml"
    (tmp_path / "own.csv").write_text("month,value\n2025-05,1\n2025-06,2\n")
    text = line if line.startswith("data") else f"data = 'drones-launched'\n{line}"
    path.write_text(f"[output]\nformats = ['json']\n[[series]]\n{text}\n")
    done = CliRunner().invoke(app, ["report", "--config", str(path), "2025-06"])
    if done.exit_code:
        assert isinstance(done.exception, TrendsError | OSError | SystemExit), done.exception
        assert "root:" not in f"{done.exception}{done.output}"
    places = {each.name for each in tmp_path.iterdir()}
    assert places <= {"report.toml", "own.csv", "reports"}
