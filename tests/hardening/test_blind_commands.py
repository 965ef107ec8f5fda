"""Commands, configurations, stores and claims by another: the exit code, and what is said."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hardening.corpus_blind_commands import COMMANDS
from hardening.corpus_blind_config import SHELL, Command

from trends.cli import main


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "a"
        place.mkdir()
        monkeypatch.chdir(place)
        monkeypatch.setenv("XDG_DATA_HOME", name)
        monkeypatch.setenv("MPLBACKEND", "agg")  # so that what the program sets is undone
        monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
        yield place


def run(*args: str) -> int:
    """Call the program as a shell does."""
    sys.argv = ["trends", *args]
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        try:
            main()
        except SystemExit as ended:
            return int(ended.code or 0)
    return 0


def params() -> Iterator[Any]:
    for command in COMMANDS:
        slow = [pytest.mark.slow] if command.args[0] == "compare" else []
        yield pytest.param(command, id=ascii(command.name), marks=slow)


@pytest.mark.parametrize("command", list(params()))
def test_command(
    command: Command,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", [])
    for name, content in command.files.items():
        if callable(content):
            content(folder)
        else:
            data = content if isinstance(content, bytes) else content.encode()
            (folder / name).write_bytes(data)
    for name, value in command.env.items():
        monkeypatch.delenv(name) if value is None else monkeypatch.setenv(name, value)
    for before in command.first:
        assert run(*before) == 0
    capfd.readouterr()
    code = run(*command.args)
    out, err = capfd.readouterr()
    said = out + err
    assert code in ((command.code,) if isinstance(command.code, int) else command.code), said
    assert [words for words in command.says if words not in said] == [], said
    assert "Traceback" not in said
    assert not [words for words in (*command.silent, "geheim", "\x1b[2J") if words in said]
    if code == 2 and "Usage:" not in err:
        assert len(err.strip().splitlines()) == 1, err


def test_a_folder_of_ones_own_is_left_as_it_was(folder: Path) -> None:
    (command,) = (each for each in COMMANDS if each.name.startswith("edition: a folder of one"))
    for name, content in command.files.items():
        content(folder) if callable(content) else (folder / name).write_text(str(content))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run(*command.args) == 2
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.slow
@pytest.mark.parametrize("case", SHELL, ids=lambda case: case[0])
def test_shell(case: tuple[str, str, tuple[int, ...]], tmp_path: Path) -> None:
    _, script, codes = case
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env={**os.environ, "PATH": path},
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode in codes, done.stderr
    assert b"Traceback" not in done.stderr
