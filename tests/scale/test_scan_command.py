"""`trends scan`: what it prints, its exit codes, Ctrl-C."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from scale.files import n_parts, read, write

from trends._cli_scan import scan

PROGRAM = """
from trends._cli_scan import scan
from trends.cli import app, main
app.add_command(scan)
main()
"""


def program(*arguments: object) -> list[str]:
    return [sys.executable, "-c", PROGRAM, "scan", *map(str, arguments)]


def test_the_command(made: Any, same: Any, shape: str, tmp_path: Path) -> None:
    source, out = write(made, shape, tmp_path / "panel.parquet"), tmp_path / "facts.parquet"
    run = CliRunner().invoke(scan, [str(source), "--out", str(out), "--block-rows", "100"])
    assert run.exit_code == 0
    assert run.stdout == f"230 series of 2023-04 in 3 blocks. Written: {out}\n"
    assert run.stderr == ""
    same(read(out), made.facts())
    run = CliRunner().invoke(scan, [str(source), "--out", str(out), "--quiet"])
    assert (run.exit_code, run.output) == (0, "")
    run = CliRunner().invoke(scan, [str(source), "--out", str(out), "--json"])
    said = json.loads(run.stdout)
    assert (said["series"], said["blocks"], said["month"]) == (230, 1, "2023-04")


def test_the_program_says_what_is_wrong_in_one_line(tmp_path: Path) -> None:
    absent = tmp_path / "absent.parquet"
    command = program(absent, "--out", tmp_path / "facts.parquet", "--threads", 1)
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"Error: {absent}: there is no such file.")


@pytest.mark.skipif(sys.platform == "win32", reason="another kind of interrupt")
def test_interrupt(maker: Any, tmp_path: Path) -> None:
    source = write(maker(2000, 24), "wide", tmp_path / "panel.parquet", 1000)
    out = tmp_path / "facts.parquet"
    options = ["--out", str(out), "--block-rows", "5"]
    process = subprocess.Popen(program(source, *options), stderr=subprocess.PIPE, text=True)
    give_up = time.monotonic() + 60
    while n_parts(out) < 3 and time.monotonic() < give_up:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == (
        f"Stopped. Finished blocks are kept in {out}.parts; the same command goes on from there.\n"
    )
    kept = n_parts(out)
    assert 3 <= kept < 400
    run = CliRunner().invoke(scan, [str(source), *options, "--json"])
    assert json.loads(run.stdout)["blocks_kept"] == kept
    assert json.loads(run.stdout)["series"] == 2000
