"""What the guides tell people to install does what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from trends.cli import app

GUIDES = Path(__file__).resolve().parents[1] / "docs" / "guides"


def blocks(guide: str, language: str) -> list[str]:
    text = (GUIDES / guide).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    service, timer = blocks("scheduled.md", "ini")
    service = re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={sys.executable}", service)
    (tmp_path / "trends-report.service").write_text(service)
    (tmp_path / "trends-report.timer").write_text(timer)
    units = ["trends-report.service", "trends-report.timer"]
    done = subprocess.run(
        ["systemd-analyze", "verify", *(f"./{unit}" for unit in units)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not [line for line in done.stderr.splitlines() if "trends-report" in line]


def test_the_workflow_keeps_and_publishes_the_folder_that_the_job_writes() -> None:
    yaml = pytest.importorskip("yaml")
    (text,) = blocks("scheduled.md", "yaml")
    workflow = yaml.safe_load(text)
    steps = workflow["jobs"]["report"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    assert any("trends report --config report.toml" in run for run in runs)
    published = [step["with"]["path"] for step in steps if "upload" in step.get("uses", "")]
    assert published == ["reports"]
    assert any(f"git add {published[0]}" in run for run in runs)


def test_the_scheduled_commands_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each option of each command in the shell blocks is one that the program has."""
    monkeypatch.chdir(tmp_path)
    shell = "\n".join(blocks("scheduled.md", "sh") + blocks("scheduled.md", "text"))
    commands = re.findall(r"(?:^|/|\s)trends (\w+)([^\n|>#]*)", shell)
    assert len(commands) >= 4
    for command, rest in commands:
        helped = CliRunner().invoke(app, [command, "--help"])
        assert helped.exit_code == 0, command
        for option in re.findall(r"--[\w-]+", rest):
            assert option in helped.output, (command, option)
