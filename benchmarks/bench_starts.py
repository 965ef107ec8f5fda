"""Imports and a whole report, from a cold start: asv run, or python bench_starts.py."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import plainly
from machine import cost
from startups import IMPORTS, MONTH


class Starts:
    timeout = 120
    param_names = ("what",)
    params = ((*IMPORTS, "report"),)

    def setup(self, what: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        command = ["-m", "trends", "report", MONTH, "--out", self.folder.name]
        self.command = [sys.executable, *(["-c", IMPORTS[what]] if what in IMPORTS else command)]

    def teardown(self, what: str) -> None:
        self.folder.cleanup()

    def time_start(self, what: str) -> None:
        cost(self.command)


if __name__ == "__main__":
    plainly.run(Starts)
